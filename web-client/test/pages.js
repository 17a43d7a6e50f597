// Every state a person meets, in light and dark, on a phone and a desktop: no axe violation, nothing
// wider than the screen, nothing refused by the page's own security policy. Against the stand-in
// server, so that rare states are as easy to see as common ones. PAGES_SHOTS=folder keeps pictures.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { ACCOUNT_ACTS } from './account_acts.js';
import { ACCOUNT_STATES } from './account_states.js';
import { start_fake } from './fake_server.js';
import { CHAT_ACTS } from './chat_acts.js';
import { CONSOLE_STATES } from './console_states.js';
import { DESK_ACTS } from './desk_acts.js';
import { DESK_STATES } from './desk_scenes.js';
import { HISTORY_ACTS } from './history_acts.js';
import { long_talk } from './long_talk.js';
import { MEMBER_ACTS } from './member_acts.js';
import { ROUND_ACTS } from './round_acts.js';
import { ROUND_STATES } from './round_states.js';
import { ORGANISE_STATES } from './organise_states.js';
import { ALL_CAPABILITIES, CONVERSATIONS, FACILITATOR_CAPABILITIES, scene } from './scenes.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** A browser that shares two cores with others is slow at times; nothing here waits for it to pass. */
const PATIENCE_MS = 20_000;
const FLAGS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof start_fake>>} Fake */

/**
 * The panel of a name, by its tab or by the bar at the foot.
 * @param {Page} page
 * @param {string} name
 */
async function open_panel(page, name) {
  const tab = page.locator(`#tab-${name}`);
  if (await tab.isVisible()) await tab.click();
  else if (name === 'desk') await page.locator('.place-head .button.small:not(.not-phone)').click();
  else
    await page
      .locator('.bottom-button')
      .nth(['chat', 'people', 'messages'].indexOf(name) + 1)
      .click();
}

/** @param {Page} page */
async function open_nav(page) {
  const menu = page.locator('.place-head .icon-button.only-narrow');
  if (await menu.isVisible()) await menu.click();
}

const at_the_table = (/** @type {Page} */ _page, /** @type {Fake} */ fake) => {
  fake.push({
    push: 'table.knocked',
    stream: 'table:tb_1',
    offset: 21,
    at: Date.now(),
    by: 'p_yuki',
    data: { knock: 1, person: 'p_yuki', line: 'May I listen in?' },
  });
  fake.push({
    push: 'table.invited',
    stream: 'person:p_me',
    offset: 21,
    at: Date.now(),
    by: 'p_ida',
    data: { table: 'tb_2', room: 'rm_tables', by: 'p_ida' },
  });
};

/** @type {Record<string, import('./round_states.js').Look>} */
const STATES = {
  arriving: {
    scene: { ...scene(), known: [] },
    path: '/j/x',
    shows: '#name',
    act: (page) => page.click('summary'),
  },
  'arriving again': { scene: scene(), path: '/j/x', shows: '.button.primary.wide' },
  'a dead link': { scene: { ...scene(), invite: null }, path: '/j/x', shows: '.door-card h1' },
  'the front door': { scene: scene(), path: '/', shows: '.door-card .button' },
  'someone we have not met': { scene: { ...scene(), known: [] }, shows: '.door-card h1' },
  'waiting in the lobby': {
    scene: scene({ room: 'rm_lobby', waiting: true, messages: [] }),
    shows: '.callout',
  },
  'the lobby': { scene: scene({ room: 'rm_lobby', messages: [] }), shows: '.empty' },
  'the list of tables': { scene: scene(), shows: '.table-list' },
  'the floor plan': {
    scene: scene({ conversations: CONVERSATIONS }),
    shows: '.floor-table',
    act: (page) => page.locator('.segment').nth(1).click(),
  },
  'at a table, with a knock and an invitation': {
    scene: scene({ seated: true }),
    shows: '.notice-ask',
    act: at_the_table,
  },
  'rooms and messages': {
    scene: scene({ conversations: CONVERSATIONS }),
    shows: '.nav-row',
    act: open_nav,
  },
  'the chat': {
    scene: scene(),
    shows: '.message-tools',
    act: async (page) => {
      await open_panel(page, 'chat');
      await page.click('#m-8 .message-more');
    },
  },
  mentioning: {
    scene: scene(),
    shows: '.mentions',
    act: async (page) => {
      await open_panel(page, 'chat');
      await page.click('#composer');
      await page.keyboard.type('Hello @a');
    },
  },
  'reading back in a long talk': {
    scene: long_talk(500),
    shows: '.to-latest .button',
    act: async (page) => {
      await open_panel(page, 'chat');
      await page.locator('.messages').hover();
      await page.mouse.wheel(0, -2_000);
    },
  },
  'a message that failed': {
    scene: { ...scene(), refuse: { 'message.send': 'forbidden' } },
    shows: '.message-failed',
    act: async (page) => {
      await open_panel(page, 'chat');
      await page.fill('#composer', 'This will not go');
      await page.click('.send');
    },
  },
  searching: {
    scene: {
      ...scene(),
      matches: [{ stream: 'room:rm_tables', message: scene().pushes[0].data.messages[1] }],
    },
    shows: '.match',
    act: async (page) => {
      await open_panel(page, 'chat');
      await page.click('.chat-head .icon-button');
      await page.fill('#query', 'water');
      await page.keyboard.press('Enter');
    },
  },
  people: {
    scene: scene({ seated: true, capabilities: ALL_CAPABILITIES }),
    shows: '.person-tools form',
    act: async (page) => {
      await open_panel(page, 'people');
      await page.click('.person-head:has-text("Yuki")');
      await page.click('.person-tools .button >> nth=0');
    },
  },
  'private messages': {
    scene: scene({ conversations: CONVERSATIONS }),
    shows: '.letter-row',
    act: (page) => open_panel(page, 'messages'),
  },
  'a message request': {
    scene: scene({ conversations: CONVERSATIONS }),
    shows: '.request',
    act: async (page) => {
      await open_panel(page, 'messages');
      await page.click('.letter-row:has-text("Sofia")');
    },
  },
  'a new private message': {
    scene: scene(),
    shows: '.offered',
    act: async (page) => {
      await open_panel(page, 'messages');
      await page.click('.letters .button');
      await page.fill('#recipient', 'a');
    },
  },
  'my card': {
    scene: scene(),
    shows: '.settings',
    act: async (page) => {
      await open_nav(page);
      await page.click('.nav-me');
    },
  },
  'the desk': {
    scene: scene({ capabilities: FACILITATOR_CAPABILITIES }),
    shows: '.desk details[open] form',
    act: async (page) => {
      await open_panel(page, 'desk');
      await page.click('.desk .more summary >> nth=-1');
    },
  },
  muted: {
    scene: {
      ...scene(),
      hello: {
        ...scene().hello,
        muted: { scope: 'chat', until_at: Date.now() + 600_000, reason: 'A pause' },
      },
    },
    shows: '.composer-closed',
    act: (page) => open_panel(page, 'chat'),
  },
  reconnecting: {
    scene: scene(),
    shows: '.connection p',
    act: (_page, fake) => {
      void fake.stop_listening();
      fake.drop();
    },
  },
  'an event that is over': {
    scene: scene({ room: 'rm_lobby', event: { state: 'over' } }),
    shows: '.callout',
  },
  'an event not yet open': {
    scene: scene({
      room: 'rm_lobby',
      event: { state: 'planned', starts_at: Date.now() + 1_200_000 },
    }),
    shows: '.callout',
  },
  removed: { scene: { ...scene(), close: { code: 4003 } }, shows: '.door-card h1' },
  'all keys': { scene: scene(), shows: 'dialog', act: (page) => page.keyboard.press('?') },
  ...ROUND_STATES,
  ...CONSOLE_STATES,
  ...DESK_STATES,
  ...ACCOUNT_STATES,
  ...ORGANISE_STATES,
};

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  execFileSync(process.execPath, [join(ROOT, 'build/build.js')]);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});
after(() => browser?.close());

