// Being somebody beyond one evening: an account that goes along, the association's own site that leads into a
// group's event with one click, links that an organiser hands out, and leaving nothing behind.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Person, launch } from './support/people.js';
import { ROOT, Server } from './support/server.js';

const SECRET = 'a secret of more than thirty-two bytes';
const PASSPHRASE = 'a loom of my own';
const folder = mkdtempSync(join(tmpdir(), 'hallway-belonging-'));
const config = join(folder, 'hallway.toml');
let server;
let browser;
let site;
let site_url;
let group;

async function free_port() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  return port;
}

/** With the community's own token. */
async function asked(method, path, body) {
  const [token] = /\S{43}/.exec(await server.admin('token', 'create')) ?? [];
  const answer = await fetch(server.origin + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${path} ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

const config_for = (id) => `
[[sso.jwt]]
id = "club"
issuer = "${site_url}"
algorithm = "HS256"
secret = "${SECRET}"
[sso.jwt.groups]
chess = "${id}"
`;

before(async () => {
  browser = await launch();
  const port = await free_port();
  site_url = `http://127.0.0.1:${port}`;
  writeFileSync(config, config_for('g_0123456789abc'));
  server = await Server.started([`--config=${config}`]);
  ({ group } = await asked('POST', '/api/v1/groups', { name: 'Chess at lunch' }));
  await asked('POST', `/api/v1/groups/${group.id}/events`, {
    title: 'The winter meeting', starts_at: Date.now() - 60_000, minutes: 90,
    timezone: 'Europe/Copenhagen', admission: 'open',
    rooms: [{ name: 'Boards', kind: 'tables', tables: 3, capacity: 4 }],
  });
  writeFileSync(config, config_for(group.id));
  await server.kill();
  await server.start();
  site = spawn(process.execPath, [join(ROOT, 'docs/examples/association.mjs')], {
    env: {
      PORT: String(port), SITE: site_url, HALLWAY: server.origin, SECRET, TO: `/g/${group.id}#in`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(site.stdout, 'data');
});
after(async () => {
  site?.kill();
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

test('whoever is signed in on the association’s site is in the group’s event with one click there', async () => {
  const ada = await Person.new(browser);
  await ada.context.addCookies([{ name: 'member', value: 'ada', url: site_url }]);
  await ada.page.goto(site_url);
  await ada.page.getByRole('link', { name: 'our round of tables' }).click();
  await ada.is_in();
  assert.ok(!ada.page.url().includes('jwt'), 'the token is not left in the address');
  await ada.page.getByText('The winter meeting').first().waitFor();
  ada.is_content();
  await ada.leave();
});

test('a guest makes an account, and is themselves in another browser', async () => {
  const guest = await Person.arrived(browser, server.links.member, 'Grace');
  await guest.page.goto(`${server.origin}/me`);
  await guest.page.getByLabel('Login').fill('grace@example.org');
  await guest.page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await guest.button('Make my account').click();
  await guest.heading(2, 'Recovery codes').waitFor();
  const codes = await guest.page.locator('main').innerText();
  assert.equal(codes.match(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/gm)?.length, 10);
  await guest.page.getByLabel('I have kept them').check();
  await guest.button('Done').click();

  const elsewhere = await Person.new(browser);
  await elsewhere.page.goto(server.origin);
  await elsewhere.page.getByLabel('Login').fill('grace@example.org');
  await elsewhere.page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await elsewhere.button('Sign in').click();
  await elsewhere.page.getByText('That login and that passphrase do not go together.').waitFor();
  await elsewhere.page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await elsewhere.button('Sign in').click();
  await elsewhere.page.getByText('The Hallway demo').first().waitFor();
  await elsewhere.page.getByText('Grace').first().waitFor();
  for (const each of [guest, elsewhere]) {
    each.is_content();
    await each.leave();
  }
});

test('an organiser hands out a link for one, which lets one in and then ends', async () => {
  const ora = await Person.arrived(browser, server.links.organiser, 'Ora');
  await ora.page.goto(`${ora.page.url().split('#')[0]}#organise/invites`);
  await ora.page.reload();
  await ora.page.getByLabel('How many people may use it').fill('1');
  await ora.button('Make the link').click();
  const field = ora.page.locator('input[readonly]').first();
  await field.waitFor();
  const link = await field.inputValue();
  assert.match(link, /\/j\/\S{43}$/);
  const first = await Person.arrived(browser, link, 'First');
  const second = await Person.new(browser);
  await second.page.goto(link);
  await second.page.getByText('This link no longer works').waitFor();
  await ora.page.goto(`${ora.page.url().split('#')[0]}#organise/people`);
  await ora.page.reload();
  await ora.page.getByRole('cell', { name: 'First' }).waitFor();
  for (const each of [ora, first, second]) {
    each.is_content();
    await each.leave();
  }
});

test('whoever erases themselves leaves stones, before the eyes of those who are there', async () => {
  const bo = await Person.arrived(browser, server.links.member, 'Bo');
  const gone = await Person.arrived(browser, server.links.member, 'Gerda');
  await gone.say('words of Gerda');
  await bo.hears('words of Gerda');
  await gone.page.goto(`${server.origin}/me`);
  await gone.page.getByText('What goes and what stays').click();
  await gone.page.getByLabel('To be sure, type Gerda').fill('Gerda');
  await gone.button('Erase me for good').click();
  await bo.page.getByText('words of Gerda').waitFor({ state: 'detached' });
  await bo.page.getByText('Someone who left').first().waitFor();
  bo.is_content();
  for (const each of [bo, gone]) await each.leave();
});
