// The states of a round that everyone in it meets, for the gallery of pages.js.

import { SEATS, round, round_scene } from './round_scenes.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof import('./fake_server.js').start_fake>>} Fake */
/**
 * @typedef {{scene: any, path?: string, first?: string, shows: string, whole?: boolean,
 *   act?: (page: Page, fake: Fake) => any}} Look `first`: what is there before the act; `whole`: the
 *   picture shows all that can be scrolled to
 */

const now = Date.now();
const MINUTE = 60_000;
const UNSEATED = /** @type {[string, string[]][]} */ ([]);
const ON_SOFA = /** @type {[string, string[]][]} */ ([
  ['tb_1', ['p_anna', 'p_jonas', 'p_yuki']],
  SEATS[1],
  SEATS[2],
  ['tb_sofa', ['p_me']],
]);

let offset = 20;
/** @param {string} name @param {any} data @param {any} [more] */
export const room_push = (name, data, more = {}) => ({
  push: name,
  stream: 'room:rm_tables',
  offset: ++offset,
  at: Date.now(),
  by: 'p_ida',
  data,
  ...more,
});

/** @param {Page} page */
const to_chat = async (page) => {
  const tab = page.locator('#tab-chat');
  if (await tab.isVisible()) await tab.click();
  else await page.locator('.bottom-button').nth(1).click();
};

/** @type {Record<string, Look>} */
export const ROUND_STATES = {
  'round announced': {
    scene: round_scene({
      round: round({ phase: 'announced', starts_at: now + 10 * MINUTE, ends_at: 0, tables: [] }),
      seats: UNSEATED,
    }),
    shows: '.round-line .countdown',
  },
  'round seated': { scene: round_scene({ round: round() }), shows: '.opener-words' },
  'round seated, own question, someone joins': {
    scene: round_scene({
      round: round({ opener: { text: 'What did you stop doing this year, and was it missed?' } }),
      seats: [['tb_1', ['p_me', 'p_yuki']], SEATS[1], SEATS[2]],
    }),
    shows: '.newcomer',
    act: (_page, fake) => {
      offset = 20;
      fake.push(room_push('seat.taken', { person: 'p_anna', table: 'tb_1', late: true }));
    },
  },
  'round, the last minute': {
    scene: round_scene({
      round: round({ ends_at: Date.now() + 10 * MINUTE }),
      talk: { time_asked: { yes: 2, of: 4 } },
    }),
    shows: '.round-said',
    act: async (page, fake) => {
      await page.waitForSelector('.round-line');
      offset = 20;
      fake.push(room_push('round.extended', { ends_at: Date.now() + 58_000 }));
      fake.push(room_push('round.warned', { left_s: 60 }));
    },
  },
  'round wrapping up': {
    scene: round_scene({ round: round({ phase: 'wrapping', ends_at: now + 40 * MINUTE }) }),
    shows: '.round-line.is-wrapping',
    act: (_page, fake) => {
      offset = 20;
      fake.push(room_push('round.wrapping', { ends_at: Date.now() + 24_000 }));
    },
  },
  'round paused': {
    scene: round_scene({ round: round({ paused_at: now }) }),
    shows: '.round-what',
  },
  'round, on the sofa': {
    scene: round_scene({
      round: round(),
      seats: ON_SOFA,
      state: { sitting_out: ['p_me'], joining_in: [] },
    }),
    shows: '.round-choice',
  },
  'round over, the next to come': {
    scene: round_scene({ round: round(), seats: SEATS }),
    shows: '.plenary',
    act: (_page, fake) => {
      offset = 20;
      fake.push(
        room_push('round.started', {
          plan: 'pl_1',
          number: 2,
          of: 3,
          ends_at: Date.now() + MINUTE,
          seats: SEATS,
          repeats: 0,
        }),
      );
      fake.push(room_push('round.ended', { number: 2 }));
    },
  },
  'round, the last one over': {
    scene: round_scene({
      round: round({ phase: 'plenary', number: 3, tables: [] }),
      seats: UNSEATED,
    }),
    shows: '.plenary',
  },
  'round, two left': {
    scene: round_scene({
      round: round(),
      seats: [['tb_1', ['p_me', 'p_yuki']], SEATS[1], SEATS[2]],
      talk: { shrunk: { left: 2, into: 'tb_3', yes: 1, of: 2 } },
    }),
    shows: '.round-head .notice-ask',
  },
  'round, left alone': {
    scene: round_scene({
      round: round(),
      seats: [['tb_1', ['p_me']], SEATS[1], SEATS[2]],
      talk: { shrunk: { left: 1, into: 'tb_3', at: now + 8 * MINUTE, yes: 0, of: 1 } },
    }),
    shows: '.round-head .notice-ask',
  },
  'round, words to all tables, in the chat': {
    scene: round_scene({
      round: round(),
      state: {
        broadcast: {
          offset: 19,
          at: now + 10 * MINUTE,
          by: 'p_ida',
          body: 'Coffee is ready in the hall. Take your cup back to your table.',
        },
      },
    }),
    shows: '.announcement',
    act: to_chat,
  },
  'round, the chair is free': {
    scene: round_scene({ round: round({ chair_offered: ['p_me'], chair: 'p_ida' }) }),
    shows: '.round-head .notice-ask',
  },
};