const SCREENS = [
  { name: 'desktop', viewport: { width: 1280, height: 800 } },
  { name: 'phone', viewport: { width: 360, height: 740 } },
];
const SCHEMES = /** @type {const} */ (['light', 'dark']);

// PAGES_ONLY=words looks at the states alone whose names have those words in them.
const wanted = process.env.PAGES_ONLY ?? '';
for (const [name, state] of Object.entries(STATES)) {
  if (!name.includes(wanted)) continue;
  for (const { name: screen, viewport } of SCREENS) {
    test(`${name}, ${screen}`, { timeout: 60_000 }, () => look(name, state, screen, viewport));
  }
}

/**
 * @type {Record<string, {scene: () => any, path?: string, first?: string,
 *   act: (page: any, fake: any, heard: any[], asked: any[]) => any}>}
 */
const ACTS = {
  ...CHAT_ACTS,
  ...HISTORY_ACTS,
  ...ROUND_ACTS,
  ...DESK_ACTS,
  ...MEMBER_ACTS,
  ...ACCOUNT_ACTS,
};
for (const [name, { scene: made, act, path, first }] of Object.entries(ACTS)) {
  if (!name.includes(wanted)) continue;
  test(name, { timeout: 60_000 }, async () => {
    /** @type {any[]} */
    const heard = [];
    /** @type {any[]} */
    const asked = [];
    const fake = await start_fake(join(ROOT, 'dist'), { ...made(), heard, asked });
    const context = await browser.newContext({
      viewport: SCREENS[0].viewport,
      reducedMotion: 'reduce',
    });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(fake.url + (path ?? '/e/ev_1'));
      await page.waitForSelector(first ?? '.place-head');
      await act(page, fake, heard, asked);
    } finally {
      await context.close();
      fake.close();
    }
  });
}

/**
 * @param {string} name
 * @param {(typeof STATES)[string]} state
 * @param {string} screen
 * @param {any} viewport
 */
async function look(name, state, screen, viewport) {
  const made = typeof state.scene === 'function' ? state.scene() : state.scene;
  const fake = await start_fake(join(ROOT, 'dist'), { ...made });
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(fake.url + (state.path ?? '/e/ev_1'));
    const first = state.act && !state.path ? '.place-head' : state.shows;
    await page.waitForSelector(state.first ?? first);
    await state.act?.(page, fake);
    await page.waitForSelector(state.shows);
    await page.evaluate(AXE);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(settle);
      assert.deepEqual(await axe_violations(page), [], colorScheme);
      const folder = process.env.PAGES_SHOTS;
      if (folder)
        await page.screenshot({
          path: join(folder, `${name} ${screen} ${colorScheme}.png`),
          fullPage: Boolean(state.whole),
        });
    }
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    assert.ok(wide <= 0, `${wide}px wider than the screen`);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    fake.close();
  }
}

/** @param {import('playwright-core').Page} page @returns {Promise<string[]>} */
async function axe_violations(page) {
  const found = await page.evaluate(() =>
    /** @type {any} */ (window).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return found.violations.map(
    (/** @type {any} */ each) =>
      `${each.id}: ${each.nodes
        .map((/** @type {any} */ node) => `${node.html} ${node.failureSummary}`)
        .slice(0, 3)
        .join('\n  ')}`,
  );
}

/** Colours have arrived where they are going. */
function settle() {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().iterations !== Infinity) animation.finish();
  }
}
