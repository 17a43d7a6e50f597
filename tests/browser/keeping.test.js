// Keeping an event: admission, announcements, rooms, muting, removing, the end. Three roles at once.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Person, launch } from './support/people.js';
import { Server } from './support/server.js';

let server;
let browser;
let ada;
let fay;
let mo;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await Server.started();
  ada = await Person.arrived(browser, server.links.member, 'Ada');
  fay = await Person.arrived(browser, server.links.facilitator, 'Fay');
  mo = await Person.arrived(browser, server.links.moderator, 'Mo');
});
afterEach(async () => {
  for (const each of [ada, fay, mo]) {
    each.is_content();
    await each.leave();
  }
  await server.stop();
});

/** An event where arrivals wait; gives its links by role. */
async function event_with_admission() {
  const printed = await server.admin(
    'event', 'create', '--title', 'By invitation', '--starts', 'now', '--minutes', '60',
    '--admission', 'approval', '--rooms', 'Salon', '--public_url', server.origin);
  return Object.fromEntries(printed.trim().split('\n').map((line) => line.split(' ')));
}

test('where admission is on one waits in the lobby until a moderator lets one in', async () => {
  const links = await event_with_admission();
  const host = await Person.arrived(browser, links.moderator, 'Host');
  const guest = await Person.arrived(browser, links.member, 'Guest');
  await guest.page.getByText('A host will let you in shortly.').waitFor();
  assert.equal(await guest.button(/^Salon/).count(), 0, 'a room shown to someone who waits');
  await guest.say('Good evening, may I come in?');
  await host.panel('Desk');
  await host.button('Let in Guest').click();
  await guest.is_told('You are in. Welcome.');
  await guest.enter('Salon');
  guest.is_content();
  await host.leave();
  await guest.leave();
});

test('someone who is not let in is told so plainly, and can be told to all at once', async () => {
  const links = await event_with_admission();
  const host = await Person.arrived(browser, links.moderator, 'Host');
  const guests = [];
  for (const name of ['One', 'Two', 'Three']) guests.push(await Person.arrived(browser, links.member, name));
  await host.panel('Desk');
  await host.button('Not today: One').click();
  await host.goes_on();
  await guests[0].heading(1, 'You were not let in this time').waitFor();
  await host.button('Refuse all 2').click();
  await host.page.getByText('All 2 are told that they were not let in this time.').waitFor();
  await host.goes_on();
  for (const guest of guests.slice(1)) await guest.heading(1, 'You were not let in this time').waitFor();
  for (const each of [host, ...guests]) await each.leave();
});

test('all who wait are let in at once', async () => {
  const links = await event_with_admission();
  const host = await Person.arrived(browser, links.moderator, 'Host');
  const guests = [];
  for (const name of ['One', 'Two']) guests.push(await Person.arrived(browser, links.member, name));
  await host.panel('Desk');
  await host.button('Let all 2 in').click();
  for (const guest of guests) await guest.is_told('You are in. Welcome.');
  for (const each of [host, ...guests]) await each.leave();
});

test('someone muted cannot write, and reads until when and why; unmuted they can', async () => {
  const row = await mo.look_at('Ada');
  await row.getByRole('button', { name: 'Mute', exact: true }).click();
  await row.getByLabel('Why').fill('One at a time, please');
  await row.getByRole('button', { name: 'Mute them' }).click();
  await mo.is_told('Ada cannot write for 5 minutes.');
  await ada.page.getByText(/^You cannot write until/).first().waitFor();
  await ada.page.locator('.composer-closed').getByText('One at a time, please').waitFor();
  assert.equal(await ada.field.count(), 0);
  await row.getByRole('button', { name: 'Unmute' }).click();
  await mo.goes_on();
  await ada.is_told('You can write again.');
  await ada.say('Understood');
  await fay.hears('Understood');
});

test('someone removed is out at once, knows why, and does not come back by reloading', async () => {
  const row = await mo.look_at('Ada');
  await row.getByRole('button', { name: 'Ask to leave' }).click();
  await row.getByLabel('Why').fill('Advertising');
  await row.getByRole('button', { name: 'Remove from the event' }).click();
  await ada.heading(1, 'You were asked to leave this event').waitFor();
  await ada.page.getByText('Advertising').waitFor();
  await ada.page.reload();
  await ada.heading(1, 'You were asked to leave this event').waitFor();
});

test('nobody moderates their own rank, and members see no such tools', async () => {
  const row = await ada.look_at('Fay');
  await row.getByRole('button', { name: 'Write to them' }).waitFor();
  assert.equal(await row.getByRole('button', { name: 'Mute', exact: true }).count(), 0);
  assert.equal(await ada.page.getByRole('tab', { name: /^Desk/ }).count(), 0);
});

test('a moderator deletes what a member said, everywhere', async () => {
  await ada.say('Buy my product');
  await mo.hears('Buy my product');
  await mo.with_message('Buy my product', 'Delete');
  await mo.goes_on('Advertising');
  await fay.message('A message from Ada was deleted').waitFor();
});

test('an announcement reaches everyone, wherever they are', async () => {
  await ada.enter('Networking tables');
  await ada.sit('Table 1');
  await fay.panel('Desk');
  await fay.button('Announce something').click();
  await fay.say('Coffee in five minutes');
  await ada.is_told('Fay: Coffee in five minutes');
});

test('a room is opened, renamed and closed, and those in it land in the lobby', async () => {
  await mo.desk('Event');
  await mo.page.getByText('Open a new room').click();
  await mo.page.getByLabel('Name of the room').fill('Attic');
  await mo.button('Open the room').click();
  await ada.enter('Attic');
  await ada.sit('Table 1');
  await mo.button('Change Attic').click();
  await mo.page.getByLabel('Name of the room').first().fill('Loft');
  await mo.button('Save').click();
  await ada.is_in('Loft');
  await mo.button('Close Loft').click();
  await ada.is_in('Lobby');
  await ada.is_told('The room was closed. You are in the lobby.');
});

test('the event ends: everyone is told, what was said can be read, nothing more be said', async () => {
  await ada.say('Thank you all');
  await mo.desk('Event');
  await mo.button('End the event').click();
  await ada.page.getByText('The event is over. Thank you for coming.').waitFor();
  await ada.page.getByText('The event is over. You can read what was said, and write to people privately.').waitFor();
  await ada.hears('Thank you all');
  assert.equal(await ada.field.count(), 0);
});
