// What the stand-in server answers over HTTP: a member with an account, events and a group; guests;
// refusals. Scenes differ from here in what they name themselves.

import { scene } from './scenes.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const now = Date.now();

const at_hour = (/** @type {number} */ days, /** @type {number} */ hour) =>
  new Date(now + days * DAY).setHours(hour, 0, 0, 0);

export const MY_EVENTS = [
  {
    id: 'ev_2',
    title: 'Spring chapter meetup',
    starts_at: at_hour(9, 15),
    ends_at: at_hour(9, 17),
    state: 'planned',
    role: 'organiser',
  },
  {
    id: 'ev_1',
    title: 'Autumn meeting of the network',
    starts_at: now - 50 * MINUTE,
    ends_at: now + 130 * MINUTE,
    state: 'live',
    role: 'member',
    group: 'g_1',
  },
  {
    id: 'ev_0',
    title: 'Sterile supply: a day about water, washers and everything that goes through them',
    starts_at: now - 40 * DAY,
    ends_at: now - 40 * DAY + 90 * MINUTE,
    state: 'over',
    role: 'facilitator',
  },
];

export const ME = {
  person: { id: 'p_me', name: 'Marie Lindqvist', role: 'member', state: 'online' },
  account: { login: 'marie@example.org' },
  guest: false,
  sessions: [
    {
      id: 's_2',
      created_at: now - 9 * DAY,
      seen_at: now - 2 * DAY,
      client: 'Safari on iPhone',
      current: false,
    },
    {
      id: 's_1',
      created_at: now - 3 * DAY,
      seen_at: now - MINUTE,
      client: 'Firefox on Windows',
      current: true,
    },
  ],
  events: MY_EVENTS,
  groups: [
    { id: 'g_1', name: 'Sterile supply north', role: 'organiser' },
    { id: 'g_2', name: 'Water and steam', role: 'member' },
  ],
  can_create_events: true,
};

export const GUEST = {
  ...ME,
  account: null,
  guest: true,
  person: { ...ME.person, guest: true },
  events: [MY_EVENTS[1]],
  groups: [],
  sessions: [ME.sessions[1]],
  can_create_events: false,
};

const member = (
  /** @type {string} */ person,
  /** @type {string} */ name,
  role = 'member',
  days = 400,
) => ({ person, name, role, since_at: now - days * DAY });

export const GROUP = {
  id: 'g_1',
  name: 'Sterile supply north',
  about: 'Eleven units between Aalborg and Umeå, four times a year, on what nobody else asks.',
  role: 'organiser',
  members: [
    member('p_me', 'Marie Lindqvist', 'organiser'),
    member('p_ida', 'Ida Holm', 'facilitator'),
    member('p_anna', 'Anna Berg'),
    member('p_jonas', 'Jonas Frederiksen', 'facilitator', 200),
    member('p_lars', 'Lars-Henrik Overgaard-Mortensen', 'member', 90),
    member('p_omar', 'عمر الحداد', 'member', 20),
  ],
  rota: ['p_ida', 'p_jonas', 'p_me', 'p_lars'],
  facilitator: 'p_ida',
  next_facilitator: 'p_jonas',
  events: MY_EVENTS.map((event) => ({ ...event, timezone: 'America/New_York', group: 'g_1' })),
  calendar: '/api/v1/groups/g_1/calendar.ics?key=4d2c9a8f0b6e',
  memory_meetings: 12,
};

/** Who is kept out of the group's events, as its organisers are told. */
export const BANS = [
  {
    person: 'p_mal',
    name: 'Mallory',
    until_at: null,
    reason: 'Advertising, and again after two warnings',
    event: 'ev_0',
    title: MY_EVENTS[2].title,
  },
  { person: 'p_trent', name: 'Trent', until_at: now + 6 * DAY, reason: '' },
];

export const HOSTED = {
  id: 'ev_2',
  title: 'Spring chapter meetup',
  starts_at: at_hour(9, 15),
  ends_at: at_hour(9, 17),
  timezone: 'America/New_York',
  state: 'planned',
  admission: 'approval',
  retention_days: 30,
  lockdown: false,
  programme: [
    { at: at_hour(9, 15), minutes: 20, title: 'Welcome, and who is here', room: 'rm_hall' },
    { at: at_hour(9, 15) + 20 * MINUTE, minutes: 45, title: 'Three rounds at the tables' },
  ],
  rooms: [
    { id: 'rm_lobby', name: 'Lobby', kind: 'lobby', tables: [] },
    { id: 'rm_hall', name: 'Great hall', kind: 'plenary', tables: [] },
  ],
};

export const OFFERS = {
  accounts: true,
  sso: [{ id: 'association', name: 'Nordic Sterile Supply Association' }],
  contact: 'office@example.org',
};

const INVITES = [
  { id: 'a1', role: 'member', created_at: now - 3 * DAY, used: 14 },
  {
    id: 'a2',
    role: 'facilitator',
    created_at: now - 2 * DAY,
    expires_at: now + 4 * DAY,
    uses: 3,
    used: 1,
  },
  { id: 'a3', role: 'moderator', created_at: now - DAY, expires_at: now - 60_000, used: 0 },
];

const ATTENDANCE = [
  'person,name,role,minutes,first_at,last_at',
  `p_me,Marie Lindqvist,organiser,92,${now - 100 * MINUTE},${now - MINUTE}`,
  `p_anna,"Berg, Anna",member,71,${now - 90 * MINUTE},${now - 12 * MINUTE}`,
  `p_omar,عمر الحداد,member,64,${now - 80 * MINUTE},${now - 15 * MINUTE}`,
].join('\r\n');

const CODES = Array.from(
  { length: 10 },
  (_each, i) => `k7wq-${1000 + i * 37}-n3xv-${2000 + i * 91}`,
);

/** Someone this browser knows. */
export const KNOWN = [
  { slot: 0, person: 'p_me', name: 'Marie Lindqvist', event: 'ev_1', title: MY_EVENTS[1].title },
];

/** What a member who organises meets everywhere. @type {Record<string, any>} */
export const HTTP = {
  'GET /sign-in': OFFERS,
  'GET /me': ME,
  'GET /groups/g_1': GROUP,
  'GET /events/ev_2': HOSTED,
  'GET /events/ev_2/invites': { invites: INVITES },
  'GET /events/ev_2/attendance.csv': ATTENDANCE,
  'PATCH /events/ev_2': (/** @type {any} */ { body }) => ({ ...HOSTED, ...body }),
  'POST /events/ev_2/invites': (/** @type {any} */ { body }) => ({
    invite: 'x'.repeat(43),
    id: 'a9',
    ...body,
  }),
  'POST /me/account': { login: 'marie@example.org', recovery_codes: CODES },
  'POST /me/recovery-codes': { recovery_codes: CODES },
  'POST /sessions': { token: 't', person: ME.person, slot: 0 },
  'POST /recoveries': { token: 't', person: ME.person, slot: 0 },
  'POST /groups/g_1/sessions': { event: 'ev_1' },
  'GET /invites/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx': { event: HOSTED, role: 'member' },
};

/** A refusal, as the server answers. @param {number} status @param {Record<string, any>} problem */
export const refused = (status, problem) => ({ status, problem });

/**
 * The stand-in's scene, with answers over HTTP.
 * @param {Record<string, any>} [http] @param {Record<string, any>} [more]
 */
export const house = (http = {}, more = {}) => ({
  ...scene(),
  known: KNOWN,
  ...more,
  http: { ...HTTP, ...http },
});
