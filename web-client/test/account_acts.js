// What a person does outside an event, and what the server is asked by it: signing in, an account,
// groups, the organiser's desk. Run by pages.js.

import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { BANS, GROUP, GUEST, HOSTED, KNOWN, ME, house, refused } from './account_scenes.js';
import { fill_sign_in } from './account_states.js';
import { ALL_CAPABILITIES, scene } from './scenes.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{method: string, path: string, query: URLSearchParams, body: any}} Asked */

/** What was asked by a method of a path, the latest. @param {Asked[]} asked @param {string} what */
const last = (asked, what) =>
  asked.findLast(({ method, path }) => `${method} ${path.slice('/api/v1'.length)}` === what);

const PASSPHRASE = 'tulip harbour sixteen trains';
const ASSOCIATION = 'a'.repeat(20);

/** Signed out until someone signs in. @param {Record<string, any>} [http] */
function signing_in(http = {}) {
  let known = /** @type {any[]} */ ([]);
  return house({
    'GET /sessions': () => ({ sessions: known }),
    'POST /sessions': () => {
      known = KNOWN;
      return { token: 't', person: ME.person, slot: 0 };
    },
    ...http,
  });
}

/** @param {Page} page @param {string} path */
const comes_to = (page, path) =>
  page.waitForURL((url) => url.pathname + url.hash === path);

/**
 * @type {Record<string, {scene: () => any, path?: string, first?: string,
 *   act: (page: Page, fake: any, heard: any[], asked: Asked[]) => any}>}
 */
