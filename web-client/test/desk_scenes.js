// An event that is being spoilt: reports, held messages, forty guests who all write at once; and the
// states of the moderator's desk and of those who are moderated, for the gallery of pages.js.

import { ALL_CAPABILITIES, CONVERSATIONS, scene } from './scenes.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./round_states.js').Look} Look */

const MINUTE = 60_000;
const now = Date.now();

/** @param {number} offset @param {string} by @param {string} body @param {number} ago_s */
const said = (offset, by, body, ago_s) => ({
  offset,
  by,
  body,
  at: now - ago_s * 1000,
  edited: false,
  deleted: false,
  pinned: false,
  reactions: {},
});

const AROUND = [
  said(2, 'p_anna', 'Has anyone counted the trays that come back late?', 400),
  said(3, 'p_lars', 'We do, every month.', 380),
  said(4, 'p_emil', 'Only an idiot counts trays. Ask your mother to count them.', 360),
  said(5, 'p_anna', 'That was not needed.', 350),
  said(6, 'p_emil', 'https://casino.example/win **free** money', 340),
];

const REPORTS = [
  {
    report: 1,
    at: now - 6 * MINUTE,
    by: 'p_anna',
    person: 'p_emil',
    stream: 'room:rm_tables',
    of: 4,
    reason: 'Unkind to others',
    messages: AROUND,
    state: 'open',
  },
  {
    report: 2,
    at: now - 4 * MINUTE,
    by: 'p_yuki',
    person: 'p_lars',
    stream: 'conversation:cv_9',
    of: 7,
    reason: 'Writes to me again and again although I asked him not to, also after I left the table',
    messages: [said(7, 'p_lars', 'Why do you not answer?', 240)],
    state: 'claimed',
    owner: 'p_ida',
  },
  {
    report: 3,
    at: now - 30 * MINUTE,
    by: 'p_sofia',
    person: 'p_omar',
    stream: 'table:tb_3',
    of: 9,
    reason: 'Beside the topic',
    messages: [],
    state: 'resolved',
    owner: 'p_ida',
    outcome: 'dismissed',
  },
];

const HELD = [
  { held: 1, at: now - MINUTE, by: 'p_sofia', stream: 'room:rm_tables', body: 'My casino story' },
  { held: 2, at: now - MINUTE / 2, by: 'p_emil', stream: 'table:tb_1', body: 'crypto, anyone?' },
];

const AUDIT = [
  { n: 9, at: now - 2 * MINUTE, by: 'p_me', action: 'event.lockdown', detail: 'on' },
  {
    n: 8,
    at: now - 9 * MINUTE,
    by: 'p_ida',
    action: 'person.mute',
    person: 'p_emil',
    detail: '15 min, chat',
    reason: 'Please let others finish',
  },
  {
    n: 7,
    at: now - 20 * MINUTE,
    by: 'p_ida',
    action: 'person.move',
    person: 'p_emil',
    room: 'rm_hall',
    reason: 'The hall is for this',
  },
  { n: 6, at: now - 50 * MINUTE, by: 'p_ida', action: 'person.warn', person: 'p_emil' },
  { n: 5, at: now - 51 * MINUTE, by: 'p_ida', action: 'sofa.burn' },
];
const AUDIT_REPLY = (/** @type {any} */ d) =>
  d.before ? { entries: [], more: false } : { entries: AUDIT, more: true };

/** Guests of the last minute, each with something to say. @param {number} n */
const raiders = (n) =>
  Array.from({ length: n }, (_, i) => ({
    id: `p_raid${i}`,
    name: `Guest ${i + 1}`,
    role: 'member',
    state: 'online',
    guest: true,
  }));

