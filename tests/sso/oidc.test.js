// OpenID Connect against a certified provider, as any association has one: a browser goes there, signs in and comes back
// as the same person each time.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Provider from 'oidc-provider';
import { Server } from '../browser/support/server.js';
import { Browser } from './support/browser.js';

const folder = mkdtempSync(join(tmpdir(), 'hallway-sso-'));
const listener = createServer();
/** @type {Server} */
let server;
let names = { ada: 'Ada Lovelace', bo: 'Bo' };

before(async () => {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (listener.address());
  const issuer = `http://127.0.0.1:${port}`;
  const config = join(folder, 'hallway.toml');
  writeFileSync(config, `
[sso]
contact = "help@club.example"

[[sso.oidc]]
id = "club"
name = "The club"
issuer = "${issuer}"
client_id = "hallway"
client_secret = "a secret between the two of them"
scopes = "openid profile"
any_event = true
[sso.oidc.roles]
board = "organiser"
`);
  server = await Server.started([`--config=${config}`]);
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'hallway', client_secret: 'a secret between the two of them',
      redirect_uris: [`${server.origin}/auth/club/callback`], id_token_signed_response_alg: 'RS256',
    }],
    cookies: { keys: ['not a secret in a test'] },
    claims: { openid: ['sub'], profile: ['name', 'roles', 'org'] },
    // Names go into the ID token, as providers do of which no more is asked.
    conformIdTokenClaims: false,
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: names[sub], org: 'The club', roles: sub === 'ada' ? ['board'] : [] }),
    }),
  });
  listener.on('request', provider.callback());
});
after(async () => {
  listener.closeAllConnections();
  listener.close();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const me = async (browser, slot) => (await browser.ask(`${server.origin}/api/v1/me?as=${slot}`)).json();

test('the page for signing in knows the provider', async () => {
  const offers = await (await fetch(`${server.origin}/api/v1/sign-in`)).json();
  assert.deepEqual(offers, { accounts: true, sso: [{ id: 'club', name: 'The club' }], contact: 'help@club.example' });
});

test('a browser goes to the provider and comes back signed in, the second time as the same person', async () => {
  const browser = new Browser();
  const { at } = await browser.go(`${server.origin}/auth/club?to=/me`, server.origin, 'ada');
  assert.equal(at.pathname, '/me');
  const ada = await me(browser, 0);
  assert.equal(ada.person.name, 'Ada Lovelace');
  assert.equal(ada.person.org, 'The club');
  assert.equal(ada.guest, false);
  assert.equal(ada.account, null);
  names = { ...names, ada: 'Ada King' };
  await browser.go(`${server.origin}/auth/club?to=/me`, server.origin, 'ada');
  const again = await me(browser, 0);
  assert.equal(again.person.id, ada.person.id);
  assert.equal(again.person.name, 'Ada King');
  assert.deepEqual([...browser.cookies(server.origin).keys()], ['hallway_0']);
  const elsewhere = new Browser();
  await elsewhere.go(`${server.origin}/auth/club`, server.origin, 'ada');
  assert.equal((await me(elsewhere, 0)).person.id, ada.person.id);
  const bo = new Browser();
  const back = await bo.go(`${server.origin}/auth/club`, server.origin, 'bo');
  assert.equal(back.at.pathname, '/');
  assert.notEqual((await me(bo, 0)).person.id, ada.person.id);
});

test('who wants to go to an event is a member of it afterwards, with the role of their claims', async () => {
  const [, event] = /(ev_\S+)/.exec(await server.admin('event', 'list'));
  for (const [login, role] of [['ada', 'organiser'], ['bo', 'member']]) {
    const browser = new Browser();
    const { at } = await browser.go(`${server.origin}/auth/club?to=/e/${event}`, server.origin, login);
    assert.equal(at.pathname, `/e/${event}`);
    const { events } = await me(browser, 0);
    assert.deepEqual(events.map(({ id, role: mine }) => [id, mine]), [[event, role]]);
  }
});

test('whoever refuses at the provider is told so on the page', async () => {
  const browser = new Browser();
  const sent = await browser.ask(`${server.origin}/auth/club`);
  const state = new URL(sent.headers.get('location')).searchParams.get('state');
  const back = await browser.ask(`${server.origin}/auth/club/callback?error=access_denied&state=${state}`);
  assert.equal(back.headers.get('location'), '/sso#error=unauthenticated');
});
