// People in Debian's Chromium: one window each, with what a person does as methods. Everything is found by the
// role and name that a screen reader is told, so a control without a name fails the test that uses it.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { record } from './recorder.js';

const FLAGS = [
  '--no-sandbox', '--headless=new', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const WAIT_MS = 20_000;

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS,
});

export class Person {
  /** What the page complained of; a test ends with none. @type {string[]} */
  complaints = [];
  /** Every object the server sent over the socket, in order. @type {any[]} */
  heard = [];

  /** A window that nobody has used before. @param {import('playwright-core').Browser} browser @param {any} [options] */
  static async new(browser, options = {}) {
    const person = new Person();
    person.context = await browser.newContext({
      locale: 'en-GB', timezoneId: 'Europe/Copenhagen', viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce', ...options,
    });
    person.context.setDefaultTimeout(WAIT_MS);
    await person.open_tab();
    return person;
  }

  /** Someone who has come in by a link. @param {import('playwright-core').Browser} browser @param {string} link @param {string} name @param {any} [options] */
  static async arrived(browser, link, name, options) {
    const person = await Person.new(browser, options);
    await person.come_in(link, name);
    return person;
  }

  async open_tab() {
    this.page = await this.context.newPage();
    record(this.page);
    this.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => {
      for (const line of String(payload).split('\n')) this.heard.push(JSON.parse(line));
    }));
    this.page.on('pageerror', (error) => this.complaints.push(String(error)));
    this.page.on('console', (line) => {
      const text = line.text();
      // A lost line and a refused request are what some tests are about.
      if (line.type() === 'error' && !/WebSocket connection|Failed to load resource|ERR_/.test(text)) {
        this.complaints.push(text);
      }
    });
    this.page.on('dialog', (dialog) => dialog.accept());
  }

  async come_in(link, name) {
    this.name = name;
    await this.page.goto(link);
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByRole('button', { name: 'Come in' }).click();
    await this.is_in();
  }

  /** Waits until the place is drawn. @param {string} [room] */
  async is_in(room) {
    await this.place.getByRole('heading', { level: 2, ...(room ? { name: room, exact: true } : {}) }).first().waitFor();
  }

  // --- Finding things

  /** @param {number} level @param {string | RegExp} [name] */
  heading(level, name) {
    return this.page.getByRole('heading', name ? { level, name, exact: true } : { level });
  }

  /** @param {string | RegExp} name */
  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  get place() {
    return this.page.locator('#place');
  }

  /** The table one sits at. @param {string} table */
  my_table(table) {
    return this.page.getByRole('region', { name: table, exact: true });
  }

  get messages() {
    return this.page.getByRole('region', { name: 'Messages', exact: true });
  }

  get field() {
    return this.page.getByLabel('Message', { exact: true });
  }

  get notes() {
    return this.page.getByRole('region', { name: 'Notes', exact: true });
  }

  /** @param {string} words */
  message(words) {
    return this.messages.getByRole('listitem').filter({ hasText: words });
  }

  // --- Doing things

  /** @param {string} room */
  async enter(room) {
    await this.button(new RegExp(`^${room}`)).first().click();
    await this.is_in(room);
  }

  /** @param {string} table */
  async sit(table) {
    await this.button(new RegExp(`^Sit at ${table},`)).first().click();
    await this.heading(2, table).waitFor();
  }

  /** @param {string} name */
  async panel(name) {
    await this.page.getByRole('tablist', { name: 'Talk and people' })
      .getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  /** A part of the moderator's desk. @param {string} part */
  async desk(part) {
    await this.panel('Desk');
    await this.page.getByRole('tablist', { name: 'Parts of the desk' })
      .getByRole('tab', { name: new RegExp(`^${part}`) }).click();
  }

  /** Which chat of the place: the table, the room, the announcements. @param {string} name */
  async choose_chat(name) {
    await this.page.getByRole('group', { name: 'Choose a conversation' })
      .getByRole('button', { name: new RegExp(`^${name}`) }).click();
  }

  /** Says something and waits until it stands. @param {string} words @param {string} [shown] where markup changes them */
  async say(words, shown = words) {
    await this.field.fill(words);
    await this.field.press('Enter');
    await this.hears(shown);
    await this.messages.locator('.message-pending').filter({ hasText: shown }).waitFor({ state: 'detached' });
  }

  /** @param {string} words */
  async hears(words) {
    await this.message(words).first().waitFor();
  }

  /** Reads back until a message is drawn. @param {string} words */
  async read_back_to(words) {
    await until(async () => {
      const is_drawn = (await this.message(words).count()) > 0;
      if (!is_drawn) await this.messages.evaluate((list) => list.scrollBy(0, -list.clientHeight / 2));
      return is_drawn;
    }, Boolean, `${words} is reached`);
  }

  /** Opens what can be done with a message and does it. @param {string} words @param {string | RegExp} tool */
  async with_message(words, tool) {
    const row = this.message(words).first();
    await row.hover();
    await row.getByRole('button', { name: /^What to do with the message from/ }).click();
    await row.getByRole('group', { name: 'What to do with this message' }).getByRole('button', { name: tool }).click();
  }

  /** Opens a person under People. @param {string} name */
  async look_at(name) {
    await this.panel('People');
    const row = this.page.getByRole('listitem', { name, exact: true });
    await row.getByRole('button').first().click();
    return row;
  }

  /** Does what asks first, with a reason or without. @param {string} [reason] */
  async goes_on(reason = '') {
    const why = this.page.getByLabel('Why, if you like');
    await why.fill(reason);
    await why.press('Enter');
  }

  /** @param {string | RegExp} words a note on the page */
  async is_told(words) {
    await this.notes.getByText(words).first().waitFor();
  }

  /** What is said about the place holds for the whole page: no script complained. */
  is_content() {
    assert.deepEqual(this.complaints, [], `${this.name} saw errors in the page`);
  }

  async leave() {
    await this.context.close();
  }
}

/** Waits until a value is as wished; for what has no element of its own. @template T @param {() => Promise<T>} look @param {(value: T) => boolean} fits @param {string} what */
export async function until(look, fits, what) {
  const ends_at = Date.now() + WAIT_MS;
  let value = await look();
  while (!fits(value)) {
    if (Date.now() > ends_at) throw new Error(`${what}; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    value = await look();
  }
  return value;
}
