// What reading back in a long talk is like: one stays where one is, whatever comes in above and
// below. Run by pages.js.

import assert from 'node:assert/strict';
import { long_talk, message, posted, STREAM } from './long_talk.js';

/** @typedef {import('./round_acts.js').Act} Act */
/** @typedef {import('playwright-core').Page} Page */

const COUNT = 3_000;
const HALF_A_PIXEL = 0.5;

/**
 * Waits until a look at the page fits.
 * @template T
 * @param {() => Promise<T>} look
 * @param {(value: T) => boolean} fits
 */
async function until(look, fits) {
  const ends_at = Date.now() + 5_000;
  for (;;) {
    const value = await look();
    if (fits(value)) return value;
    if (Date.now() > ends_at) assert.fail(`last seen: ${JSON.stringify(value)}`);
    await new Promise((turn) => setImmediate(turn));
  }
}

/** Where the list stands, once two frames in a row agree. @param {Page} page */
const where = (page) =>
  page.evaluate(async () => {
    const list = /** @type {HTMLElement} */ (document.querySelector('.messages'));
    const look = () => {
      const { top, bottom } = list.getBoundingClientRect();
      const rows = [...list.querySelectorAll('[id^="m-"]')].map((row) => {
        const box = row.getBoundingClientRect();
        return { offset: Number(row.id.slice(2)), y: box.top - top, end: box.bottom - bottom };
      });
      const seen = rows.filter(({ y, end }) => y >= 0 && end <= 0);
      const { scrollTop, scrollHeight, clientHeight } = list;
      const below = scrollHeight - scrollTop - clientHeight;
      return { drawn: rows.length, first: seen[0], last: rows.at(-1)?.offset ?? 0, below };
    };
    let before = '';
    for (;;) {
      await new Promise((frame) => requestAnimationFrame(frame));
      const now = look();
      if (before === JSON.stringify(now)) return now;
      before = JSON.stringify(now);
    }
  });

/** @param {Page} page @param {number} px */
async function wheel(page, px) {
  await page.locator('.messages').hover();
  await page.mouse.wheel(0, px);
}

/**
 * How far below the upper edge a message begins, null while it is not drawn.
 * @param {Page} page
 * @param {number} offset
 */
const y_of = (page, offset) =>
  page.evaluate((id) => {
    const list = document.querySelector('.messages')?.getBoundingClientRect();
    const row = document.getElementById(id)?.getBoundingClientRect();
    return row && list ? row.top - list.top : null;
  }, `m-${offset}`);

/** Reads back a little and gives what is first in view. @param {Page} page @param {number} [px] */
async function read_back(page, px = 1_500) {
  await page.locator(`#m-${COUNT}`).waitFor();
  await wheel(page, -px);
  await page.getByRole('button', { name: 'To the latest' }).waitFor();
  const { first } = await where(page);
  assert.ok(first && first.offset < COUNT - 5);
  return first;
}

const talk = () => long_talk(COUNT);

