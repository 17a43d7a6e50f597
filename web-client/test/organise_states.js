// The states of the organiser's desk, for the gallery of pages.js.

import { house, refused } from './account_scenes.js';
import { ALL_CAPABILITIES, scene } from './scenes.js';

const ORGANISER = {
  ...scene({
    room: 'rm_lobby',
    messages: [],
    capabilities: ALL_CAPABILITIES,
    event: { id: 'ev_2' },
  }),
  replies: {
    'stream.snapshot': {
      state: {
        roles: [
          { person: 'p_me', role: 'organiser', scope: 'ev_2' },
          { person: 'p_ida', role: 'facilitator', scope: 'ev_2' },
          { person: 'p_anna', role: 'moderator', scope: 'rm_tables' },
        ],
      },
    },
  },
};
const desk = (/** @type {Record<string, any>} */ http = {}) =>
  house(http, {
    ...ORGANISER,
    known: [{ slot: 0, person: 'p_me', name: 'Marie Lindqvist', event: 'ev_2', title: 'Spring' }],
  });

/** @type {Record<string, import('./round_states.js').Look>} */
export const ORGANISE_STATES = {
  'a new event': { scene: house(), path: '/#new-event', shows: '.room-row', whole: true },
  'a new event that is refused': {
    scene: house({
      'POST /events': refused(400, { code: 'bad_request', field: 'rooms[2].name' }),
    }),
    path: '/#new-event',
    first: '.room-row',
    shows: '[aria-invalid]',
    whole: true,
    act: async (page) => {
      await page.fill('#ask-title', 'Spring chapter meetup');
      await page.click('form > p .button.primary');
    },
  },
  'dates for a group': {
    scene: house(),
    path: '/g/g_1#dates',
    first: '#ask-every_weeks',
    shows: '#ask-count',
    whole: true,
    act: (page) => page.selectOption('#ask-every_weeks', '4'),
  },
  'organising: details': {
    scene: desk(),
    path: '/e/ev_2#organise',
    shows: '#ask-title',
    whole: true,
  },
  'organising: rooms': { scene: desk(), path: '/e/ev_2#organise/rooms', shows: '.card-flush li' },
  'organising: programme': {
    scene: desk(),
    path: '/e/ev_2#organise/programme',
    shows: '.item-row',
    whole: true,
  },
  'organising: links': {
    scene: desk(),
    path: '/e/ev_2#organise/invites',
    first: '.rows',
    shows: '.qr',
    whole: true,
    act: async (page) => {
      await page.click('form .button.primary');
      await page.click('.link-row .link');
    },
  },
  'organising: people': {
    scene: desk(),
    path: '/e/ev_2#organise/people',
    first: 'td',
    shows: '#ask-scope',
    whole: true,
    act: async (page) => {
      await page.fill('#ask-query', 'a');
      await page.keyboard.press('Enter');
    },
  },
  'organising: data': {
    scene: desk(),
    path: '/e/ev_2#organise/data',
    first: '.more',
    shows: '#ask-confirm-wrong',
    act: async (page) => {
      await page.click('.more > summary');
      await page.fill('#ask-confirm', 'Another');
      await page.click('.button.grave');
    },
  },
  'organising what is not mine': {
    scene: house(),
    path: '/e/ev_1#organise',
    shows: '[role=alert]',
  },
};