/** @param {any} [how] @param {any} [told] of the desk @returns {Record<string, any>} */
export function desk_scene({ raid = 0, event = {}, capabilities = ALL_CAPABILITIES } = {}, told = {}) {
  const made = scene({ capabilities, event });
  const guests = raiders(raid);
  made.me.role = 'organiser';
  made.people = made.people.map((/** @type {any} */ each) =>
    each.id === 'p_emil' || each.id === 'p_sofia' ? { ...each, guest: true } : each,
  );
  const room = made.pushes[0].data;
  room.state.people = [made.me, ...made.people.slice(1), ...guests];
  room.state.count = room.state.people.length;
  room.messages = [
    ...room.messages,
    ...guests.map(({ id }, i) => ({
      ...said(100 + i, id, 'FREE MONEY at https://casino.example', 0),
      at: Date.now() - 30_000,
    })),
  ];
  const desk = made.pushes.find((/** @type {any} */ each) => each.stream === 'desk:ev_1');
  Object.assign(desk.data.state, {
    reports: REPORTS,
    held: HELD,
    muted: [{ person: 'p_emil', until_at: now + 12 * MINUTE, scope: 'chat', reason: 'Shouting' }],
    removed: [
      { person: 'p_x1', at: now - 9 * MINUTE, banned: true, until_at: null, reason: 'Advertising' },
      { person: 'p_x2', at: now - 8 * MINUTE, banned: false, until_at: null, reason: '' },
      { person: 'p_x3', at: 0, banned: false, until_at: null, reason: '', refused: true },
    ],
    roles: [
      { person: 'p_ida', role: 'facilitator', scope: 'rm_tables' },
      { person: 'p_ida', role: 'organiser', scope: 'ev_1' },
    ],
    filter: { on: true, words: ['casino', 'crypto'] },
    ...told,
  });
  return { ...made, replies: { 'audit.list': AUDIT_REPLY } };
}

/** Whoever moderates one room alone: what reaches a room, and the desk that staff have. */
export function keeper_scene() {
  const made = desk_scene(
    {},
    {
      roles: [
        { person: 'p_me', role: 'moderator', scope: 'rm_tables' },
        { person: 'p_ida', role: 'moderator', scope: 'rm_hall' },
      ],
      muted: [],
    },
  );
  made.me.role = 'member';
  made.hello.capabilities = [];
  made.hello.room_capabilities = {
    rm_tables: [
      ...['room.slow_mode', 'room.lock', 'table.manage', 'person.moderate', 'person.warn'],
      ...['person.mute', 'person.move', 'message.delete', 'message.pin', 'message.review'],
      'report.handle',
    ],
  };
  return made;
}

/** The rooms as they are told every few seconds. */
export const ACTIVITY = {
  push: 'desk.activity',
  stream: 'desk:ev_1',
  data: {
    rooms: [
      { room: 'rm_tables', messages: 48, people: 10 },
      { room: 'rm_lobby', messages: 3, people: 4 },
    ],
    guests: 40,
    waiting: 2,
  },
};

/** @param {Page} page @param {string} [part] of the desk */
export async function open_desk(page, part) {
  const tab = page.locator('#tab-desk');
  if (await tab.isVisible()) await tab.click();
  else await page.locator('.place-head .button.small:not(.not-phone)').click();
  await page.waitForSelector('.mod');
  if (part) await page.click(`#mod-tab-${part}`);
}

/** @param {Page} page */
async function open_chat(page) {
  const tab = page.locator('#tab-chat');
  if (await tab.isVisible()) await tab.click();
  else await page.locator('.bottom-button').nth(1).click();
}

/** @param {string} push @param {any} data @param {string} [stream] */
export const told = (push, data, stream = 'person:p_me') => ({
  push,
  stream,
  at: Date.now(),
  by: 'p_ida',
  data,
});