export const ACCOUNT_ACTS = {
  'signing in shows my events, and tells the server nothing more': {
    scene: signing_in,
    path: '/',
    first: '#ask-login',
    act: async (page, _fake, _heard, asked) => {
      await fill_sign_in(page, ' marie ', PASSPHRASE);
      await page.waitForSelector('.page-me');
      assert.deepEqual(last(asked, 'POST /sessions')?.body, {
        login: 'marie',
        passphrase: PASSPHRASE,
      });
      assert.equal(last(asked, 'GET /me')?.query.get('as'), '0');
    },
  },
  'a passphrase is for its manager: named, pasted, shown when asked': {
    scene: signing_in,
    path: '/',
    first: '#ask-login',
    act: async (page) => {
      const field = page.locator('#ask-passphrase');
      assert.equal(await field.getAttribute('autocomplete'), 'current-password');
      assert.equal(await page.getAttribute('#ask-login', 'autocomplete'), 'username');
      assert.equal(await field.getAttribute('type'), 'password');
      await page.getByRole('button', { name: 'Show the passphrase' }).click();
      assert.equal(await field.getAttribute('type'), 'text');
    },
  },
  'whoever tries too often is told when to try again': {
    scene: () =>
      signing_in({
        'POST /sessions': refused(429, { code: 'rate_limited', retry_after_ms: 29_500 }),
      }),
    path: '/',
    first: '#ask-login',
    act: async (page) => {
      await fill_sign_in(page, 'marie', PASSPHRASE);
      await page.getByRole('alert').getByText('Try again in 30 seconds').waitFor();
    },
  },
  'a signed link leaves the address, is posted once, and leads on': {
    scene: signing_in,
    path: `/sso#jwt=${ASSOCIATION}.b.c&to=%2Fg%2Fg_1`,
    first: '.page-me',
    act: async (page, _fake, _heard, asked) => {
      assert.equal(new URL(page.url()).pathname, '/g/g_1');
      const posted = asked.filter(({ method }) => method === 'POST');
      assert.deepEqual(
        posted.map(({ body }) => body),
        [{ jwt: `${ASSOCIATION}.b.c` }],
      );
      await page.goBack();
      assert.ok(!page.url().includes(ASSOCIATION), 'nor does it stand in the history');
    },
  },
  'one click at the association’s own site, and one is in the live event': {
    scene: signing_in,
    path: `/sso#jwt=${ASSOCIATION}.b.c&to=${encodeURIComponent('/g/g_1#in')}`,
    act: async (page, _fake, heard, asked) => {
      assert.deepEqual(last(asked, 'POST /groups/g_1/sessions')?.body, { event: 'ev_1' });
      assert.equal(heard.find(({ cmd }) => cmd === 'hello').d.event, 'ev_1');
      await page.goBack();
      await page.waitForSelector('.card-next .button');
      assert.equal(new URL(page.url()).hash, '', 'going back does not go in again');
    },
  },
  'led in while nobody meets, one reads so and when it is': {
    scene: () => house({ 'GET /groups/g_1': { ...GROUP, events: [GROUP.events[0]] } }),
    path: '/g/g_1#in',
    first: '.card-next',
    act: async (page, _fake, _heard, asked) => {
      await page.getByRole('status').getByText('Nobody is meeting just now.').waitFor();
      await page.getByText('Spring chapter meetup').first().waitFor();
      assert.equal(last(asked, 'POST /groups/g_1/sessions'), undefined);
    },
  },
  'who is kept out of a group’s events is let back by its organisers': {
    scene: () => {
      let bans = BANS;
      return house({
        'GET /groups/g_1': () => ({ ...GROUP, bans }),
        'DELETE /groups/g_1/bans/p_mal': () => {
          bans = bans.slice(1);
          return null;
        },
      });
    },
    path: '/g/g_1',
    first: '.page-me',
    act: async (page, _fake, _heard, asked) => {
      const row = page.getByRole('listitem').filter({ hasText: 'Mallory' });
      await row.getByText('Advertising').waitFor();
      page.once('dialog', (dialog) => void dialog.dismiss());
      await row.getByRole('button', { name: 'Let them back: Mallory' }).click();
      assert.equal(last(asked, 'DELETE /groups/g_1/bans/p_mal'), undefined);
      page.once('dialog', (dialog) => void dialog.accept());
      await row.getByRole('button', { name: 'Let them back: Mallory' }).click();
      await row.waitFor({ state: 'detached' });
      assert.equal(last(asked, 'DELETE /groups/g_1/bans/p_mal')?.query.get('as'), '0');
      await page.getByRole('button', { name: 'Let them back: Trent' }).waitFor();
    },
  },
  'a link that gives more than a member has stays with its tab, and goes with its person': {
    scene: () => {
      const made = scene();
      const invite = { ...made.invite, role: 'organiser' };
      return { ...made, invite, known: [], http: { 'DELETE /sessions/current': null, 'GET /me': GUEST } };
    },
    path: '/j/secret',
    first: '#name',
    act: async (page) => {
      await page.fill('#name', 'Marie');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.place-head');
      const kept = (/** @type {'localStorage' | 'sessionStorage'} */ where) =>
        page.evaluate((name) => JSON.stringify({ ...window[name] }), where);
      assert.ok(!(await kept('localStorage')).includes('secret'), 'the next person has no use of it');
      assert.ok((await kept('sessionStorage')).includes('secret'), 'this one comes back by it');
      await page.goto(new URL('/me', page.url()).href);
      await page.getByRole('button', { name: 'Sign out' }).first().click();
      await page.waitForFunction(() => !JSON.stringify({ ...sessionStorage }).includes('secret'));
    },
  },
  'a member’s link is forgotten by the browser when they sign out': {
    scene: () => ({
      ...scene(),
      known: [],
      http: { 'DELETE /sessions/current': null, 'GET /me': GUEST },
    }),
    path: '/j/secret',
    first: '#name',
    act: async (page) => {
      await page.fill('#name', 'Marie');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.place-head');
      assert.ok(await page.evaluate(() => JSON.stringify({ ...localStorage }).includes('secret')));
      await page.goto(new URL('/me', page.url()).href);
      await page.getByRole('button', { name: 'Sign out' }).first().click();
      await page.waitForFunction(() => !JSON.stringify({ ...localStorage }).includes('secret'));
    },
  },
  'a signed link leads to no page but ours': {
    scene: signing_in,
    path: `/sso#jwt=${ASSOCIATION}.b.c&to=${encodeURIComponent('//evil.example/g/g_1')}`,
    first: '.page-me',
    act: async (page, fake) => assert.equal(page.url(), `${fake.url}/`),
  },
  'an event of my group lets me in from its address alone': {
    scene: () =>
      house(
        {
          'GET /me': { ...ME, events: [] },
          'POST /groups/g_1/sessions': (/** @type {Asked} */ { body }) => body,
        },
        { known: [{ ...KNOWN[0], event: 'ev_5' }] },
      ),
    act: async (_page, _fake, heard, asked) => {
      assert.deepEqual(last(asked, 'POST /groups/g_1/sessions')?.body, { event: 'ev_1' });
      assert.equal(heard.find(({ cmd }) => cmd === 'hello').d.event, 'ev_1');
    },
  },
  'an account comes with codes that nobody leaves unkept': {
    scene: () => house({ 'GET /me': GUEST }),
    path: '/me',
    first: '#ask-login',
    act: async (page, _fake, _heard, asked) => {
      await fill_sign_in(page, 'marie', PASSPHRASE);
      await page.waitForSelector('.codes');
      assert.deepEqual(last(asked, 'POST /me/account')?.body, {
        login: 'marie',
        passphrase: PASSPHRASE,
      });
      const done = page.getByRole('button', { name: 'Done' });
      assert.ok(await done.isDisabled());
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as a file' }).click(),
      ]);
      assert.equal(file.suggestedFilename(), 'hallway-codes.txt');
      await page.getByLabel('I have kept them somewhere safe').check();
      await done.click();
      await page.waitForSelector('.bullets');
    },
  },
  'erasing oneself takes one’s own name, typed': {
    scene: () => house({ 'DELETE /me': null }),
    path: '/me',
    first: '.bullets',
    act: async (page, _fake, _heard, asked) => {
      await page.getByText('What goes and what stays').click();
      await page.fill('#ask-confirm', 'Marie');
      await page.getByRole('button', { name: 'Erase me for good' }).click();
      await page.waitForSelector('#ask-confirm-wrong');
      assert.equal(last(asked, 'DELETE /me'), undefined);
      await page.fill('#ask-confirm', 'Marie Lindqvist');
      await page.getByRole('button', { name: 'Erase me for good' }).click();
      await comes_to(page, '/');
      assert.deepEqual(last(asked, 'DELETE /me')?.body, { confirm: 'Marie Lindqvist' });
    },
  },
  'signing out elsewhere ends that session and no other': {
    scene: () => house({ 'DELETE /me/sessions/s_2': null }),
    path: '/me',
    first: '.bullets',
    act: async (page, _fake, _heard, asked) => {
      const again = page.waitForResponse(/\/me\/sessions\/s_2\?as=0/);
      await page.getByRole('button', { name: 'Sign out of Safari on iPhone' }).click();
      await again;
      assert.ok(last(asked, 'DELETE /me/sessions/s_2'));
    },
  },
  'a group leads into its live event': {
    scene: house,
    path: '/g/g_1',
    first: '.rota',
    act: async (page, _fake, heard, asked) => {
      await page.getByRole('button', { name: 'Go in now' }).click();
      await page.waitForSelector('.place-head');
      assert.deepEqual(last(asked, 'POST /groups/g_1/sessions')?.body, { event: 'ev_1' });
      assert.equal(heard.find(({ cmd }) => cmd === 'hello').d.event, 'ev_1');
    },
  },
  'the rota is put in order with the keyboard alone': {
    scene: () => house({ 'PUT /groups/g_1/rota': GROUP }),
    path: '/g/g_1',
    first: '.rota',
    act: async (page, _fake, _heard, asked) => {
      await page.getByRole('button', { name: 'Change the rota' }).press('Enter');
      const jonas = page.locator('#grip-p_jonas');
      await jonas.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.getByText('Jonas Frederiksen is now 4 of 4.').waitFor({ state: 'attached' });
      assert.equal(await jonas.evaluate((each) => each === document.activeElement), true);
      await page
        .getByRole('button', { name: 'Lars-Henrik Overgaard-Mortensen one earlier' })
        .click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Change the rota' }).waitFor();
      assert.deepEqual(last(asked, 'PUT /groups/g_1/rota')?.body, {
        people: ['p_ida', 'p_lars', 'p_me', 'p_jonas'],
      });
    },
  },
  'an event is made in its own zone, with its rooms, and its links are there': {
    scene: () =>
      house({
        'POST /events': { event: { id: 'ev_2' }, invites: { member: 'x'.repeat(43) } },
      }),
    path: '/#new-event',
    first: '.room-row',
    act: async (page, _fake, _heard, asked) => {
      await page.fill('#ask-title', 'Spring');
      await page.selectOption('#ask-timezone', 'America/New_York');
      await page.fill('#ask-starts_at', '2031-03-04T10:00');
      await page.fill('#ask-ends_at', '2031-03-04T11:30');
      await page.getByRole('button', { name: 'Make the event' }).click();
      await page.waitForSelector('.link-row');
      const { retention_days, rooms, ...rest } = last(asked, 'POST /events')?.body;
      assert.deepEqual(rest, {
        title: 'Spring',
        starts_at: Date.UTC(2031, 2, 4, 15),
        ends_at: Date.UTC(2031, 2, 4, 16, 30),
        timezone: 'America/New_York',
        admission: 'open',
      });
      assert.equal(retention_days, 90);
      assert.deepEqual(rooms, [
        { name: 'Lobby', kind: 'lobby' },
        { name: 'Plenary', kind: 'plenary' },
        { name: 'Tables', kind: 'tables', tables: 6, capacity: 6 },
      ]);
    },
  },
  'an event that ends before it starts is not sent': {
    scene: house,
    path: '/#new-event',
    first: '.room-row',
    act: async (page, _fake, _heard, asked) => {
      await page.fill('#ask-title', 'Spring');
      await page.fill('#ask-ends_at', '2001-03-04T11:30');
      await page.getByRole('button', { name: 'Make the event' }).click();
      await page.locator('#ask-ends_at-wrong').getByText('ends after it starts').waitFor();
      assert.equal(last(asked, 'POST /events'), undefined);
    },
  },
  'an event without an end is changed and still has none': {
    scene: () =>
      house(
        { 'GET /events/ev_2': { ...HOSTED, ends_at: 253_402_300_799_000 } },
        { known: [{ ...KNOWN[0], event: 'ev_2', title: 'Spring' }] },
      ),
    path: '/e/ev_2#organise',
    first: '#ask-title',
    act: async (page, _fake, _heard, asked) => {
      assert.equal(await page.inputValue('#ask-ends_at'), '');
      await page.fill('#ask-title', 'For ever');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved').waitFor();
      assert.equal(last(asked, 'PATCH /events/ev_2')?.body.ends_at, 253_402_300_799_000);
    },
  },
  'a group’s dates are a series': {
    scene: () => house({ 'POST /groups/g_1/events': { events: GROUP.events } }),
    path: '/g/g_1#dates',
    first: '#ask-every_weeks',
    act: async (page, _fake, _heard, asked) => {
      await page.fill('#ask-title', 'Quarterly');
      await page.selectOption('#ask-every_weeks', '4');
      await page.fill('#ask-count', '3');
      await page.getByRole('button', { name: 'Set the dates' }).click();
      await comes_to(page, '/g/g_1');
      const { minutes, every_weeks, count, ends_at } = last(asked, 'POST /groups/g_1/events')?.body;
      assert.deepEqual([minutes, every_weeks, count, ends_at], [90, 4, 3, undefined]);
    },
  },
  'a link is made for a role and a number of people, and ended': {
    scene: () =>
      house(
        { 'DELETE /events/ev_2/invites/a1': null },
        { known: [{ ...KNOWN[0], event: 'ev_2', title: 'Spring' }] },
      ),
    path: '/e/ev_2#organise/invites',
    first: '.rows',
    act: async (page, _fake, _heard, asked) => {
      page.on('dialog', (dialog) => dialog.accept());
      await page.selectOption('#ask-role', 'facilitator');
      await page.fill('#ask-uses', '3');
      await page.getByRole('button', { name: 'Make the link' }).click();
      await page.waitForSelector('.link-row');
      assert.deepEqual(last(asked, 'POST /events/ev_2/invites')?.body, {
        role: 'facilitator',
        uses: 3,
      });
      await page.getByRole('button', { name: 'Show a QR code' }).click();
      await page.getByRole('img', { name: /^QR code/ }).waitFor();
      const ended = page.waitForResponse(/\/invites\/a1\?as=0/);
      await page.getByRole('button', { name: 'End it: the link for Member' }).click();
      assert.equal((await ended).status(), 204);
    },
  },
  'an export is whole, in however many parts it comes': {
    scene: () =>
      house(
        {
          'GET /events/ev_2/export': (/** @type {Asked} */ { query }) =>
            query.get('after') === '7'
              ? { title: 'x', pushes: [2], more: false, after: 9 }
              : { title: 'x', pushes: [1], more: true, after: 7 },
        },
        { known: [{ ...KNOWN[0], event: 'ev_2', title: 'Spring' }] },
      ),
    path: '/e/ev_2#organise/data',
    first: '.more',
    act: async (page) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download everything' }).click(),
      ]);
      assert.deepEqual(JSON.parse(await text(await file.createReadStream())), {
        title: 'x',
        pushes: [1, 2],
      });
    },
  },
  'whoever looks after an event goes between it and its desk on one line': {
    scene: () => {
      const event = { ...scene().event, id: 'ev_1' };
      return house(
        {
          'GET /me': { ...ME, events: [{ ...ME.events[1], role: 'organiser' }] },
          'GET /events/ev_1': { ...HOSTED, ...event },
        },
        scene({ capabilities: ALL_CAPABILITIES }),
      );
    },
    act: async (page, _fake, heard) => {
      await page.getByRole('link', { name: 'Organise the event' }).click();
      await page.waitForSelector('#ask-title');
      await page.getByRole('link', { name: 'Links', exact: true }).click();
      await page.getByText('Make a link').waitFor();
      await page.getByRole('link', { name: 'Back' }).click();
      await page.waitForSelector('.place-head');
      assert.equal(heard.filter(({ cmd }) => cmd === 'hello').length, 1);
    },
  },
};
