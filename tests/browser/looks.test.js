// Every state of the page, as it is drawn: without a violation of axe, without anything wider than the window, in light and
// dark, at 360 and 1280 px. The pictures are in build/screenshots.

import { after, afterEach, before, beforeEach, test } from 'node:test';
import { holds_up, in_front } from './support/looks.js';
import { Line } from './support/line.js';
import { Person, launch } from './support/people.js';
import { Server } from './support/server.js';

const ROOM = 'Networking tables';
let server;
let browser;
let ada;
let bo;
let mo;
let line;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await Server.started(['--limits.messages_burst', '200', '--limits.commands_burst', '400']);
  line = await Line.to(server.origin);
  ada = await Person.arrived(browser, line.over(server.links.member), 'Ada Lovelace');
  bo = await Person.arrived(browser, server.links.member, 'Bo Lindqvist');
  mo = await Person.arrived(browser, server.links.moderator, 'Mo Farah');
});
afterEach(async () => {
  for (const each of [ada, bo, mo]) {
    each.is_content();
    await each.leave();
  }
  line.close();
  await server.stop();
});

test('arriving', async () => {
  const guest = await Person.new(browser);
  await guest.page.goto(server.links.member);
  await guest.page.getByLabel('Your name').waitFor();
  await guest.page.getByText('Add something to talk about').click();
  await holds_up(guest, 'join');
  await guest.button('Come in').click();
  await guest.page.getByRole('alert').waitFor();
  await holds_up(guest, 'join-without-name');
  await guest.page.goto(`${server.origin}/j/${'x'.repeat(43)}`);
  await guest.heading(1, 'This link no longer works').waitFor();
  await holds_up(guest, 'join-dead-link');
  await guest.page.goto(server.origin);
  await guest.heading(1, 'The conversations between the talks').waitFor();
  await holds_up(guest, 'home');
  await guest.leave();
});

test('the lobby and its panels', async () => {
  await ada.say('Good evening, everyone');
  await holds_up(ada, 'lobby', in_front(ada, 'Place'));
  await holds_up(ada, 'lobby-chat', in_front(ada, 'Chat'));
  await ada.panel('People');
  await holds_up(ada, 'lobby-people', in_front(ada, 'People'));
  await ada.look_at('Bo Lindqvist');
  await holds_up(ada, 'lobby-person', in_front(ada, 'People'));
  await ada.panel('Messages');
  await holds_up(ada, 'messages-empty', in_front(ada, 'Messages'));
});

test('the event and my own card', async () => {
  await ada.button(/My card and settings/).click();
  await ada.page.getByLabel('Language').waitFor();
  await holds_up(ada, 'my-card');
  await ada.button('Keys').click();
  await ada.page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await holds_up(ada, 'keys');
  await ada.page.keyboard.press('Escape');
  await ada.page.setViewportSize({ width: 360, height: 740 });
  await in_front(ada, 'Place')(360);
  await ada.button('Rooms and messages').click();
  await holds_up(ada, 'rooms');
});

test('tables as a floor plan and as a list, with someone, closed, deep in talk', async () => {
  for (const each of [ada, bo, mo]) await each.enter(ROOM);
  await holds_up(ada, 'tables-empty', in_front(ada, 'Place'));
  await ada.sit('Table 1');
  await bo.sit('Table 2');
  await bo.button('Close the table').click();
  await mo.sit('Table 3');
  await mo.my_table('Table 3').getByRole('button', { name: 'Deep in it' }).click();
  await ada.button('Knock at Table 2').waitFor();
  await ada.page.getByRole('listitem').filter({ has: ada.heading(3, 'Table 3') }).getByText('Deep in it').waitFor();
  await holds_up(ada, 'tables-list', in_front(ada, 'Place'));
  await ada.button('Tables as a floor plan').click();
  await holds_up(ada, 'tables-plan', in_front(ada, 'Place'));
  await ada.button('Knock at Table 2').click();
  await holds_up(ada, 'tables-knock', in_front(ada, 'Place'));
  await ada.button('Knock').click();
  await bo.my_table('Table 2').getByText('Ada Lovelace').first().waitFor();
  await holds_up(bo, 'tables-knocked', in_front(bo, 'Place'));
  await bo.button('Let them in').click();
  await ada.heading(2, 'Table 2').waitFor();
});

