// docs/sign-in.md: its settings are accepted, and the association's site in it sends its members in with one click.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BINARY, ROOT, Server } from '../browser/support/server.js';

const EXAMPLE = join(ROOT, 'docs/examples/association.mjs');
const SECRET = 'a secret of more than thirty-two bytes';
const folder = mkdtempSync(join(tmpdir(), 'hallway-docs-'));
/** @type {Server} */
let server;
/** @type {import('node:child_process').ChildProcess} */
let site;
let site_url = '';

async function free_port() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (listener.address());
  listener.close();
  return port;
}

before(async () => {
  const port = await free_port();
  site_url = `http://127.0.0.1:${port}`;
  const config = join(folder, 'hallway.toml');
  writeFileSync(config, `
[[sso.jwt]]
id = "club"
issuer = "${site_url}"
algorithm = "HS256"
secret = "${SECRET}"
any_event = true
[sso.jwt.roles]
board = "organiser"
`);
  server = await Server.started([`--config=${config}`]);
  site = spawn(process.execPath, [EXAMPLE], {
    env: { PORT: String(port), SITE: site_url, HALLWAY: server.origin, SECRET, TO: '/g/g_0123456789abc' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(/** @type {import('node:stream').Readable} */ (site.stdout), 'data');
});
after(async () => {
  site?.kill();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

/** One click of a member, and what the page makes of it. @param {string} login */
async function click(login) {
  const answer = await fetch(`${site_url}/meet`, { headers: { Cookie: `member=${login}` }, redirect: 'manual' });
  const to = new URL(answer.headers.get('location') ?? 'about:blank');
  const words = new URLSearchParams(to.hash.slice(1));
  return { answer, to, jwt: words.get('jwt'), path: words.get('to') };
}
/** As the page /sso does. @param {object} body */
const sign_in = (body) => fetch(`${server.origin}/api/v1/sessions`, {
  method: 'POST', headers: { 'Content-Type': 'application/json', Origin: server.origin }, body: JSON.stringify(body),
});

test('a member is in with one click, as the same person each time', async () => {
  const { to, jwt, path } = await click('ada');
  assert.equal(to.origin + to.pathname, `${server.origin}/sso`);
  assert.equal(path, '/g/g_0123456789abc');
  assert.equal((await fetch(to)).status, 200);
  const signed_in = await sign_in({ jwt });
  assert.equal(signed_in.status, 201);
  const { person } = await signed_in.json();
  assert.equal(person.name, 'Ada Lovelace');
  assert.equal(person.guest, undefined);
  assert.equal((await sign_in({ jwt })).status, 409);
  const [, event] = /(ev_\S+)/.exec(await server.admin('event', 'list')) ?? [];
  const again = await (await sign_in({ jwt: (await click('ada')).jwt, event })).json();
  assert.equal(again.person.id, person.id);
  assert.equal(again.event, event);
  assert.equal(again.person.role, 'organiser');
  const bo = await (await sign_in({ jwt: (await click('bo')).jwt, event })).json();
  assert.equal(bo.person.role, 'member');
});

test('who is not signed in on the site is sent nowhere', async () => {
  for (const login of ['nobody', 'constructor', '']) {
    const { answer } = await click(login);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('location'), null);
  }
});

test('the settings of the page are accepted, and a mistyped one is named', () => {
  const blocks = [...readFileSync(join(ROOT, 'docs/sign-in.md'), 'utf8').matchAll(/```toml\n([^`]*)```/g)].map(([, block]) => block);
  assert.equal(blocks.length, 2);
  const file = join(folder, 'page.toml');
  const check = (text) => {
    writeFileSync(file, text);
    return execFileSync(BINARY, ['admin', 'event', 'list', '--config', file, '--data', join(folder, 'data')], { stdio: 'pipe' });
  };
  for (const block of blocks) {
    check(block);
    assert.throws(() => check(block.replace('roles]', 'rolls]')), (error) => error.status === 2 && /rolls/.test(error.stderr));
  }
});

test('the example is thirty-odd lines', () => {
  assert.ok(readFileSync(EXAMPLE, 'utf8').split('\n').filter((line) => line.trim()).length < 40);
});