/** @type {Record<string, Act>} */
export const HISTORY_ACTS = {
  'a long talk is drawn only near the view, and all of it can be reached': {
    scene: talk,
    async act(page) {
      await page.locator(`#m-${COUNT}`).waitFor();
      for (let at = COUNT; at > COUNT - 400; ) {
        await wheel(page, -4_000);
        const { drawn, first } = await until(
          () => where(page),
          (seen) => seen.first !== undefined && seen.first.offset < at,
        );
        assert.ok(drawn < 120, `${drawn} drawn`);
        at = first?.offset ?? 0;
      }
    },
  },
  'older messages come in above without moving what one reads': {
    scene: talk,
    async act(page, _fake, heard) {
      await page.locator(`#m-${COUNT}`).waitFor();
      const asked = () => heard.filter(({ cmd }) => cmd === 'message.history').length;
      const before = asked();
      const first = await read_back(page, 3_500);
      await until(async () => asked(), (count) => count > before);
      const posset = page.locator(`#m-${first.offset}`);
      await until(
        async () => Number(await posset.getAttribute('aria-posinset')),
        (nth) => nth > 50,
      );
      const y = await y_of(page, first.offset);
      assert.ok(Math.abs((y ?? NaN) - first.y) <= HALF_A_PIXEL, `${first.y}, then ${y}`);
    },
  },
  'what is said while one reads back moves nothing, and is a button away': {
    scene: talk,
    async act(page, fake) {
      const first = await read_back(page);
      for (let said = 1; said <= 40; said++) fake.push(posted(COUNT + said, Date.now()));
      const button = page.getByRole('button', { name: /^To the latest.*40/s });
      await button.waitFor();
      const y = await y_of(page, first.offset);
      assert.ok(Math.abs((y ?? NaN) - first.y) <= HALF_A_PIXEL, `${first.y}, then ${y}`);
      await button.click();
      await page.locator(`#m-${COUNT + 40}`).waitFor();
      assert.ok((await where(page)).below <= 1);
      assert.equal(await page.getByRole('button', { name: 'To the latest' }).count(), 0);
      fake.push(posted(COUNT + 41, Date.now()));
      await page.locator(`#m-${COUNT + 41}`).waitFor();
      assert.ok((await where(page)).below <= 1);
    },
  },
  'more is said than is held while one reads back, and reading on one meets it': {
    scene: () => {
      const made = talk();
      const told = made.replies['message.history'];
      // What is said later is history too, once it was said.
      made.said = COUNT;
      made.replies['message.history'] = (/** @type {any} */ { before, limit }) => {
        if (before <= COUNT + 1) return told({ before, limit });
        const top = Math.min(before - 1, made.said);
        const from = Math.max(1, top + 1 - limit);
        const messages = Array.from({ length: top - from + 1 }, (_, i) =>
          message(from + i, Date.now()),
        );
        return { messages, more: true };
      };
      return made;
    },
    async act(page, fake) {
      const first = await read_back(page);
      const all = Array.from({ length: 2_000 }, (_, i) => posted(COUNT + 1 + i, Date.now()));
      fake.scene.said = COUNT + 2_000;
      fake.push(...all);
      await page.locator('.to-latest .button', { hasText: '99+' }).waitFor();
      assert.equal((await where(page)).first?.offset, first.offset);
      for (let last = 0; last < COUNT + 2_000; last = (await where(page)).last)
        await wheel(page, 20_000);
      assert.equal(await page.getByRole('button', { name: 'To the latest' }).count(), 0);
    },
  },
  'what one says oneself while reading back is said at the end, and shown there': {
    scene: () => ({ ...talk(), top: COUNT + 1_500 }),
    async act(page, fake) {
      await read_back(page);
      fake.push(...Array.from({ length: 1_500 }, (_, i) => posted(COUNT + 1 + i, Date.now())));
      await page.locator('.to-latest .button', { hasText: '99+' }).waitFor();
      await page.fill('#composer', 'Here I am');
      await page.keyboard.press('Enter');
      const mine = page.locator(`#m-${COUNT + 1_501}`, { hasText: 'Here I am' });
      await mine.waitFor();
      assert.ok((await where(page)).below <= 1);
      assert.equal(await page.locator('.message-pending').count(), 0);
    },
  },
  'where a row with the focus is let go of, the list has it': {
    scene: talk,
    async act(page, fake) {
      await page.locator(`#m-${COUNT} .message-more`).focus();
      const all = Array.from({ length: 1_200 }, (_, i) => posted(COUNT + 1 + i, Date.now()));
      fake.push(...all);
      await page.locator(`#m-${COUNT + 1_200}`).waitFor();
      const focused = () => page.evaluate(() => document.activeElement?.className);
      assert.equal(await focused(), 'messages');
    },
  },
  'a row above that grows does not push down what one reads': {
    scene: talk,
    async act(page, fake) {
      const first = await read_back(page);
      const above = first.offset - 4;
      const body = `Much longer than before. ${'And more. '.repeat(120)}`;
      const push = { push: 'message.edited', stream: STREAM, offset: COUNT + 1, by: 'p_anna' };
      fake.push({ ...push, at: Date.now(), data: { of: above, body } });
      await page.locator(`#m-${above}`, { hasText: 'Much longer than before' }).waitFor();
      const y = await until(
        () => y_of(page, first.offset),
        (now) => now !== null,
      );
      assert.ok(Math.abs((y ?? NaN) - first.y) <= HALF_A_PIXEL, `${first.y}, then ${y}`);
    },
  },
  'a busy talk lets go of whoever scrolls up': {
    scene: talk,
    async act(page, fake) {
      await page.locator(`#m-${COUNT}`).waitFor();
      let said = COUNT;
      const timer = setInterval(() => fake.push(posted(++said, Date.now())), 10);
      try {
        for (let notch = 0; notch < 4; notch++) await wheel(page, -100);
        await page.getByRole('button', { name: /^To the latest/ }).waitFor();
        const { first } = await where(page);
        const until_said = said + 20;
        await until(async () => said, (now) => now > until_said);
        assert.equal((await where(page)).first?.offset, first?.offset);
      } finally {
        clearInterval(timer);
      }
    },
  },
  'what has the focus stays in the page when one scrolls away from it': {
    scene: talk,
    async act(page) {
      await page.locator(`#m-${COUNT - 1} .message-more`).focus();
      await wheel(page, -6_000);
      await until(
        () => where(page),
        ({ first }) => first !== undefined && first.offset < COUNT - 30,
      );
      const focused = () => page.evaluate(() => document.activeElement?.closest('li')?.id);
      assert.equal(await focused(), `m-${COUNT - 1}`);
      assert.equal(await page.locator(`#m-${COUNT - 10}`).count(), 0);
      await page.keyboard.press('Enter');
      await page.locator(`#m-${COUNT - 1} .message-tools`).waitFor();
    },
  },
  'by keyboard alone one comes from message to message, further back than was drawn': {
    scene: talk,
    async act(page) {
      await page.locator(`#m-${COUNT} .message-more`).focus();
      const at = () =>
        page.evaluate(() => Number(document.activeElement?.closest('[id^="m-"]')?.id.slice(2)));
      const start = await page.evaluate(() => document.querySelectorAll('[id^="m-"]').length);
      const passed = new Set();
      for (let press = 0; press < 4 * start; press++) {
        passed.add(await at());
        await page.keyboard.press('Shift+Tab');
        await page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)));
      }
      const lowest = Math.min(...passed);
      assert.ok(lowest < COUNT - start, `${lowest} of ${start} drawn`);
      // None is passed over but stones, which have nothing to press.
      for (let offset = lowest; offset <= COUNT; offset++)
        assert.ok(passed.has(offset) || offset % 97 === 0, `${offset} was passed over`);
    },
  },
  'a match far back is shown where it was said, with the focus': {
    scene: () => {
      const made = talk();
      made.matches = [{ stream: STREAM, message: message(1_234, Date.now()) }];
      return made;
    },
    async act(page, _fake, heard) {
      await page.locator(`#m-${COUNT}`).waitFor();
      await page.getByRole('button', { name: 'Search messages' }).click();
      await page.fill('#query', 'washers');
      await page.keyboard.press('Enter');
      const before = heard.length;
      await page.getByRole('button', { name: 'Show where it was said' }).click();
      await until(
        () => page.evaluate(() => document.activeElement?.id),
        (id) => id === 'm-1234',
      );
      const { first } = await where(page);
      const y = await y_of(page, 1_234);
      assert.ok(y !== null && y > 0 && y < 500 && first !== undefined && first.offset <= 1_234);
      assert.equal(heard.slice(before).filter(({ cmd }) => cmd === 'message.history').length < 4, true);
      await page.getByRole('button', { name: 'To the latest' }).click();
      await page.locator(`#m-${COUNT}`).waitFor();
    },
  },
  'what is answered is shown though it was said long ago': {
    scene: () => {
      const made = talk();
      made.pushes[0].data.messages.at(-1).reply_to = 11;
      return made;
    },
    async act(page) {
      const quoted = page.locator(`#m-${COUNT} .quoted`);
      await quoted.getByText(/washers|trays|water|nobody|thought/).waitFor();
    },
  },
  'the browser’s own search finds all that is held, until one turns back to the page': {
    scene: talk,
    async act(page) {
      const rows = () => page.locator('.messages [id^="m-"]').count();
      await page.locator(`#m-${COUNT}`).waitFor();
      const few = await rows();
      await page.locator('.messages').focus();
      await page.keyboard.press('Control+f');
      await page.locator(`#m-${COUNT - 49}`).waitFor({ state: 'attached' });
      assert.equal(await rows(), 50);
      await page.locator('.messages').click();
      await until(rows, (count) => count <= few);
    },
  },
  'who comes in while their name is being typed is offered': {
    scene: talk,
    async act(page, fake) {
      await page.locator('#composer').pressSequentially('@Lat');
      const late = { id: 'p_late', name: 'Late Larsen', role: 'member', state: 'online' };
      const data = { joined: [late], left: [], changed: [], count: 11 };
      fake.push({ push: 'presence', stream: STREAM, data });
      await page.getByRole('option', { name: /Late Larsen/ }).waitFor();
    },
  },
};