test('chat with everything in it', async () => {
  await ada.enter('Plenary');
  await bo.enter('Plenary');
  await mo.enter('Plenary');
  await ada.say('Who has **left a mainframe** behind? See <https://example.org/a/long/path> or `cutover.sh`', 'left a mainframe');
  await bo.hears('left a mainframe');
  await bo.with_message('left a mainframe', 'React with 👍');
  await mo.with_message('left a mainframe', 'Pin');
  await bo.with_message('left a mainframe', 'Answer');
  await bo.say('We have. It took two weekends and much coffee.');
  await ada.say(`A word of two hundred letters: ${'Donaudampfschiff'.repeat(13)}`);
  await ada.say('مرحبا بالجميع، كيف الحال؟');
  await bo.say('🎉🎉🎉');
  await ada.say('Not for long');
  await ada.with_message('Not for long', 'Delete');
  await ada.message('A message from Ada Lovelace was deleted').waitFor();
  await ada.say('x'.repeat(3990));
  await holds_up(bo, 'chat-long', in_front(bo, 'Chat'));
  for (let i = 1; i <= 12; i++) await bo.say(`Thought number ${i}`);
  await ada.read_back_to('We have. It took');
  await ada.with_message('We have. It took', 'Answer');
  await holds_up(ada, 'chat', in_front(ada, 'Chat'));
  await ada.read_back_to('left a mainframe');
  const row = ada.message('left a mainframe').first();
  await row.getByRole('button', { name: /^What to do with/ }).click();
  await holds_up(ada, 'chat-tools', in_front(ada, 'Chat'));
  await ada.page.keyboard.press('Escape');
  await ada.button('Search messages').click();
  await holds_up(ada, 'chat-search', in_front(ada, 'Chat'));
});

test('private messages', async () => {
  const row = await ada.look_at('Bo Lindqvist');
  await row.getByRole('button', { name: 'Write to them' }).click();
  await ada.page.getByLabel('Your first words').fill('May I ask you something?');
  await holds_up(ada, 'private-new', in_front(ada, 'Messages'));
  await ada.button('Send').click();
  await ada.hears('May I ask you something?');
  await holds_up(ada, 'private-asked', in_front(ada, 'Messages'));
  await bo.panel('Messages');
  await holds_up(bo, 'private-list', in_front(bo, 'Messages'));
  await bo.page.getByRole('tabpanel').getByRole('list', { name: 'Messages', exact: true }).getByRole('button').first().click();
  await bo.button('Answer them').waitFor();
  await holds_up(bo, 'private-request', in_front(bo, 'Messages'));
});

test('the desk', async () => {
  await mo.enter(ROOM);
  await ada.enter(ROOM);
  await ada.sit('Table 1');
  await ada.my_table('Table 1').getByRole('button', { name: 'Ask for help' }).click();
  await mo.panel('Desk');
  await mo.page.getByText('Table 1').first().waitFor();
  await mo.desk('Event');
  await mo.page.getByText('Set another table').click();
  await mo.page.getByText('Open a new room').click();
  await holds_up(mo, 'desk', async (width) => {
    if (width < 600) await mo.button(/^Desk/).first().click().catch(() => {});
  });
  const row = await mo.look_at('Ada Lovelace');
  await row.getByRole('button', { name: 'Mute', exact: true }).click();
  await holds_up(mo, 'desk-mute', in_front(mo, 'People'));
});

test('reconnecting, with a message that waits, and back', async () => {
  await ada.enter(ROOM);
  await ada.sit('Table 5');
  line.cut();
  await ada.page.getByText(/Reconnecting\. Keep writing/).waitFor();
  await ada.field.fill('From the tunnel');
  await ada.field.press('Enter');
  await ada.message('From the tunnel').getByText('Waits for the connection').waitFor();
  await holds_up(ada, 'reconnecting', in_front(ada, 'Chat'));
  line.mend();
  await ada.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await ada.is_told('You are back at Table 5.');
  await holds_up(ada, 'back', in_front(ada, 'Place'));
});

test('muted, and removed', async () => {
  const row = await mo.look_at('Bo Lindqvist');
  await row.getByRole('button', { name: 'Mute', exact: true }).click();
  await row.getByLabel('Why').fill('One at a time, please');
  await row.getByRole('button', { name: 'Mute them' }).click();
  await bo.page.getByText(/^You cannot write until/).first().waitFor();
  await holds_up(bo, 'muted', in_front(bo, 'Chat'));
  await row.getByRole('button', { name: 'Ask to leave' }).click();
  await row.getByLabel('Why').fill('Advertising');
  await row.getByRole('button', { name: 'Remove from the event' }).click();
  await bo.heading(1, 'You were asked to leave this event').waitFor();
  await holds_up(bo, 'removed');
});

test('Danish', async () => {
  const guest = await Person.new(browser, { locale: 'da-DK' });
  await guest.page.goto(server.links.member);
  await guest.page.locator('#name').waitFor();
  await holds_up(guest, 'join-danish');
  await guest.page.locator('#name').fill('Søren');
  await guest.page.keyboard.press('Enter');
  await guest.is_in();
  await holds_up(guest, 'lobby-danish');
  await guest.leave();
});
