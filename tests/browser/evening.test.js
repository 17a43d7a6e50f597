// A whole evening in a minute: a member, a facilitator and a moderator in browsers among thirty simulated people; they hop
// tables and write privately; the server is killed in the middle; everyone is back by themselves, and the history checker,
// in an event beside theirs, finds nothing missing.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { holds_up, in_front } from './support/looks.js';
import { checked, load } from './support/load.js';
import { Person, launch, until } from './support/people.js';
import { ROOT, Server } from './support/server.js';

const ROOM = 'Networking tables';
const BOTS = 30;
let server;
let browser;
before(async () => {
  server = await Server.started();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Sits down at the first table in sight that has a chair free. @param {Person} person */
async function sit_somewhere(person) {
  const chair = person.button(/^Sit at Table \d+, [1-4] of 6 taken$/).first();
  const [, table] = /^Sit at (.*),/.exec(await chair.getAttribute('aria-label')) ?? [];
  await person.sit(table);
  return table;
}

test('thirty people and three browsers, and the server killed in the middle', async (t) => {
  const bots = load(t, 'bots', '--link', server.links.member, '--count', String(BOTS), '--speed', '30',
    '--chat', join(ROOT, 'tests/data/chat'));
  const history = join(server.data, 'history.jsonl');
  // The checker has to know everyone who speaks, so its people have an event of their own on the same server.
  const printed = await server.admin('event', 'create', '--title', 'Recorded', '--starts', 'now', '--minutes', '60',
    '--rooms', 'Plenary', 'Tables=6x4', '--public_url', server.origin);
  const links = Object.fromEntries(printed.trim().split('\n').map((line) => line.split(' ')));
  const recorded = load(t, 'history', '--link', links.member, '--staff-link', links.organiser,
    '--people', '10', '--seconds', '20', '--out', history);
  const ada = await Person.arrived(browser, server.links.member, 'Ada Lovelace');
  const fay = await Person.arrived(browser, server.links.facilitator, 'Fay Weldon');
  const mo = await Person.arrived(browser, server.links.moderator, 'Mo Farah');
  for (const each of [ada, fay, mo]) await each.enter(ROOM);
  await until(() => ada.button(/^Sit at Table \d+, [1-4] of 6 taken$/).count(), (chairs) => chairs > 2, 'a living room');

  const row = await ada.look_at('Fay Weldon');
  await row.getByRole('button', { name: 'Write to them' }).click();
  await ada.page.getByLabel('Your first words').fill('Shall we sit together?');
  await ada.button('Send').click();
  await ada.hears('Shall we sit together?');

  await sit_somewhere(ada);
  const table = await sit_somewhere(ada);
  await mo.button(new RegExp(`^Visit ${table}$`)).click();
  await ada.page.getByText('Mo Farah is visiting your table.').first().waitFor();
  await ada.panel('Chat');
  await ada.choose_chat(table);
  await ada.say('Said before the lights went out');

  await server.kill();
  await fay.page.getByText(/Reconnecting\. Keep writing/).waitFor();
  await server.start();
  for (const each of [ada, fay, mo]) await each.is_told(/^You are back at /);
  assert.equal(await ada.place.locator('#my-table-title').textContent(), table);
  // Others at the table talk on meanwhile.
  await ada.read_back_to('Said before the lights went out');
  await ada.say('Said after');
  await until(async () => Number(await ada.place.locator('.place-head .sub').textContent().then((text) => text?.split(' ')[0])),
    (people) => people >= BOTS, 'the simulated people are back too');
  await holds_up(ada, 'evening', in_front(ada, 'Place'));
  await holds_up(ada, 'evening-chat', in_front(ada, 'Chat'));
  await fay.panel('Messages');
  await fay.page.getByRole('tabpanel').getByRole('list', { name: 'Messages', exact: true }).getByRole('button').first().click();
  await fay.hears('Shall we sit together?');

  if (recorded.exitCode === null) await once(recorded, 'exit');
  assert.equal(recorded.exitCode, 0, 'the history was written to its end');
  const found = await checked(history);
  assert.equal(found.violations, 0, JSON.stringify(found));
  assert.equal(bots.exitCode, null, 'the simulated people are still about');
  for (const each of [ada, fay, mo]) {
    each.is_content();
    await each.leave();
  }
});
