// The states of the console of whoever leads rounds, for the gallery of pages.js.

import { SEATS, round, round_scene } from './round_scenes.js';
import { room_push } from './round_states.js';
import { ALL_CAPABILITIES } from './scenes.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./round_states.js').Look} Look */

const MINUTE = 60_000;
const now = Date.now();
const LEADS = { capabilities: ALL_CAPABILITIES };

const PREVIEW = {
  plan: 'pl_2',
  rounds: [
    [
      ['tb_1', ['p_anna', 'p_yuki', 'p_omar', 'p_emil']],
      ['tb_2', ['p_jonas', 'p_amina', 'p_lars']],
      [null, ['p_sofia', 'p_x1', 'p_x2']],
    ],
  ],
  quality: {
    people: 31,
    tables: 8,
    sizes: [4, 4, 4, 4, 4, 4, 4, 3],
    rounds: 3,
    pairs_repeated: 2,
    people_met_min: 8,
    people_met_mean: 8.6,
    same_org: 1,
    met_before: 0,
    conflicts: 0,
    asks_met: 14,
    by_round: [
      { pairs: 31, repeated: 0, same_org: 0, met_before: 0 },
      { pairs: 31, repeated: 0, same_org: 0, met_before: 0 },
      { pairs: 31, repeated: 2, same_org: 1, met_before: 0 },
    ],
    bound_repeated: 2,
    bound_same_org: 0,
    impossible: { reason: 'repeats', size: 3 },
  },
};
const REPLIES = { 'round.preview': PREVIEW, 'round.plan': { rounds: PREVIEW.rounds } };

/** Two at one table, one of them away: whoever is left there is alone. @type {[string, string[]][]} */
const SOME_ALONE = [
  ['tb_1', ['p_anna', 'p_me', 'p_jonas', 'p_yuki']],
  ['tb_2', ['p_amina', 'p_lars', 'p_omar']],
  ['tb_3', ['p_sofia', 'p_emil']],
];

/** @param {Page} page */
export async function open_console(page) {
  const button = page.locator('.place-head .not-phone');
  if (await button.isVisible()) await button.click();
  else await page.locator('.bottom-button').last().click();
  await page.waitForSelector('.lead');
}

/** @param {any} told @param {[string, string[]][]} [seats] @param {any} [more] */
export const leading = (told, seats = [], more = {}) =>
  round_scene({ round: told, seats, how: LEADS, replies: REPLIES, ...more });

/** @type {Record<string, Look>} */
export const CONSOLE_STATES = {
  'console, planning': {
    scene: leading(null),
    shows: '.plan-preview .quality li',
    act: async (page) => {
      await open_console(page);
      await page.click('.plan-preview summary');
    },
  },
  'console, planning with hosts and groups': {
    scene: leading(null),
    shows: '.plan-groups .offered',
    act: async (page) => {
      await open_console(page);
      await page.click('.plan > .more > summary');
      await page.fill('#plan-host', 'Ida');
      await page.keyboard.press('Enter');
      await page.locator('.plan-groups .link').first().click();
      await page.fill('#together-0', 'a');
    },
  },
  'console, a plan refused': {
    scene: { ...leading(null), replies: {}, refuse: { 'round.preview': 'conflict' } },
    shows: '.plan-refused',
    act: open_console,
  },
  'console, announced': {
    scene: leading(
      round({ phase: 'announced', chair: 'p_me', starts_at: now + 20 * MINUTE, tables: [] }),
    ),
    shows: '.sheet',
    act: open_console,
  },
  'console, running': {
    scene: (() => {
      const made = leading(round({ chair: 'p_me' }), SOME_ALONE, {
        state: {
          broadcast: { offset: 19, at: now, by: 'p_me', body: 'Coffee is ready.' },
        },
      });
      const desk = made.pushes.find((/** @type {any} */ each) => each.stream === 'desk:ev_1');
      desk.data.state.time_asked = [{ table: 'tb_2', yes: 2, of: 3 }];
      return made;
    })(),
    shows: '.live-table.is-alone',
    act: async (page, fake) => {
      await open_console(page);
      const seen = { room: 'rm_tables', of: 19, tables: 2, tables_of: 3 };
      fake.push({ push: 'broadcast.seen', stream: 'desk:ev_1', data: seen });
      await page.waitForSelector('.live-people');
    },
  },
  'console, moving somebody': {
    scene: {
      ...leading(round({ chair: 'p_me' }), SOME_ALONE),
      replies: { 'seat.move': { offset: 30, at: now, move: 7 } },
    },
    shows: '.live-tables ~ *, .live-table .move-form',
    act: async (page) => {
      await open_console(page);
      await page.click('#sitter-p_yuki');
      await page.waitForSelector('#move-to:focus');
      await page.keyboard.press('Enter');
      await page.locator('.move-form button').first().click();
      await page.waitForSelector('.lead [role=status] .notice');
      await page.click('#sitter-p_lars');
    },
  },
  'console, between rounds': {
    scene: leading(round({ chair: 'p_ida' }), SEATS),
    shows: '.debrief .seating dt',
    act: async (page, fake) => {
      await open_console(page);
      fake.push(
        room_push(
          'round.started',
          { plan: 'pl_1', number: 2, of: 3, ends_at: now + MINUTE, seats: SEATS, repeats: 0 },
          { offset: 21 },
        ),
      );
      fake.push(room_push('round.ended', { number: 2 }, { offset: 22 }));
      await page.waitForSelector('.debrief');
      await page.click('.debrief summary');
    },
  },
  'console, a member with the chair': {
    scene: round_scene({ round: round({ chair: 'p_me' }), seats: SEATS, replies: REPLIES }),
    shows: '.live-tables',
    act: open_console,
  },
};
