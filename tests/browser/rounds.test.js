// Rounds as people have them: a facilitator plans three and runs them with sixty simulated people of twelve
// organisations, of whom some come late, leave, lose their network or sit out, while the server is killed once. What the
// console says of the plan is held against `hallway seat measure`, which knows nothing of how it was made.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { holds_up, in_front } from './support/looks.js';
import { load } from './support/load.js';
import { Person, launch, until } from './support/people.js';
import { BINARY, ROOT, Server } from './support/server.js';

const ROOM = 'Networking tables';
const BOTS = 60;
let server;
let browser;
before(async () => {
  server = await Server.started(['--rounds.announce_s=4', '--rounds.wrap_s=4']);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The pushes of one name that a page was sent. @param {Person} person @param {string} name */
const pushes = (person, name) => person.heard.filter((each) => each.push === name);

/** The last answer to a preview. @param {Person} person */
const plan_of = (person) => person.heard.findLast((each) => each.ok?.quality)?.ok;

/** Organisations as the page was told them. @param {Person} person */
function organisations(person) {
  const found = new Map();
  const look = (/** @type {any} */ thing) => {
    if (thing === null || typeof thing !== 'object') return;
    if (typeof thing.name === 'string' && /^p_/.test(thing.id ?? '')) found.set(thing.id, thing.org ?? '');
    Object.values(thing).forEach(look);
  };
  person.heard.forEach(look);
  return found;
}

/** A plan recounted by the command. @param {any} plan @param {Map<string, string>} orgs */
async function measured(plan, orgs) {
  const people = plan.rounds[0].flatMap(([, seated]) => seated);
  const number = new Map(people.map((person, i) => [person, i]));
  const names = [...new Set(people.map((person) => orgs.get(person)).filter(Boolean))];
  const groups = (/** @type {any[]} */ round) => round.map(([, seated]) => seated.map((person) => number.get(person)));
  const problem = {
    people: people.length,
    rounds: plan.rounds.map((round) => ({ sizes: groups(round).map((group) => group.length), present: people.map((_, i) => i) })),
    org: people.map((person) => names.indexOf(orgs.get(person)) + 1),
  };
  await writeFile(join(server.data, 'problem.json'), JSON.stringify(problem));
  await writeFile(join(server.data, 'plan.json'), JSON.stringify({ rounds: plan.rounds.map(groups) }));
  const { stdout } = await promisify(execFile)(
    BINARY, ['seat', 'measure', join(server.data, 'problem.json'), join(server.data, 'plan.json')],
  );
  return JSON.parse(stdout);
}

/** Everybody has one seat, and nobody sits alone. @param {any} started */
function is_fair(started) {
  const tables = started.data.seats.slice();
  const seated = tables.flatMap(([, people]) => people);
  assert.equal(new Set(seated).size, seated.length, 'nobody has two seats');
  const sofa = tables.filter(([, people]) => people.length === 1).length;
  assert.ok(sofa <= 1, 'nobody sits alone, unless alone on the sofa');
}

test('three rounds with sixty people, and the server killed in the second', async (t) => {
  const bots = load(t, 'bots', '--link', server.links.member, '--count', String(BOTS), '--speed', '20',
    '--chat', join(ROOT, 'tests/data/chat'), '--late', '6', '--leave', '4', '--drop', '6', '--sit-out', '2');
  const fay = await Person.arrived(browser, server.links.facilitator, 'Fay Weldon');
  const ada = await Person.arrived(browser, server.links.member, 'Ada Lovelace');
  for (const each of [fay, ada]) await each.enter(ROOM);
  await until(async () => Number.parseInt(await fay.place.locator('.place-head .sub').textContent() ?? '', 10),
    (people) => people >= 40, 'the simulated people are in the room');

  // --- Plan, and see what it achieves.
  await fay.button('Lead rounds').click();
  await fay.page.getByLabel('Minutes').fill('20');
  await fay.page.getByLabel('Rounds', { exact: true }).fill('3');
  await until(async () => plan_of(fay)?.quality.rounds, (rounds) => rounds === 3, 'a plan of three rounds');
  await fay.page.getByText(/^\d+ people: /).first().waitFor();
  await holds_up(fay, 'rounds-plan');
  const plan = plan_of(fay);
  const quality = await measured(plan, organisations(fay));
  assert.equal(quality.pairs_repeated, plan.quality.pairs_repeated);
  assert.equal(quality.same_org, plan.quality.same_org);
  assert.equal(quality.people_met_min, plan.quality.people_met_min);
  const repeats = await fay.page.getByText('Nobody meets anyone twice.').count();
  assert.equal(repeats > 0, quality.pairs_repeated === 0, 'the console says what is so');

  // --- The first round.
  await fay.button('Announce the first round').click();
  await ada.page.getByText('Round 1 of 3 starts in', { exact: true }).first().waitFor();
  await ada.button('Sit this one out').waitFor();
  await holds_up(ada, 'rounds-announced', in_front(ada, 'Place'));
  await ada.page.getByText('You sit at').first().waitFor();
  const first = pushes(ada, 'round.started').at(-1);
  is_fair(first);
  await ada.page.getByText('A question to begin with').first().waitFor();
  await holds_up(ada, 'rounds-seated', in_front(ada, 'Place'));
  await holds_up(fay, 'rounds-console');

  await fay.page.getByLabel('Say something to all tables').fill('Swap notes before you part.');
  await fay.button('Say it').click();
  await ada.page.getByText('Swap notes before you part.').first().waitFor();
  await fay.page.getByText(/Seen by \d+ of \d+ tables/).first().waitFor();
  await ada.button('Ask for help').click();
  await fay.page.getByText('Calls for help').first().waitFor();

  await fay.button('End now').click();
  await ada.page.getByText(/to finish your sentence|Finish your sentence/).first().waitFor();
  await holds_up(ada, 'rounds-wrapping', in_front(ada, 'Place'));
  await ada.page.getByText('Round 2 of 3 comes next. It is announced here.').first().waitFor();

  // --- The second, in which the server dies.
  await fay.button('Announce round 2 of 3').click();
  await until(async () => pushes(ada, 'round.started').length, (count) => count === 2, 'the second round starts');
  await ada.page.getByText('You sit at').first().waitFor();
  const table = await ada.place.getByRole('heading', { level: 2, name: /^Table \d+$/ }).first().textContent();
  await server.kill();
  await ada.page.getByText(/Reconnecting\. Keep writing/).first().waitFor();
  await server.start();
  await ada.is_told(/^You are back at /);
  await ada.page.getByText('You sit at').first().waitFor();
  assert.equal(await ada.place.getByRole('heading', { level: 2, name: /^Table \d+$/ }).first().textContent(), table);
  await fay.button('End now').click();
  await ada.page.getByText('Round 3 of 3 comes next. It is announced here.').first().waitFor();

  // --- The third, and who met whom.
  await fay.button('Announce round 3 of 3').click();
  await until(async () => pushes(ada, 'round.started').length, (count) => count === 3, 'the third round starts');
  for (const started of pushes(ada, 'round.started')) is_fair(started);
  await fay.button('End now').click();
  await ada.page.getByText('That was the last round. Thank you for sitting with each other.').first().waitFor();
  await holds_up(ada, 'rounds-over', in_front(ada, 'Place'));
  await fay.page.getByText(/Who sat where: /).first().waitFor();
  await holds_up(fay, 'rounds-debrief');
  assert.equal(pushes(ada, 'round.ended').filter((each) => !each.data.tables).length, 3, 'each round ended once');

  assert.equal(bots.exitCode, null, 'the simulated people are still about');
  for (const each of [fay, ada]) {
    each.is_content();
    await each.leave();
  }
});
