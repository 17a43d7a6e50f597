// Writes down what goes over a page's socket and HTTP, one JSON object a line, for tests/protocol/check_schemas.mjs to hold
// against the documents of the wire.

import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './server.js';

const FOLDER = join(ROOT, 'build/recorded');
const FILE = join(FOLDER, `${basename(process.argv[1] ?? 'browser', '.test.js')}.jsonl`);

mkdirSync(FOLDER, { recursive: true });
rmSync(FILE, { force: true });
let connections = 0;

/** @param {Record<string, any>} line */
const write = (line) => appendFileSync(FILE, `${JSON.stringify(line)}\n`);

/** @param {number} connection @param {'send' | 'receive'} direction */
const frame_writer = (connection, direction) => (/** @type {{payload: string | Buffer}} */ { payload }) => {
  for (const each of String(payload).split('\n')) write({ direction, connection, frame: JSON.parse(each) });
};

/** @param {import('playwright-core').Response} response */
async function write_answer(response) {
  const request = response.request();
  const { pathname } = new URL(response.url());
  if (!pathname.startsWith('/api/')) return;
  // A page that was left in the meantime has no body to give; a table or a calendar is no object.
  const text = await response.text().catch(() => null);
  const type = response.headers()['content-type'] ?? '';
  if (text === null || (text && !/json/.test(type))) return;
  const sent = request.postData();
  write({
    method: request.method(), path: pathname, status: response.status(),
    ...(text ? { body: JSON.parse(text) } : {}), ...(sent ? { request: JSON.parse(sent) } : {}),
  });
}

/** @param {import('playwright-core').Page} page */
export function record(page) {
  page.on('websocket', (socket) => {
    const connection = ++connections;
    socket.on('framesent', frame_writer(connection, 'send'));
    socket.on('framereceived', frame_writer(connection, 'receive'));
  });
  page.on('response', (response) => void write_answer(response));
}
