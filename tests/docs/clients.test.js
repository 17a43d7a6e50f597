// The two clients of docs/protocol.md, as they stand there, against a server that is killed in the middle.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT, Server } from '../browser/support/server.js';

const WAIT_MS = 20_000;
const PYTHON = 'docs/examples/client.py';
const JAVASCRIPT = 'docs/examples/client.js';
/** Debian's python3 has the package; another one first in the path may not. */
const RUNNERS = { [PYTHON]: '/usr/bin/python3', [JAVASCRIPT]: process.execPath };

/** One of the clients, running, and what it printed. */
class Client {
  out = '';
  #complaints = '';

  /** @param {string} file @param {...string} words */
  constructor(file, ...words) {
    this.child = spawn(RUNNERS[file], [join(ROOT, file), ...words], {
      // Where Node finds `ws`, as it would beside the client in a project of its own.
      env: { ...process.env, NODE_PATH: join(ROOT, 'tests/node_modules') },
    });
    this.child.stdout.on('data', (text) => (this.out += text));
    this.child.stderr.on('data', (text) => (this.#complaints += text));
  }

  /** @param {string} line */
  async prints(line) {
    const ends_at = Date.now() + WAIT_MS;
    while (!this.out.split('\n').includes(line)) {
      if (Date.now() > ends_at || this.child.exitCode !== null) {
        assert.fail(`not printed: ${line}\nprinted:\n${this.out}\n${this.#complaints}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** @param {string} line */
  times(line) {
    return this.out.split('\n').filter((each) => each === line).length;
  }

  end() {
    this.child.kill();
  }
}

let server;
before(async () => {
  server = await Server.started();
});
after(() => server?.stop());

for (const [mine, other] of [[PYTHON, JAVASCRIPT], [JAVASCRIPT, PYTHON]]) {
  test(`${mine} speaks, hears, and misses nothing over a killed server`, async () => {
    const listener = new Client(mine, server.links.member, 'Lis', `Listening, ${mine}`);
    await listener.prints(`Lis: Listening, ${mine}`);
    const speaker = new Client(other, server.links.member, 'Ada', 'Hello', 'Good evening');
    await listener.prints('Ada: Hello');
    await listener.prints('Ada: Good evening');
    await speaker.prints('Ada: Good evening');
    await server.kill();
    await server.start();
    const late = new Client(other, server.links.member, 'Bo', 'Back again');
    await listener.prints('Bo: Back again');
    await speaker.prints('Bo: Back again');
    for (const client of [listener, speaker]) {
      for (const line of ['Ada: Hello', 'Ada: Good evening', 'Bo: Back again']) {
        if (client === speaker || line.startsWith('Bo')) assert.equal(client.times(line), 1, line);
      }
    }
    for (const client of [listener, speaker, late]) client.end();
  });
}

test('a dead link ends either client with an error instead of a loop', async () => {
  for (const file of [PYTHON, JAVASCRIPT]) {
    const ended = promisify(execFile)(RUNNERS[file], [join(ROOT, file), `${server.origin}/j/${'x'.repeat(43)}`, 'Ada'],
      { timeout: WAIT_MS, env: { ...process.env, NODE_PATH: join(ROOT, 'tests/node_modules') } });
    await assert.rejects(ended, (error) => error.code === 1);
  }
});

test('each client is forty-odd lines', async () => {
  for (const file of [PYTHON, JAVASCRIPT]) {
    const lines = (await readFile(join(ROOT, file), 'utf8')).split('\n').filter((line) => line.trim()).length;
    assert.ok(lines < 50, `${file} has grown to ${lines} lines`);
  }
});
