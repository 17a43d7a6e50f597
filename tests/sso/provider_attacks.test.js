// What a provider, or whoever stands between, must not achieve: each visit differs from a good one in one thing, and
// nobody is signed in.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { Server } from '../browser/support/server.js';
import { Browser } from './support/browser.js';
import { FakeProvider, encoded } from './support/fake_provider.js';

const SECRET = 'a secret of more than thirty-two bytes';
const folder = mkdtempSync(join(tmpdir(), 'hallway-sso-'));
/** @type {FakeProvider} */
let provider;
/** @type {Server} */
let server;

before(async () => {
  provider = await new FakeProvider().start();
  const config = join(folder, 'hallway.toml');
  writeFileSync(config, `
[[sso.oidc]]
id = "club"
issuer = "${provider.issuer}"
client_id = "hallway"
client_secret = "${SECRET}"
`);
  server = await Server.started([`--config=${config}`]);
});
after(async () => {
  provider.stop();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const honest = (nonce) => provider.signed(provider.claims(nonce));
beforeEach(() => {
  provider.token = honest;
  provider.instead = {};
});

/** Where the browser is sent in the end. */
async function visited(browser = new Browser(), to = '/me') {
  const sent = await browser.ask(`${server.origin}/auth/club?to=${encodeURIComponent(to)}`);
  assert.equal(sent.status, 302, await sent.clone().text());
  const back = provider.approve(new URL(sent.headers.get('location')));
  const answer = await browser.ask(back.href);
  assert.equal(answer.status, 302);
  return answer.headers.get('location');
}
const REFUSED = '/sso#error=unauthenticated';

test('a good visit is good, with PKCE, the secret in a field of its own and a cookie that ends with it', async () => {
  const browser = new Browser();
  assert.equal(await visited(browser), '/me');
  assert.deepEqual([...browser.cookies(server.origin).keys()], ['hallway_0']);
  const form = provider.last_form;
  const challenge = createHash('sha256').update(form.get('code_verifier')).digest('base64url');
  assert.equal(challenge, provider.challenge_of(form.get('code')));
  assert.equal(form.get('client_secret'), null);
  assert.equal(Buffer.from(provider.last_authorization.slice(6), 'base64').toString(), `hallway:${encodeURIComponent(SECRET)}`);
});

const now = () => Math.floor(Date.now() / 1000);
const ATTACKS = {
  'another nonce': () => provider.signed(provider.claims('another')),
  'no nonce': (nonce) => provider.signed({ ...provider.claims(nonce), nonce: undefined }),
  'another audience': (nonce) => provider.signed({ ...provider.claims(nonce), aud: 'another' }),
  'many audiences': (nonce) => provider.signed({ ...provider.claims(nonce), aud: ['hallway', 'another'] }),
  'another party': (nonce) => provider.signed({ ...provider.claims(nonce), azp: 'another' }),
  'another issuer': (nonce) => provider.signed({ ...provider.claims(nonce), iss: 'http://127.0.0.1:1' }),
  'no subject': (nonce) => provider.signed({ ...provider.claims(nonce), sub: undefined }),
  'no signature': (nonce) => `${encoded({ alg: 'none' })}.${encoded(provider.claims(nonce))}.`,
  'the secret for a key': (nonce) => provider.shared(provider.claims(nonce), SECRET),
  'the public key for a secret': (nonce) =>
    provider.shared(provider.claims(nonce), provider.keys[0].publicKey.export({ type: 'spki', format: 'pem' })),
  'a key it brings along': (nonce) =>
    provider.signed(provider.claims(nonce), { jwk: provider.keys[0].publicKey.export({ format: 'jwk' }) }),
  'no token': () => '',
};
for (const [name, token] of Object.entries(ATTACKS)) {
  test(`a token with ${name} signs nobody in`, async () => {
    provider.token = token;
    const browser = new Browser();
    assert.equal(await visited(browser), REFUSED);
    assert.equal(browser.cookies(server.origin).size, 0);
  });
}

test('a token that has expired is told apart', async () => {
  provider.token = (nonce) => provider.signed({ ...provider.claims(nonce), iat: now() - 600, exp: now() - 120 });
  assert.equal(await visited(), '/sso#error=session_expired');
});

test('a visit is its browser\'s, and is over once it came back', async () => {
  const browser = new Browser();
  const sent = await browser.ask(`${server.origin}/auth/club`);
  const back = provider.approve(new URL(sent.headers.get('location'))).href;
  assert.equal((await new Browser().ask(back)).headers.get('location'), REFUSED);
  // Looked at by another browser, it is over for its own too.
  assert.equal((await browser.ask(back)).headers.get('location'), REFUSED);
  assert.equal((await browser.ask(`${server.origin}/auth/club/callback?code=x&state=made-up`)).headers.get('location'), REFUSED);
  const another = await browser.ask(`${server.origin}/auth/club`);
  const mixed = new URL(provider.approve(new URL(another.headers.get('location'))));
  mixed.searchParams.set('iss', 'https://evil.example');
  assert.equal((await browser.ask(mixed.href)).headers.get('location'), REFUSED);
});

test('nobody is led away from this server', async () => {
  for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', '\\\\evil.example', 'javascript:alert(1)',
    '/ok\r\nSet-Cookie: a=b', '/a\tb', '']) {
    assert.equal(await visited(new Browser(), to), '/', to);
  }
  assert.equal(await visited(new Browser(), '/g/g_1?x=y'), '/g/g_1?x=y');
});

test('keys that were changed are looked for, once a minute', async () => {
  assert.equal(await visited(), '/me');
  const before_change = provider.asked['/keys'];
  provider.rotate();
  assert.equal(await visited(), '/me');
  assert.equal(provider.asked['/keys'], before_change + 1);
  const { keys } = provider;
  provider.rotate();
  const unknown = provider.keys;
  provider.keys = keys;
  provider.token = (nonce) => provider.signed(provider.claims(nonce), {}, unknown[0]);
  for (let i = 0; i < 3; ++i) assert.equal(await visited(), REFUSED);
  assert.equal(provider.asked['/keys'], before_change + 1);
});

test('an answer that is too long, leads elsewhere or is none is no token', async () => {
  const elsewhere = `${provider.issuer}/elsewhere`;
  for (const instead of [
    (answer) => answer.end(`{"id_token":"${'x'.repeat(300 * 1024)}"}`),
    (answer) => answer.writeHead(302, { Location: elsewhere }).end(),
    (answer) => answer.writeHead(500).end('{}'),
    (answer) => answer.end('<html>'),
    (answer) => answer.destroy(),
  ]) {
    provider.instead['/token'] = instead;
    assert.match(await visited(), /^\/sso#error=(unauthenticated|unavailable)$/);
  }
  assert.equal(provider.asked['/elsewhere'], undefined);
});

test('an unknown provider is not found', async () => {
  assert.equal((await fetch(`${server.origin}/auth/nobody`)).status, 404);
  assert.equal((await fetch(`${server.origin}/auth/nobody/callback`)).status, 404);
});
