// Keeping rooms safe: reports, held messages, warnings, moves, slow and locked rooms, lockdown, roles,
// bans, and a crowd of guests removed at once; what moderators do and what those concerned are told.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Person, launch } from './support/people.js';
import { Server } from './support/server.js';

const ROOM = 'Networking tables';

let server;
let browser;
let ada;
let bo;
let mo;
let everyone;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await Server.started();
  everyone = [];
  ada = await arrive('member', 'Ada');
  bo = await arrive('member', 'Bo');
  mo = await arrive('moderator', 'Mo');
});
afterEach(async () => {
  for (const each of everyone) {
    each.is_content();
    await each.leave();
  }
  await server.stop();
});

async function arrive(role, name) {
  const person = await Person.arrived(browser, server.links[role], name);
  everyone.push(person);
  return person;
}

/** The tools for a person at the desk, open. */
async function tools_for(moderator, name) {
  await moderator.desk('People');
  await moderator.page.getByLabel('Find by name').fill(name);
  const row = moderator.page.locator('.crowd-row', { hasText: name });
  await row.locator('.queue-head').click();
  return row.locator('.person-tools');
}

/** Opens what is to be done, says why and does it. */
async function act(moderator, tools, what, reason, choose) {
  await tools.getByRole('button', { name: what, exact: true }).click();
  if (choose) await tools.locator('select').selectOption(choose);
  await tools.getByLabel('Why').fill(reason);
  await moderator.page.keyboard.press('Enter');
}

/** Waits until the focus is in an item of the queue. */
const focus_in = (moderator, item) =>
  moderator.page.waitForFunction((start) =>
    document.activeElement?.closest('[data-item]')?.dataset.item.startsWith(start), item);

test('a message is reported, taken and answered with a mute, by the keyboard alone', async () => {
  await ada.say('You are all idiots');
  await bo.hears('You are all idiots');
  await bo.with_message('You are all idiots', 'Report');
  await bo.page.getByText('five in all').waitFor();
  await bo.page.getByLabel('What is wrong with it').fill('Unkind');
  await bo.page.keyboard.press('Enter');
  await bo.is_told('Thank you. The hosts of the event have your report.');
  await mo.panel('Desk');
  const report = mo.page.locator('.queue-item', { hasText: 'About Ada' });
  await report.locator('.queue-head').focus();
  await mo.page.keyboard.press('Enter');
  await report.getByText('You are all idiots').waitFor();
  await mo.page.keyboard.press('c');
  await report.getByText('Yours').waitFor();
  await mo.page.keyboard.press('m');
  await mo.page.getByLabel('Why').fill('A pause, please');
  await mo.page.keyboard.press('Enter');
  await ada.page.getByText('You cannot write until').first().waitFor();
  await ada.page.getByText('A pause, please').first().waitFor();
  await bo.is_told('Thank you for your report. A moderator has dealt with it.');
  await mo.page.getByText('1 settled').waitFor();
  await mo.notes.getByRole('button', { name: 'Undo' }).click();
  await ada.is_told('You can write again.');
  await ada.say('Sorry');
});

test('what the filter holds is said in place, and let through or kept back', async () => {
  await mo.desk('Event');
  await mo.page.getByLabel('Hold messages with these words').check();
  await mo.page.getByLabel('Words', { exact: true }).fill('casino\nfree money');
  await mo.button('Save the words').click();
  await mo.is_told('The word filter is saved.');
  for (const words of ['My CASINO story', 'free money here']) {
    await ada.field.fill(words);
    await ada.field.press('Enter');
    await ada.message(words).getByText('Waits for a host.').waitFor();
  }
  assert.equal(await bo.message('CASINO').count(), 0);
  await mo.desk('Queue');
  await mo.page.locator('.queue-head', { hasText: 'CASINO' }).focus();
  await mo.page.keyboard.press('a');
  await mo.goes_on();
  await bo.hears('My CASINO story');
  await focus_in(mo, 'held-');
  await mo.page.keyboard.press('d');
  await mo.page.getByLabel('Why').fill('Advertising');
  await mo.page.keyboard.press('Enter');
  await ada.page.getByText('A moderator did not let this through.').first().waitFor();
  await ada.page.getByText('Advertising').first().waitFor();
  assert.equal(await bo.message('free money').count(), 0);
});