/** @type {Record<string, Look>} */
const AT_THE_DESK = {
  'desk, the queue': {
    scene: desk_scene(),
    shows: '.around .is-meant',
    act: async (page) => {
      await open_desk(page);
      await page.click('[data-item="report-1"] .queue-head');
    },
  },
  'desk, muting by a report': {
    scene: desk_scene(),
    shows: '.act-form',
    act: async (page) => {
      await open_desk(page);
      await page.focus('[data-item="report-1"] .queue-head');
      await page.keyboard.press('m');
    },
  },
  'desk, a held message': {
    scene: desk_scene(),
    shows: '[data-item="held-1"] .act-form',
    act: async (page) => {
      await open_desk(page);
      await page.focus('[data-item="held-1"] .queue-head');
      await page.keyboard.press('d');
    },
  },
  'desk, nothing waits': {
    scene: (() => {
      const made = desk_scene({}, { reports: [], held: [], help: [], waiting: [] });
      return made;
    })(),
    shows: '.mod .empty',
    act: (page) => open_desk(page),
  },
  'desk, a raid': {
    // Made when it is looked at: they wrote just before.
    scene: () => desk_scene({ raid: 40 }),
    shows: '.chosen .act-form',
    act: async (page, fake) => {
      await open_desk(page, 'people');
      fake.push(ACTIVITY);
      await page.click('.mod .chips [aria-pressed="true"] ~ * >> nth=0');
      await page.click('.mod [role="group"] .chip >> nth=0');
      await page.click('.people-desk .stack > p .button');
      await page.click('.chosen [data-act="remove"]');
    },
  },
  'desk, after a sweep': {
    scene: () => ({
      ...desk_scene({ raid: 12 }),
      refuse_some: { 'person.ban': ['p_raid3', 'p_raid5'] },
    }),
    shows: '.sweep .problem',
    act: async (page) => {
      await open_desk(page, 'people');
      await page.click('.people-desk .stack > p .button');
      await page.click('.chosen [data-act="ban"]');
      await page.fill('#why-all', 'Advertising');
      await page.keyboard.press('Enter');
    },
  },
  'desk, one person': {
    scene: desk_scene(),
    shows: '.did-list',
    act: async (page) => {
      await open_desk(page, 'people');
      await page.click('.mod [role="group"] .chip >> nth=3');
      await page.click('[data-item="person-p_emil"] .queue-head');
      await page.click('.person-tools .link >> nth=0');
    },
  },
  'desk, roles': {
    scene: desk_scene(),
    shows: '.roles form',
    act: async (page) => {
      await open_desk(page, 'people');
      await page.fill('#desk-query', 'Ida');
      await page.click('[data-item="person-p_ida"] .queue-head');
      await page.click('.person-tools .link >> nth=1');
    },
  },
  'desk, the removed': {
    scene: desk_scene(),
    shows: '.standing',
    act: async (page) => {
      await open_desk(page, 'people');
      await page.click('.mod [role="group"] .chip >> nth=4');
      await page.click('[data-item="person-p_x1"] .queue-head');
    },
  },
  'desk, somebody who was not let in': {
    scene: desk_scene(),
    shows: '.standing .act-form',
    act: async (page) => {
      await open_desk(page, 'people');
      await page.click('.mod [role="group"] .chip >> nth=4');
      await page.click('[data-item="person-p_x3"] .queue-head');
      await page.click('.standing .button');
    },
  },
  'desk, refusing all who wait': {
    scene: desk_scene({}, { reports: [], held: [], help: [] }),
    shows: '.act-form',
    act: async (page) => {
      await open_desk(page);
      await page.getByRole('button', { name: /^Refuse all/ }).click();
    },
  },
  'desk, locking a room and a lockdown with a reason': {
    scene: desk_scene(),
    shows: '.room-now .act-form',
    act: async (page) => {
      await open_desk(page, 'now');
      await page.getByRole('button', { name: 'Do it with a reason' }).click();
      await page.getByRole('button', { name: 'Lock Great hall' }).click();
    },
  },
  'desk, taking a role back': {
    scene: desk_scene(),
    shows: '.roles .act-form',
    act: async (page) => {
      await open_desk(page, 'people');
      await page.fill('#desk-query', 'Ida');
      await page.click('[data-item="person-p_ida"] .queue-head');
      await page.click('.person-tools .link >> nth=1');
      await page.getByRole('button', { name: /^Take back: Organiser/ }).click();
    },
  },
  'desk, deleting a message of somebody else': {
    scene: desk_scene(),
    shows: '.message-tools .act-form',
    act: async (page) => {
      await open_chat(page);
      await page.click('#m-10 .message-more');
      await page.click('.message-tools .tool:has-text("Delete")');
    },
  },
  'desk, what is happening': {
    scene: desk_scene({ event: { lockdown: true } }),
    shows: '.raid .strong + .small + .small',
    act: async (page, fake) => {
      await open_desk(page, 'now');
      fake.push(ACTIVITY, told('room.updated', { room: 'rm_hall', locked: true }, 'event:ev_1'));
    },
  },
  'desk, the log': {
    scene: desk_scene(),
    shows: '.did-list',
    act: (page) => open_desk(page, 'log'),
  },
  'desk, the event and its filter': {
    scene: desk_scene(),
    shows: '#filter-words',
    act: async (page) => {
      await open_desk(page, 'event');
      await page.locator('#filter-words').scrollIntoViewIfNeeded();
    },
  },
  'desk, all keys': {
    scene: desk_scene(),
    shows: 'dialog',
    act: async (page) => {
      await open_desk(page);
      await page.keyboard.press('?');
    },
  },
};

