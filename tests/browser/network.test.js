// Lost networks, reloads and killed servers: typed words are kept, messages are sent once, everyone is back in place.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Line } from './support/line.js';
import { Person, launch, until } from './support/people.js';
import { Server } from './support/server.js';

const ROOM = 'Networking tables';
const LOST = /Reconnecting\. Keep writing/;
const BACK_MS_MAX = 1000;
let server;
let browser;
let line;
let ada;
let bo;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await Server.started();
  line = await Line.to(server.origin);
  ada = await Person.arrived(browser, line.over(server.links.member), 'Ada');
  bo = await Person.arrived(browser, server.links.member, 'Bo');
  for (const each of [ada, bo]) {
    await each.enter(ROOM);
    await each.sit('Table 4');
  }
});
afterEach(async () => {
  for (const each of [ada, bo]) {
    each.is_content();
    await each.leave();
  }
  line.close();
  await server.stop();
});

const lose_network = async () => {
  line.cut();
  await ada.context.setOffline(true);
};
const find_network = async () => {
  line.mend();
  await ada.context.setOffline(false);
};

/** The words of Table 4 as someone has them. @param {Person} person */
const words_of = (person) => person.messages.locator('.message:not(.message-pending) .words').allTextContents();

test('a reload keeps one’s table, draft and panel', async () => {
  await ada.say('Before the reload');
  await ada.field.fill('Half a thought');
  await ada.page.reload();
  await ada.heading(2, 'Table 4').waitFor();
  await ada.hears('Before the reload');
  assert.equal(await ada.field.inputValue(), 'Half a thought');
  await bo.my_table('Table 4').getByText('Ada').first().waitFor();
});

test('a lost network: words are kept and go out once; back at the table within a second of its return', async () => {
  await lose_network();
  await ada.page.getByText(LOST).waitFor();
  await bo.my_table('Table 4').getByText('reconnecting').waitFor();
  for (const words of ['Written in the tunnel', 'And one more']) {
    await ada.field.fill(words);
    await ada.field.press('Enter');
    await ada.message(words).getByText('Waits for the connection').waitFor();
  }
  await ada.field.fill('Not yet sent');
  await bo.say('Meanwhile, out here');

  const found_at = performance.now();
  await find_network();
  await ada.hears('Meanwhile, out here');
  const back_ms = performance.now() - found_at;
  console.log(`back and complete ${back_ms.toFixed(0)} ms after the network's return`);
  assert.ok(back_ms < BACK_MS_MAX, `back after ${back_ms} ms`);
  await ada.is_told('You are back at Table 4.');
  await ada.heading(2, 'Table 4').waitFor();
  assert.equal(await ada.field.inputValue(), 'Not yet sent');
  await bo.hears('And one more');
  const all = ['Meanwhile, out here', 'Written in the tunnel', 'And one more'];
  await until(() => words_of(ada), (words) => words.length === all.length, 'all that was said');
  assert.deepEqual(await words_of(ada), all);
  assert.deepEqual(await words_of(bo), all);
  await bo.my_table('Table 4').getByText('reconnecting').waitFor({ state: 'detached' });
});

test('what was not acknowledged survives a reload of the page, and is said once', async () => {
  await lose_network();
  await ada.page.getByText(LOST).waitFor();
  await ada.field.fill('From before the reload');
  await ada.field.press('Enter');
  await ada.message('From before the reload').getByText('Waits for the connection').waitFor();
  await find_network();
  await ada.page.reload();
  await bo.hears('From before the reload');
  await ada.hears('From before the reload');
  await until(() => words_of(bo), (words) => words.length === 1, 'said once');
  assert.deepEqual(await words_of(ada), ['From before the reload']);
});

test('the server is killed and started again: everyone is back by themselves, and nothing said is lost', async () => {
  await ada.say('Said before');
  await bo.hears('Said before');
  await server.kill();
  for (const each of [ada, bo]) await each.page.getByText(LOST).waitFor();
  await bo.field.fill('Said while it was down');
  await bo.field.press('Enter');
  await server.start();
  for (const each of [ada, bo]) await each.is_told('You are back at Table 4.');
  for (const each of [ada, bo]) await each.hears('Said while it was down');
  for (const each of [ada, bo]) {
    assert.deepEqual(await words_of(each), ['Said before', 'Said while it was down']);
    await each.heading(2, 'Table 4').waitFor();
  }
  await ada.say('And after');
  await bo.hears('And after');
});

test('leaving is leaving: the chair is free at once', async () => {
  const cleo = await Person.arrived(browser, server.links.member, 'Cleo');
  await cleo.enter(ROOM);
  await cleo.button('Sit at Table 4, 2 of 6 taken').first().waitFor();
  await bo.page.getByRole('button', { name: /My card and settings/ }).click();
  await bo.button('Leave the event').click();
  await bo.heading(1, 'See you soon').waitFor();
  await cleo.button('Sit at Table 4, 1 of 6 taken').first().waitFor();
  await cleo.leave();
});
