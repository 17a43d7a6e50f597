// Everything by keyboard alone: from the link to a chair, a message, a private word, and out again. No click in this file.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Person, launch, until } from './support/people.js';
import { Server } from './support/server.js';

const TABS_MAX = 60;
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

/** What has the focus, as a screen reader would name it. @param {Person} person */
const focused = (person) => person.page.evaluate(() => {
  const each = document.activeElement;
  if (!each || each === document.body) return '';
  const label = each.id && document.querySelector(`label[for="${each.id}"]`);
  return (each.getAttribute('aria-label') ?? (label || each).textContent ?? '').replace(/\s+/g, ' ').trim();
});

/** Presses a key until the focus is on what is wanted. @param {Person} person @param {RegExp} wanted @param {string} [key] */
async function go_to(person, wanted, key = 'Tab') {
  const passed = [];
  for (let i = 0; i < TABS_MAX; i++) {
    const now = await focused(person);
    if (wanted.test(now)) return;
    passed.push(now);
    await person.page.keyboard.press(key);
  }
  assert.fail(`${wanted} was not reached by ${key}; passed ${passed.slice(-20).join(' · ')}`);
}

/** @param {Person} person @param {RegExp} wanted @param {string} [key] */
async function press(person, wanted, key) {
  await go_to(person, wanted, key);
  await person.page.keyboard.press('Enter');
}

test('a whole visit without a mouse', async () => {
  const bo = await Person.arrived(browser, server.links.member, 'Bo');
  const ada = await Person.new(browser);
  const { keyboard } = ada.page;
  await ada.page.goto(server.links.member);
  await until(() => focused(ada), (name) => name === 'Your name', 'the name field has the focus');
  await keyboard.type('Ada');
  await keyboard.press('Enter');
  await ada.is_in('Lobby');

  await keyboard.press('/');
  await until(() => focused(ada), (name) => name === 'Message', 'the message field has the focus');
  await keyboard.type('Hello from the keyboard');
  await keyboard.press('Enter');
  await bo.hears('Hello from the keyboard');
  await keyboard.press('Escape');

  for (const room of ['Plenary', 'Networking tables']) {
    await keyboard.press('Alt+ArrowDown');
    await ada.is_in(room);
  }
  await ada.is_in('Networking tables');

  await go_to(ada, /^Sit at Table 1,/);
  await press(ada, /^Sit at Table 3,/, 'ArrowDown');
  await ada.heading(2, 'Table 3').waitFor();

  await press(ada, /^Close the table/);
  await ada.my_table('Table 3').getByRole('button', { name: 'Open the table' }).waitFor();
  await press(ada, /^Stand up/, 'Shift+Tab');
  await ada.page.getByText('You are on').waitFor();

  await bo.enter('Networking tables');
  await go_to(ada, /^Chat/);
  await press(ada, /^People/, 'ArrowRight');
  await ada.page.getByRole('listitem', { name: 'Bo', exact: true }).waitFor();
  // Rows begin with the person's initial; one's own is the last.
  await go_to(ada, /^(A ?Ada ?You|B ?Bo)/);
  await go_to(ada, /^B ?Bo/, 'ArrowUp');
  await keyboard.press('Enter');
  await press(ada, /^Write to them/);
  await until(() => focused(ada), (name) => name === 'Your first words', 'the letter has the focus');
  await keyboard.type('A word in private');
  await press(ada, /^Send/);
  await ada.hears('A word in private');
  await keyboard.press('Escape');

  await keyboard.press('?');
  await ada.page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await keyboard.press('Escape');
  await ada.page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });

  await press(ada, /My card and settings/);
  await press(ada, /^Leave the event/);
  await ada.heading(1, 'See you soon').waitFor();
  ada.is_content();
  await ada.leave();
  await bo.leave();
});

test('the message tools open, act and give the focus back by keyboard', async () => {
  const ada = await Person.arrived(browser, server.links.member, 'Ada');
  const { keyboard } = ada.page;
  await ada.say('A thought');
  await press(ada, /^What to do with the message from Ada/, 'Shift+Tab');
  await press(ada, /^React with 👍/);
  await ada.message('A thought').getByRole('button', { name: /^👍\s*1\s*from Ada$/ }).waitFor();
  assert.match(await focused(ada), /^What to do with the message from Ada/);
  await ada.page.keyboard.press('Enter');
  await press(ada, /^Change$/);
  await until(() => focused(ada), (name) => name === 'Message', 'the field to change it in');
  await until(() => ada.field.inputValue(), (text) => text === 'A thought', 'the words to change');
  await keyboard.press('End');
  await keyboard.type(', changed');
  await keyboard.press('Enter');
  await ada.message('A thought, changed').getByText('changed', { exact: true }).waitFor();
  await ada.leave();
});