const slow = () => {
  const made = scene();
  made.pushes[0].data.state.room.slow_s = 30;
  return made;
};

/** @type {Record<string, Look>} */
const TO_A_MEMBER = {
  'reporting a message': {
    scene: scene(),
    shows: '.report',
    act: async (page) => {
      await open_chat(page);
      await page.click('#m-10 .message-more');
      await page.click('.message-tools .tool:has-text("Report")');
    },
  },
  'a warning and a move': {
    scene: scene(),
    shows: '.warned',
    act: async (_page, fake) => {
      fake.push(
        told('person.warned', { person: 'p_me', reason: 'Please let others finish their thought.' }),
        told('person.moved', { person: 'p_me', room: 'rm_hall', reason: 'The talk goes on there' }),
      );
    },
  },
  'a message that waits for a moderator, and one not let through': {
    scene: { ...scene(), replies: { 'message.send': { offset: 0, at: now, held: 7 } } },
    shows: '.message-pending .problem',
    act: async (page, fake) => {
      await open_chat(page);
      fake.push(
        told('message.held', { held: 6, stream: 'room:rm_tables', body: 'Crypto is the future' }),
        told('message.reviewed', { held: 6, approved: false, reason: 'Advertising' }),
      );
      await page.fill('#composer', 'My casino story');
      await page.click('.send');
      await page.waitForSelector('.message-pending .marks');
    },
  },
  'slow mode': {
    scene: slow(),
    shows: '.composer .quiet.small',
    act: async (page) => {
      await open_chat(page);
      await page.fill('#composer', 'One');
      await page.click('.send');
      await page.fill('#composer', 'And another thing');
    },
  },
  'lockdown, in private': {
    scene: scene({ conversations: CONVERSATIONS, event: { lockdown: true } }),
    shows: '.composer-closed',
    act: async (page) => {
      const tab = page.locator('#tab-messages');
      if (await tab.isVisible()) await tab.click();
      else await page.locator('.bottom-button').nth(3).click();
      await page.click('.letter-row:has-text("Anna")');
    },
  },
  lockdown: {
    scene: scene({ event: { lockdown: true } }),
    shows: '.callout',
    act: () => {},
  },
  'what moderators did concerning me': {
    scene: {
      ...scene(),
      replies: {
        'audit.list': {
          entries: [
            { n: 2, at: now, by: 'p_ida', action: 'person.mute', person: 'p_me', detail: '5 min, chat' },
            { n: 1, at: now - MINUTE, action: 'person.warn', person: 'p_me', reason: 'Please' },
          ],
          more: false,
        },
      },
    },
    shows: '.did-list',
    act: async (page) => {
      const menu = page.locator('.place-head .icon-button.only-narrow');
      if (await menu.isVisible()) await menu.click();
      await page.click('.nav-me');
      await page.locator('.me .more summary').click();
    },
  },
  banned: {
    scene: scene(),
    shows: '.door-card q',
    act: async (page, fake) => {
      await page.waitForSelector('.place-head');
      fake.push(
        told('person.banned', { person: 'p_me', until_at: now + 5 * 24 * 60 * MINUTE, reason: 'Spam' }),
      );
      fake.end(4003);
    },
  },
};

/** @type {Record<string, Look>} */
export const DESK_STATES = { ...AT_THE_DESK, ...TO_A_MEMBER };
