// Private messages: a request to someone one has not met, an answer, a refusal that is silent, and blocks.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Person, launch } from './support/people.js';
import { Server } from './support/server.js';

let server;
let browser;
let ada;
let bo;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await Server.started();
  ada = await Person.arrived(browser, server.links.member, 'Ada');
  bo = await Person.arrived(browser, server.links.member, 'Bo');
});
afterEach(async () => {
  for (const each of [ada, bo]) {
    each.is_content();
    await each.leave();
  }
  await server.stop();
});

/** @param {Person} from @param {string} to @param {string} words */
async function writes(from, to, words) {
  const row = await from.look_at(to);
  await row.getByRole('button', { name: 'Write to them' }).click();
  await from.page.getByLabel('Your first words').fill(words);
  await from.button('Send').click();
  await from.hears(words);
}

/** @param {Person} person @param {string} with_whom */
async function opens_letter(person, with_whom) {
  await person.panel('Messages');
  await person.page.getByRole('tabpanel').getByRole('list', { name: 'Messages', exact: true })
    .getByRole('button', { name: new RegExp(with_whom) }).first().click();
}

test('a first message to a stranger is a request: one, and no more until it is answered', async () => {
  await writes(ada, 'Bo', 'May I ask you about your checklist?');
  await ada.page.getByText('Your message is with them. You can write more once they answer.').waitFor();
  await opens_letter(bo, 'Ada');
  await bo.page.getByText('Ada would like to write with you.').waitFor();
  await bo.hears('May I ask you about your checklist?');
  await bo.button('Answer them').click();
  await bo.say('Gladly');
  await ada.hears('Gladly');
  await ada.say('Thank you');
  await bo.hears('Thank you');
});

test('declining is silent: nothing changes for whoever asked', async () => {
  await writes(ada, 'Bo', 'A word about our product?');
  await opens_letter(bo, 'Ada');
  await bo.button('No, thanks').click();
  await bo.page.getByText('No private messages yet').waitFor();
  await ada.page.getByText('Your message is with them.').waitFor();
  assert.equal(await ada.notes.getByText(/decline|no, thanks/i).count(), 0);
});

test('those who have sat together write without asking', async () => {
  for (const each of [ada, bo]) {
    await each.enter('Networking tables');
    await each.sit('Table 1');
  }
  await ada.my_table('Table 1').getByText('Bo').first().waitFor();
  await writes(ada, 'Bo', 'That was a good point');
  await ada.say('Two, in fact');
  await opens_letter(bo, 'Ada');
  await bo.hears('Two, in fact');
  assert.equal(await bo.button('Answer them').count(), 0);
});

test('a new private message shows as a badge wherever one is', async () => {
  await writes(ada, 'Bo', 'Are you there?');
  await bo.page.getByRole('tab', { name: /^Messages.*1 new/ }).waitFor();
  await opens_letter(bo, 'Ada');
  await bo.page.getByRole('tab', { name: /^Messages$/ }).waitFor();
});

test('a block is invisible: the words are sent, stand unseen, and nobody is told', async () => {
  await writes(ada, 'Bo', 'Hello there');
  await opens_letter(bo, 'Ada');
  await bo.button('Answer them').click();
  await bo.say('Hello');
  const row = await bo.look_at('Ada');
  await row.getByRole('button', { name: 'Block' }).click();
  await bo.is_told('You will not see what Ada writes. They are not told.');
  await ada.say('Can you read this?');
  await bo.panel('Chat');
  await ada.panel('Chat');
  await ada.say('And this, in the lobby?');
  await bo.page.getByText('Something from a person you have blocked.').first().waitFor();
  assert.equal(await bo.page.getByText('And this, in the lobby?').count(), 0);
  assert.equal(await bo.page.getByText('Can you read this?').count(), 0);
});

test('a conversation of three is one conversation for all of them', async () => {
  const cleo = await Person.arrived(browser, server.links.member, 'Cleo');
  for (const each of [ada, bo, cleo]) {
    await each.enter('Networking tables');
    await each.sit('Table 2');
  }
  await ada.my_table('Table 2').getByText('Cleo').first().waitFor();
  await ada.my_table('Table 2').getByText('Bo').first().waitFor();
  await ada.panel('Messages');
  await ada.button('New').click();
  for (const name of ['Bo', 'Cleo']) {
    await ada.page.getByLabel(/^(To whom|Add someone)$/).fill(name);
    await ada.page.locator('.offered').getByRole('button', { name }).first().click();
  }
  await ada.page.getByLabel('Your first words').fill('The three of us, then');
  await ada.button('Send').click();
  for (const each of [bo, cleo]) {
    await opens_letter(each, 'Ada');
    await each.hears('The three of us, then');
  }
  await cleo.say('Count me in');
  await bo.hears('Count me in');
  await ada.hears('Count me in');
  await cleo.leave();
});
