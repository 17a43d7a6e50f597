// Arriving: from a link to the lobby, and what stands in the way.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Person, launch } from './support/people.js';
import { Server } from './support/server.js';

const PAINT_MS_MAX = 1000;

let server;
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await Server.started();
});
afterEach(() => server.stop());

test('a link leads to the lobby in one step, with the name field ready', async () => {
  const ada = await Person.new(browser);
  await ada.page.goto(server.links.member);
  await ada.heading(1, 'The Hallway demo').waitFor();
  await ada.page.getByText('You are the first one here.').waitFor();
  await ada.page.keyboard.type('Ada Lovelace');
  await ada.page.keyboard.press('Enter');
  await ada.is_in('Lobby');
  assert.match(ada.page.url(), /\/e\/ev_/);
  ada.is_content();
  await ada.leave();
});

test('who is here is shown before one comes in', async () => {
  const ada = await Person.arrived(browser, server.links.member, 'Ada Lovelace');
  const bo = await Person.new(browser);
  await bo.page.goto(server.links.member);
  await bo.page.getByText('1 person is here').waitFor();
  await bo.come_in(server.links.member, 'Bo Lindqvist');
  await ada.panel('People');
  await ada.page.getByRole('listitem', { name: 'Bo Lindqvist' }).waitFor();
  await ada.leave();
  await bo.leave();
});

test('a line about oneself, an ask and an offer are seen by the others', async () => {
  const ada = await Person.arrived(browser, server.links.member, 'Ada');
  const cleo = await Person.new(browser);
  await cleo.page.goto(server.links.member);
  await cleo.page.getByLabel('Your name').fill('Cleo');
  await cleo.page.getByText('Add something to talk about').click();
  await cleo.page.getByLabel('A line about you').fill('Ten years of patient records');
  await cleo.page.getByLabel('Something you would like help with').fill('Retiring a mainframe');
  await cleo.page.getByLabel('Something you can help others with').fill('A checklist for cut-over');
  await cleo.button('Come in').click();
  await cleo.is_in('Lobby');
  await ada.panel('People');
  const row = ada.page.getByRole('listitem', { name: 'Cleo' });
  await row.getByText('Ten years of patient records').waitFor();
  await row.getByText('Retiring a mainframe').waitFor();
  await row.getByText('A checklist for cut-over').waitFor();
  await ada.leave();
  await cleo.leave();
});

test('without a name one is asked for it, and nothing is lost', async () => {
  const nobody = await Person.new(browser);
  await nobody.page.goto(server.links.member);
  await nobody.page.getByText('Add something to talk about').click();
  await nobody.page.getByLabel('A line about you').fill('Shy');
  await nobody.button('Come in').click();
  await nobody.page.getByRole('alert').getByText('What should people call you?').waitFor();
  assert.equal(await nobody.page.getByLabel('A line about you').inputValue(), 'Shy');
  await nobody.leave();
});

test('a link that no longer works says so, and what to do', async () => {
  const late = await Person.new(browser);
  await late.page.goto(`${server.origin}/j/${'x'.repeat(43)}`);
  await late.heading(1, 'This link no longer works').waitFor();
  await late.page.getByText('Ask whoever sent it for a new one.').waitFor();
  await late.leave();
});

test('three people share a browser, a tab each, and each comes back as themselves', async () => {
  const first = await Person.arrived(browser, server.links.member, 'Dora');
  const people = [{ name: 'Dora', page: first.page }];
  for (const [role, name] of [['facilitator', 'Fay'], ['moderator', 'Mo']]) {
    await first.open_tab();
    await first.page.goto(server.links[role]);
    await first.page.getByLabel('Your name').fill(name);
    await first.button('Come in').click();
    await first.is_in('Lobby');
    people.push({ name, page: first.page });
  }
  for (const { name, page } of people) {
    await page.reload();
    await page.getByRole('navigation', { name: 'The event' }).getByText(name, { exact: true }).waitFor();
  }
  first.is_content();
  await first.leave();
});

test('whoever opens the link again comes back as who they were', async () => {
  const ada = await Person.arrived(browser, server.links.member, 'Edda');
  await ada.page.goto(server.links.member);
  await ada.button('Come back as Edda').click();
  await ada.is_in('Lobby');
  await ada.leave();
});

/** How long a browser that was never here takes until the name field stands. */
async function cold_start() {
  const cold = await Person.new(browser);
  await cold.page.goto(server.links.member);
  await cold.page.getByLabel('Your name').waitFor();
  const ms = await cold.page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0].startTime, useful: performance.now(),
  }));
  await cold.leave();
  return ms;
}

test('the first useful paint from a cold cache takes under a second', async () => {
  // The best of three: what else the machine does is not the page's.
  const starts = [];
  for (let i = 0; i < 3; i++) starts.push(await cold_start());
  const { painted, useful } = starts.sort((one, other) => one.useful - other.useful)[0];
  console.log(`first paint ${painted.toFixed(0)} ms, name field by ${useful.toFixed(0)} ms`);
  assert.ok(useful < PAINT_MS_MAX, `the name field stood after ${useful} ms`);
});