test('a warning is acknowledged, a move is told with its reason, both stand in one’s own record', async () => {
  const tools = await tools_for(mo, 'Ada');
  await act(mo, tools, 'Warn', 'Please be kind');
  const warning = ada.notes.getByText('Please be kind');
  await warning.waitFor();
  await ada.button('I have read it').click();
  await warning.waitFor({ state: 'detached' });
  await act(mo, tools, 'Move', 'The talk is there', { label: ROOM });
  await ada.is_told(`A moderator has moved you to ${ROOM}.`);
  await ada.is_in(ROOM);
  await tools.getByRole('button', { name: 'History' }).click();
  await tools.getByText('You warned Ada').waitFor();
  await ada.page.locator('.nav-me').click();
  await ada.page.getByText('What moderators did concerning me').click();
  await ada.page.getByText(`moved you to ${ROOM}`).first().waitFor();
  await ada.page.getByText('warned you').waitFor();
});

test('in a slow room the draft stays until it is one’s turn; a locked one is not entered', async () => {
  await mo.desk('Now');
  await mo.page.getByLabel(`Slow mode in ${ROOM}`).selectOption('5');
  await mo.goes_on();
  await ada.enter(ROOM);
  await ada.say('one');
  await ada.field.fill('two');
  await ada.page.getByText(/You can write again in/).waitFor();
  assert.equal(await ada.page.locator('.send').isDisabled(), true);
  assert.equal(await ada.field.inputValue(), 'two');
  await ada.page.locator('.send:not([disabled])').click();
  await ada.hears('two');
  await mo.page.getByText(/[1-9] messages? a minute/).first().waitFor();
  await mo.button(`Lock ${ROOM}`).click();
  await mo.goes_on('The talk begins');
  await mo.button(`Unlock ${ROOM}`).waitFor();
  await bo.button(new RegExp(`^${ROOM}`)).first().click();
  await bo.is_told(`${ROOM} is locked just now.`);
});

test('one click calms a raid: guests wait, and those inside are told; one lifts it', async () => {
  await mo.panel('Desk');
  await mo.button('Calm everything down').click();
  await ada.page.getByText('A calm moment').waitFor();
  const late = await arrive('member', 'Late');
  await late.page.getByText('A host will let you in shortly.').waitFor();
  await mo.button('Let in Late').click();
  await late.is_told('You are in. Welcome.');
  await mo.button('Lift it').click();
  await ada.page.getByText('A calm moment').waitFor({ state: 'detached' });
});

test('a role comes and goes while one is there, and what was done stands in the log', async () => {
  const ola = await arrive('organiser', 'Ola');
  const tools = await tools_for(ola, 'Bo');
  await tools.getByRole('button', { name: 'Roles' }).click();
  await tools.getByLabel('Role', { exact: true }).selectOption('moderator');
  await tools.getByRole('button', { name: 'Give the role' }).click();
  await bo.page.getByRole('tab', { name: /^Desk/ }).waitFor();
  await bo.desk('Now');
  await tools.getByRole('button', { name: /^Take back: Moderator/ }).click();
  await ola.page.locator('[id^="why-revoke"]').press('Enter');
  await bo.page.getByRole('tab', { name: /^Desk/ }).waitFor({ state: 'detached' });
  await ola.desk('Log');
  await ola.page.getByText('You gave Bo the role Moderator').waitFor();
});

test('who is removed can be let back in, who is banned reads until when', async () => {
  const tools = await tools_for(mo, 'Ada');
  await act(mo, tools, 'Ask to leave', 'Enough');
  await ada.heading(1, 'You were asked to leave this event').waitFor();
  await ada.page.reload();
  await ada.page.getByText('Enough').waitFor();
  await tools.getByRole('button', { name: 'Let them come back' }).click();
  await mo.goes_on();
  await tools.getByText('Asked to leave').waitFor({ state: 'detached' });
  await ada.page.reload();
  await ada.is_in('Lobby');
  await act(mo, tools, 'Ban', 'Again', '7');
  await ada.heading(1, 'This event is closed to you').waitFor();
  await ada.page.getByText('You can come back').waitFor();
});

test('a crowd of guests who write at once is removed in one go', async () => {
  const crowd = [];
  for (let i = 1; i <= 4; i++) crowd.push(await arrive('member', `Raider ${i}`));
  for (const raider of crowd) await raider.say('SPAM SPAM SPAM');
  await mo.desk('People');
  await mo.button('Wrote lately').click();
  await mo.page.getByLabel('Only who just came').check();
  await mo.button('Choose all 4').click();
  await mo.page.locator('.crowd-row .queue-head').first().focus();
  await mo.page.keyboard.press('r');
  await mo.page.getByLabel('Why').fill('Spam');
  await mo.page.keyboard.press('Enter');
  await mo.page.getByText('4 people have left the event.').waitFor();
  for (const raider of crowd) {
    await raider.heading(1, 'You were asked to leave this event').waitFor();
  }
});
