// Tables: sitting, standing, knocking, closing, and the race for the last chair; as a list and as a floor plan.

import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { Person, launch, until } from './support/people.js';
import { Server } from './support/server.js';

const ROOM = 'Networking tables';
let server;
let browser;
let ada;
let bo;
let people = [];

const arrive = async (role, name) => {
  const person = await Person.arrived(browser, server.links[role], name);
  people.push(person);
  await person.enter(ROOM);
  return person;
};

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

beforeEach(async () => {
  server = await Server.started();
  ada = await arrive('member', 'Ada');
  bo = await arrive('member', 'Bo');
});
afterEach(async () => {
  for (const person of people) {
    person.is_content();
    await person.leave();
  }
  people = [];
  await server.stop();
});

test('sitting down shows who is there, and standing up leads to the sofa', async () => {
  await ada.sit('Table 4');
  await bo.button('Sit at Table 4, 1 of 6 taken').first().click();
  await bo.my_table('Table 4').getByText('Ada').first().waitFor();
  await ada.my_table('Table 4').getByText('Bo').first().waitFor();
  await bo.my_table('Table 4').getByRole('button', { name: 'Stand up' }).click();
  await bo.page.getByText('You are on').waitFor();
  await ada.button(/^Join the sofa, 1 person/).first().waitFor();
});

test('hopping from table to table leaves one chair and takes another', async () => {
  await ada.sit('Table 1');
  await bo.button('Sit at Table 1, 1 of 6 taken').first().waitFor();
  await ada.sit('Table 2');
  await bo.button('Sit at Table 1, 0 of 6 taken').first().waitFor();
  await bo.button('Sit at Table 2, 1 of 6 taken').first().waitFor();
});

test('the list and the floor plan are the same tables in the same order', async () => {
  const names = async () => ada.heading(3).allTextContents();
  const as_list = await names();
  await ada.button('Tables as a floor plan').click();
  const as_plan = await names();
  assert.equal(as_plan.length, 13);
  assert.deepEqual(as_list, as_plan);
  await ada.sit('Table 7');
  await ada.button('Tables as a list').click();
  await bo.button('Sit at Table 7, 1 of 6 taken').first().waitFor();
});

test('the last chair has one winner and a friendly loser', async () => {
  const moderator = await arrive('moderator', 'Mo');
  await moderator.desk('Event');
  await moderator.page.getByText('Set another table').click();
  await moderator.page.getByLabel('Name of the table').fill('Tiny');
  await moderator.page.getByLabel('Chairs', { exact: true }).fill('2');
  await moderator.button('Set the table').click();
  await ada.sit('Tiny');
  const cleo = await arrive('member', 'Cleo');
  const rivals = [bo, cleo];
  // Both hands are on the chair before either sits down: a click by the mouse would come too late for one.
  const chairs = await Promise.all(rivals.map((each) => each.button('Sit at Tiny, 1 of 2 taken').first().elementHandle()));
  await Promise.all(chairs.map((chair) => chair.evaluate((element) =>
    void element.dispatchEvent(new MouseEvent('click', { bubbles: true })))));
  await ada.my_table('Tiny').getByRole('listitem').nth(1).waitFor();
  const seated = await Promise.all(rivals.map(async (each) =>
    until(async () => ({
      sits: await each.heading(2, 'Tiny').count(),
      is_told: await each.notes.getByText(/^Someone was faster\./).count(),
    }), ({ sits, is_told }) => sits + is_told > 0, 'neither seated nor told')));
  assert.equal(seated.filter(({ sits }) => sits > 0).length, 1);
  const loser = rivals[seated.findIndex(({ sits }) => sits === 0)];
  await loser.notes.getByRole('button', { name: /^Sit at Table/ }).click();
  await loser.page.getByText('You sit at').first().waitFor();
});

test('a closed table is knocked on; letting in seats, and not answering is silence', async () => {
  await ada.sit('Table 3');
  await ada.button('Close the table').click();
  await bo.button('Knock at Table 3').click();
  await bo.page.getByLabel('A line to go with it').fill('May I listen in?');
  await bo.button('Knock').click();
  await ada.my_table('Table 3').getByText('May I listen in?').waitFor();
  await ada.button('Let them in').click();
  await bo.heading(2, 'Table 3').waitFor();

  const cleo = await arrive('member', 'Cleo');
  await cleo.button('Knock at Table 3').click();
  await cleo.button('Knock').click();
  await ada.my_table('Table 3').getByText('Cleo').first().waitFor();
  await ada.my_table('Table 3').getByRole('button', { name: 'Not now' }).click();
  await cleo.page.getByText('Knocking').waitFor();
  assert.equal(await cleo.notes.getByText(/declined|refused/i).count(), 0);
});

test('a lock dissolves when the table is empty', async () => {
  await ada.sit('Table 5');
  await ada.button('Close the table').click();
  await bo.button('Knock at Table 5').waitFor();
  await ada.my_table('Table 5').getByRole('button', { name: 'Stand up' }).click();
  await bo.button('Sit at Table 5, 0 of 6 taken').first().waitFor();
});

test('topic and mood are set by whoever sits there, and everyone sees them', async () => {
  await ada.sit('Table 6');
  await ada.button('Set the topic').click();
  await ada.page.getByLabel('Topic', { exact: true }).fill('Retiring the mainframe');
  await ada.button('Save').click();
  await bo.page.getByText('Retiring the mainframe').first().waitFor();
  await ada.my_table('Table 6').getByRole('button', { name: 'Deep in it' }).click();
  const item = bo.page.getByRole('listitem').filter({ has: bo.heading(3, 'Table 6') });
  await item.getByText('Deep in it').waitFor();
});

test('an invitation to one’s table seats whoever accepts', async () => {
  await ada.sit('Table 8');
  const row = await ada.look_at('Bo');
  await row.getByRole('button', { name: 'Invite to my table' }).click();
  await ada.is_told('Bo has your invitation.');
  await bo.notes.getByText('Ada invites you to Table 8.').waitFor();
  await bo.notes.getByRole('button', { name: 'Sit down there' }).click();
  await bo.heading(2, 'Table 8').waitFor();
});

test('a call for help reaches the facilitator, who comes by and ticks it off', async () => {
  const fay = await arrive('facilitator', 'Fay');
  await ada.sit('Table 9');
  await ada.my_table('Table 9').getByRole('button', { name: 'Ask for help' }).click();
  await ada.is_told('The hosts know. Someone will come by.');
  await fay.panel('Desk');
  const call = fay.page.getByRole('listitem').filter({ hasText: 'Table 9' }).filter({ has: fay.button('Done') });
  await call.getByRole('button', { name: 'Done' }).click();
  await ada.my_table('Table 9').getByRole('button', { name: 'Ask for help' }).waitFor();
});

test('a visit is seen by those who sit there, and keeps the visitor’s own chair', async () => {
  const fay = await arrive('facilitator', 'Fay');
  await ada.sit('Table 2');
  await fay.sit('Table 1');
  await fay.button('Visit Table 2').click();
  await ada.page.getByText('Fay is visiting your table.').waitFor();
  await fay.heading(2, 'Table 1').waitFor();
  await fay.choose_chat('Table 2');
  await fay.say('How are you getting on?');
  await ada.hears('How are you getting on?');
});
