// The states of the pages outside an event, for the gallery of pages.js: the front door, signing in,
// the account, groups.

import { BANS, GROUP, GUEST, KNOWN, ME, MY_EVENTS, house, refused } from './account_scenes.js';

/** @typedef {import('playwright-core').Page} Page */

const nobody = (/** @type {Record<string, any>} */ http = {}) => house(http, { known: [] });
const GUEST_HERE = { 'GET /me': GUEST };
const PLAIN = { ...ME, can_create_events: false, events: [], groups: [] };

/** @param {Page} page @param {string} login @param {string} passphrase */
export async function fill_sign_in(page, login, passphrase) {
  await page.fill('#ask-login', login);
  await page.fill('#ask-passphrase', passphrase);
  await page.click('form .button.primary');
}

/** @type {Record<string, import('./round_states.js').Look>} */
export const ACCOUNT_STATES = {
  'the front door, signed out': { scene: nobody(), path: '/', shows: '#ask-login', whole: true },
  'the front door, links alone': {
    scene: nobody({ 'GET /sign-in': refused(404, { code: 'not_found' }) }),
    path: '/',
    shows: '.door-card',
  },
  'a wrong passphrase': {
    scene: nobody({ 'POST /sessions': refused(401, { code: 'unauthenticated' }) }),
    path: '/',
    first: '#ask-login',
    shows: '[role=alert]',
    whole: true,
    act: (page) => fill_sign_in(page, 'marie', 'not this one'),
  },
  'too many wrong passphrases': {
    scene: nobody({
      'POST /sessions': refused(429, { code: 'rate_limited', retry_after_ms: 29_500 }),
    }),
    path: '/',
    first: '#ask-login',
    shows: '[role=alert]',
    act: (page) => fill_sign_in(page, 'marie', 'not this one'),
  },
  'nothing typed': {
    scene: nobody(),
    path: '/',
    first: '#ask-login',
    shows: '[aria-invalid]',
    act: (page) => page.click('form .button.primary'),
  },
  'a recovery code': {
    scene: nobody(),
    path: '/#recover',
    first: '#ask-code',
    shows: '.strength-guessable',
    whole: true,
    act: (page) => page.fill('#ask-passphrase', 'aaaaaaaaaaaa'),
  },
  'the front door, as a guest': {
    scene: house(GUEST_HERE),
    path: '/',
    shows: '#ask-login',
    whole: true,
  },
  'the front door, signed in': {
    scene: house({}, { known: [...KNOWN, { ...KNOWN[0], slot: 1 }] }),
    path: '/',
    shows: '.rows',
    whole: true,
  },
  'the front door, signed in, nothing yet': {
    scene: house({ 'GET /me': PLAIN }),
    path: '/',
    shows: '.page-me',
  },
  'the front door, no network': {
    scene: house({ 'GET /sessions': refused(503, { code: 'unavailable' }) }),
    path: '/',
    shows: '[role=alert]',
  },
  'a signed link that is spent': {
    scene: nobody({ 'POST /sessions': refused(401, { code: 'unauthenticated' }) }),
    path: '/sso#jwt=a.b.c&to=%2Fg%2Fg_1',
    shows: '[role=alert]',
  },
  'a sign-on that did not let me in': {
    scene: nobody(),
    path: '/sso#error=unavailable',
    shows: '[role=alert]',
  },
  'an invitation to a member': {
    scene: house({}, { known: [{ ...KNOWN[0], event: 'ev_0', title: 'Another' }] }),
    path: '/j/x',
    shows: '.button.primary.wide >> nth=1',
  },
  'an event of others': {
    scene: house({ 'POST /groups/g_1/sessions': refused(404, { code: 'not_found' }) }),
    path: '/e/ev_9',
    shows: '#ask-login',
  },
  'joining with an account': {
    scene: nobody(),
    path: '/j/x',
    first: '#name',
    shows: '#ask-login',
    whole: true,
    act: (page) => page.click('.door-card .link >> nth=-1'),
  },
  'my account': { scene: house(), path: '/me', shows: '.bullets', whole: true },
  'my account, opened': {
    scene: house(),
    path: '/me',
    first: '.bullets',
    shows: '.more[open] .grave',
    whole: true,
    act: async (page) => {
      for (const each of await page.locator('.more > summary').all()) await each.click();
      await page.fill('#ask-new_passphrase', 'tulip harbour sixteen trains');
    },
  },
  'my account, as a guest': {
    scene: house(GUEST_HERE),
    path: '/me',
    shows: '#ask-login',
    whole: true,
  },
  'a login that is taken': {
    scene: house({
      ...GUEST_HERE,
      'POST /me/account': refused(409, { code: 'conflict', field: 'login' }),
    }),
    path: '/me',
    first: '#ask-login',
    shows: '#ask-login-wrong',
    act: (page) => fill_sign_in(page, 'marie', 'tulip harbour'),
  },
  'recovery codes': {
    scene: house(GUEST_HERE),
    path: '/me',
    first: '#ask-login',
    shows: '.codes',
    act: (page) => fill_sign_in(page, 'marie', 'tulip harbour sixteen'),
  },
  'my account in the panel': {
    scene: house(GUEST_HERE),
    shows: '.page-panel .bullets',
    act: async (page) => {
      const menu = page.locator('.place-head .icon-button.only-narrow');
      if (await menu.isVisible()) await menu.click();
      await page.click('.nav-me');
      await page.click('.me .settings .button >> nth=0');
    },
  },
  'a group': { scene: house(), path: '/g/g_1', shows: '.rota', whole: true },
  'a group that keeps people out': {
    scene: house({ 'GET /groups/g_1': { ...GROUP, bans: BANS } }),
    path: '/g/g_1',
    shows: '[aria-label="Let them back: Mallory"]',
    whole: true,
  },
  'a group between meetings': {
    scene: house({
      'GET /groups/g_1': { ...GROUP, role: 'member', rota: [], events: [MY_EVENTS[2]] },
    }),
    path: '/g/g_1',
    shows: '.people-grid',
    whole: true,
  },
  'a group, signed out': { scene: nobody(), path: '/g/g_1', shows: '#ask-login' },
  'a group of others': {
    scene: house({ 'GET /groups/g_7': refused(404, { code: 'not_found' }) }),
    path: '/g/g_7',
    shows: '.door-card .button',
  },
  'the order of the rota': {
    scene: house(),
    path: '/g/g_1',
    first: '.rota',
    shows: '.grip',
    whole: true,
    act: (page) => page.click('.card:has(.rota) .row .button.small'),
  },
  'a group changed': {
    scene: house(),
    path: '/g/g_1#edit',
    first: '.rows select',
    shows: '.rows .button.primary',
    whole: true,
    act: async (page) => {
      await page.selectOption('#role-p_anna', 'facilitator');
      await page.click('.more > summary');
    },
  },
  'a new group': { scene: house(), path: '/#new-group', shows: '#ask-name' },
};
