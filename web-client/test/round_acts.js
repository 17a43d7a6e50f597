// What people do in a round, and what must not happen to them, each in a page of its own: run by
// pages.js against the stand-in server.

import assert from 'node:assert/strict';
import { leading, open_console } from './console_states.js';
import { SEATS, round, round_scene } from './round_scenes.js';
import { room_push } from './round_states.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof import('./fake_server.js').start_fake>>} Fake */
/** @typedef {{scene: () => any, act: (page: Page, fake: Fake, heard: any[]) => Promise<void>}} Act */

const HOUR = 3_600_000;
const WITHIN_MS = 250;
// A machine that stands still for a moment shows one late; a clock that is wrong shows them all so.
const CHANGES = 7;

/** Waits until the page has sent a command. @param {any[]} heard @param {string} cmd */
async function sent(heard, cmd) {
  for (;;) {
    const found = heard.find((frame) => frame.cmd === cmd);
    if (found) return found;
    await new Promise((done) => setTimeout(done, 20));
  }
}

/**
 * The moments at which the countdown of the page changes its words, by this machine's clock.
 * @param {Page} page @param {number} count
 * @returns {Promise<{words: string, at: number}[]>}
 */
const countdown_changes = (page, count) =>
  page.evaluate(
    (wanted) =>
      new Promise((done) => {
        const clock = document.querySelector('.round-line .countdown');
        /** @type {{words: string, at: number}[]} */
        const seen = [];
        const watch = new MutationObserver(() => {
          seen.push({ words: clock?.textContent?.trim() ?? '', at: Date.now() });
          if (seen.length === wanted) done(seen);
        });
        if (clock) watch.observe(clock, { characterData: true, childList: true, subtree: true });
      }),
    count,
  );

/** @type {Record<string, Act>} */
export const ROUND_ACTS = {
  'the countdown is right though this clock is an hour behind the server': {
    scene: () => ({
      ...round_scene({ round: round({ ends_at: Date.now() + HOUR + 50_000 }) }),
      clock_ahead_ms: HOUR,
    }),
    async act(page, fake) {
      await page.waitForSelector('.round-line .countdown');
      const { ends_at } = fake.scene.pushes[0].data.state.room.round;
      const changes = await countdown_changes(page, CHANGES);
      const off_ms = changes.map(({ words, at }) => {
        const [, minutes, seconds] = /^(\d+):(\d\d)$/.exec(words) ?? [];
        // The second that is shown has just begun to be the last whole one that is left.
        const left_ms = (Number(minutes) * 60 + Number(seconds)) * 1000;
        return at + HOUR - (ends_at - left_ms);
      });
      const median = off_ms.toSorted((a, b) => a - b)[CHANGES >> 1];
      assert.ok(Math.abs(median) <= WITHIN_MS, `changes came ${off_ms} ms off`);
    },
  },

  'a start moves nobody from what they are doing': {
    scene: () =>
      round_scene({
        round: round({ phase: 'announced', starts_at: Date.now() + HOUR }),
        seats: [],
      }),
    async act(page, fake) {
      await page.waitForSelector('.round-line');
      await page.click('#composer');
      await page.keyboard.type('Half a sen');
      fake.push(
        room_push(
          'round.started',
          { plan: 'pl_1', number: 2, of: 3, ends_at: Date.now() + HOUR, seats: SEATS, repeats: 0 },
          { offset: 21 },
        ),
      );
      await page.waitForSelector('.my-round');
      await page.keyboard.type('tence');
      assert.equal(await page.inputValue('#composer'), 'Half a sentence');
    },
  },

  'a warning is said once, to the eye and to the ear': {
    scene: () => round_scene({ round: round({ ends_at: Date.now() + 59_000 }) }),
    async act(page, fake) {
      await page.waitForSelector('.round-line');
      await page.evaluate(() => {
        const region = document.querySelector('.shell > [role=status][aria-live]');
        const said = /** @type {any} */ (window);
        said.heard = [];
        if (region)
          new MutationObserver(() => said.heard.push(region.textContent)).observe(region, {
            characterData: true,
            childList: true,
            subtree: true,
          });
      });
      fake.push(room_push('round.warned', { left_s: 60 }, { offset: 21 }));
      await page.waitForSelector('.round-said');
      const heard = await page.evaluate(() => /** @type {any} */ (window).heard);
      assert.deepEqual(heard, ['One minute left. Time for last words.']);
    },
  },

  'words to all tables are acknowledged once they were in view': {
    scene: () => round_scene({ round: round() }),
    async act(page, fake, heard) {
      await page.waitForSelector('.round-line');
      fake.push(room_push('broadcast.posted', { body: 'Tea is ready' }, { offset: 21 }));
      await page.waitForSelector('.announcement');
      const { d } = await sent(heard, 'broadcast.seen');
      assert.deepEqual(d, { room: 'rm_tables', offset: 21 });
      await page.click('.announcement .icon-button');
      assert.equal(await page.locator('.announcement').count(), 0);
    },
  },

  'somebody is moved with the keyboard alone, and the focus comes back': {
    scene: () => ({
      ...leading(round({ chair: 'p_me' }), SEATS),
      replies: { 'seat.move': { offset: 30, at: Date.now(), move: 7 } },
    }),
    async act(page, _fake, heard) {
      await open_console(page);
      await page.focus('#sitter-p_yuki');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#move-to:focus');
      await page.keyboard.press('Escape');
      await page.waitForSelector('#sitter-p_yuki:focus');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#move-to:focus');
      await page.selectOption('#move-to', 'tb_2');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.deepEqual((await sent(heard, 'seat.move')).d, { person: 'p_yuki', table: 'tb_2' });
      await page.waitForSelector('#sitter-p_yuki:focus');
      await page.getByRole('button', { name: 'Undo' }).click();
      assert.deepEqual((await sent(heard, 'seat.undo')).d, { move: 7 });
    },
  },

  'somebody is moved by dragging': {
    scene: () => ({
      ...leading(round({ chair: 'p_me' }), SEATS),
      replies: { 'seat.move': { offset: 30, at: Date.now(), move: 7 } },
    }),
    async act(page, _fake, heard) {
      await open_console(page);
      const to = page.locator('.live-table', { hasText: 'Table 2' });
      await to.scrollIntoViewIfNeeded();
      await page.locator('#sitter-p_yuki').dragTo(to.locator('.live-head'));
      assert.deepEqual((await sent(heard, 'seat.move')).d, { person: 'p_yuki', table: 'tb_2' });
    },
  },

  'dragging the size asks once, and announcing names the plan that was seen': {
    scene: () => leading(null),
    async act(page, _fake, heard) {
      await open_console(page);
      await page.waitForSelector('.plan-preview');
      const before = heard.filter(({ cmd }) => cmd === 'round.preview').length;
      await page.focus('#plan-size');
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => !document.querySelector('.plan-preview.is-old'));
      const asked = heard.filter(({ cmd }) => cmd === 'round.preview').slice(before);
      assert.equal(asked.at(-1).d.options.size, 7);
      assert.ok(asked.length < 3, `${asked.length} questions for one drag`);
      await page.getByRole('button', { name: 'Announce the first round' }).click();
      const { d } = await sent(heard, 'round.announce');
      assert.deepEqual([d.room, d.plan, d.options], ['rm_tables', 'pl_2', undefined]);
    },
  },

  'sitting out is one press, and so is coming back': {
    scene: () =>
      round_scene({
        round: round({ phase: 'announced', starts_at: Date.now() + HOUR }),
        seats: [],
      }),
    async act(page, fake, heard) {
      await page.getByRole('button', { name: 'Sit this one out' }).click();
      assert.deepEqual((await sent(heard, 'round.sit_out')).d, { room: 'rm_tables', on: true });
      fake.push(room_push('round.sat_out', { person: 'p_me', on: true }, { offset: 21 }));
      await page.getByRole('button', { name: 'Join the next round' }).waitFor();
    },
  },

  'while a round runs no other table offers a chair': {
    scene: () => round_scene({ round: round() }),
    async act(page) {
      await page.waitForSelector('.my-round');
      await page.click('.other-tables summary');
      await page.waitForSelector('.table-item');
      const buttons = await page.locator('.table-buttons button').allInnerTexts();
      assert.deepEqual(
        buttons.map((words) => words.trim()),
        ['Stand up', 'Join the sofa'],
      );
    },
  },
};
