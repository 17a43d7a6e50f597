// The scenes the gallery looks at: one event with real-looking people, in every state a person
// meets.

/** @typedef {Record<string, any>} Scene */

const MINUTE = 60_000;
const now = Date.now();

const PEOPLE = [
  [
    'p_me',
    'Marie Lindqvist',
    'Sterile supply and loan sets',
    'How do you count your trays?',
    'A template for loan agreements',
  ],
  [
    'p_anna',
    'Anna Berg',
    'Endoscopy, water quality',
    'Someone who has changed to a new washer',
    '',
  ],
  [
    'p_jonas',
    'Jonas Frederiksen',
    'I run a small unit in the north',
    '',
    'Ten years of failures, gladly told',
  ],
  ['p_amina', 'Amina Yusuf', '', 'Training new colleagues quickly', 'Our onboarding week'],
  ['p_lars', 'Lars-Henrik Overgaard-Mortensen', 'Project lead', '', ''],
  ['p_yuki', 'Yuki Tanaka', 'Quality and traceability', 'Barcodes that survive', ''],
  ['p_omar', 'عمر الحداد', 'أعمل في التعقيم', '', ''],
  ['p_sofia', 'Sofia Rossi', 'First time here', '', ''],
  ['p_emil', 'Emil', '', '', ''],
  ['p_ida', 'Ida Holm', 'Your facilitator today', '', ''],
].map(([id, name, about, ask, offer], i) => ({
  id,
  name,
  role: id === 'p_ida' ? 'facilitator' : 'member',
  state: i === 4 ? 'reconnecting' : i === 8 ? 'away' : 'online',
  ...(about && { about }),
  ...(ask && { ask }),
  ...(offer && { offer }),
}));

/** @param {number} n @param {Record<string, any>} [more] @param {string[]} [people] */
const table = (n, more = {}, people = []) => ({
  id: `tb_${n}`,
  name: `Table ${n}`,
  topic: '',
  capacity: 6,
  locked: false,
  mood: 'open',
  taken: people.length,
  seats: people.map((person) => ({ person, state: 'online' })),
  ...more,
});

/** @param {boolean} seated */
const tables = (seated) => [
  table(1, { topic: 'Loan sets: who pays when they come late?' }, [
    'p_anna',
    'p_jonas',
    ...(seated ? ['p_me'] : []),
  ]),
  table(2, { mood: 'deep', topic: 'Water' }, ['p_amina', 'p_lars', 'p_yuki', 'p_ida']),
  table(3, { locked: true }, ['p_omar', 'p_sofia']),
  table(4),
  table(
    5,
    {
      capacity: 4,
      topic:
        'Quiet table: eine sehr lange Überschrift über Donaudampfschifffahrtsgesellschaftskapitäne',
    },
    ['p_emil'],
  ),
  table(6, { capacity: 2 }, ['p_x1', 'p_x2']),
  { ...table(7), id: 'tb_sofa', name: 'Sofa', capacity: null },
];

const event = {
  id: 'ev_1',
  title: 'Autumn meeting of the network',
  starts_at: now - 50 * MINUTE,
  ends_at: now + 130 * MINUTE,
  timezone: 'Europe/Copenhagen',
  state: 'live',
  admission: 'open',
  programme: [],
};

/** @param {boolean} seated */
const rooms = (seated) => [
  { id: 'rm_lobby', name: 'Lobby', kind: 'lobby', locked: false, slow_s: 0, count: 4, tables: [] },
  {
    id: 'rm_hall',
    name: 'Great hall',
    kind: 'plenary',
    locked: false,
    slow_s: 0,
    count: 0,
    tables: [],
  },
  {
    id: 'rm_tables',
    name: 'Tables',
    kind: 'tables',
    locked: false,
    slow_s: 0,
    count: 10,
    tables: tables(seated),
  },
];

/** @param {number} offset @param {string} by @param {string} body @param {any} [more] */
const message = (offset, by, body, more = {}) => ({
  offset,
  by,
  body,
  at: now - (60 - offset) * MINUTE,
  edited: false,
  deleted: false,
  pinned: false,
  reactions: {},
  ...more,
});

const TALK = [
  message(
    1,
    'p_ida',
    'Welcome, all. Find a table that sounds like your week, and **stay as long as you like**.',
    { pinned: true },
  ),
  message(
    2,
    'p_anna',
    'We changed our washers in March and I would gladly hear from others who did.',
    { reactions: { '👍': ['p_jonas', 'p_me'], '🙏': ['p_yuki'] } },
  ),
  message(3, 'p_anna', 'Mostly about the water: https://example.org/water'),
  message(
    4,
    'p_jonas',
    '<@p_anna> three years ago. The short version:\n\n- test early\n- test again\n- keep the old one a month',
    { reply_to: 2, edited: true },
  ),
  message(5, 'p_yuki', '', { deleted: true }),
  message(6, 'p_omar', 'صباح الخير للجميع، يسعدني أن أكون هنا'),
  message(7, 'p_sofia', '🎉👏'),
  message(8, 'p_me', 'Do you still have the numbers, <@p_jonas>? `pH` and hardness would help.'),
  message(9, 'p_emil', `${'Donaudampfschifffahrtsgesellschaft'.repeat(6)}`),
  message(
    10,
    'p_amina',
    '<img src=x onerror=alert(1)> <script>alert(2)</script> [a link](javascript:alert(3))',
    {
      reactions: Object.fromEntries(
        ['👍', '❤️', '😄', '🎉', '🙏', '👀', '🔥', '💯', '🤔', '👏', '🚀', '☕', '🍰', '🌿'].map(
          (e) => [e, ['p_anna']],
        ),
      ),
    },
  ),
  message(11, 'p_me', '<@p_me> noted.'),
];

/** @param {string} room @param {boolean} seated @param {any[]} messages @param {any} me */
function room_opened(room, seated, messages, me) {
  const found = rooms(seated).find(({ id }) => id === room);
  return {
    push: 'stream.opened',
    stream: `room:${room}`,
    data: {
      epoch: 'e',
      offset: 20,
      messages,
      more: false,
      state: { room: found, people: [me, ...PEOPLE.slice(1)], count: PEOPLE.length },
    },
  };
}

const opened = (
  /** @type {string} */ stream,
  /** @type {any} */ state,
  /** @type {any[]} */ messages = [],
) => ({
  push: 'stream.opened',
  stream,
  data: { epoch: 'e', offset: 20, messages, more: false, state },
});

/**
 * @param {Partial<{room: string, seated: boolean, messages: any[], capabilities: string[], waiting:
 *   boolean, event: any, conversations: any[]}>} [how]
 * @returns {Scene}
 */
export function scene({
  room = 'rm_tables',
  seated = false,
  messages = TALK,
  capabilities = [],
  waiting = false,
  event: change = {},
  conversations = [],
} = {}) {
  const this_event = { ...event, ...change };
  const me = { ...PEOPLE[0], role: capabilities.length ? 'moderator' : 'member' };
  const pushes = [room_opened(room, seated, messages, me)];
  if (!waiting) pushes.push(opened('event:ev_1', null));
  pushes.push(opened('person:p_me', { blocked: [] }));
  if (seated)
    pushes.push(
      opened('table:tb_1', { table: tables(true)[0], visitors: [], knocks: [] }, TALK.slice(1, 4)),
    );
  if (capabilities.length) {
    pushes.push(
      opened('desk:ev_1', {
        help: [
          { table: 'tb_2', person: 'p_amina', line: 'The sound is gone', at: now - 2 * MINUTE },
        ],
        reports: [],
        waiting: [PEOPLE[7], PEOPLE[5]],
      }),
    );
  }
  const shown_rooms = waiting ? rooms(false).slice(0, 1) : rooms(seated);
  return {
    event: this_event,
    me,
    people: PEOPLE,
    top: 20,
    pushes,
    known: [{ slot: 0, person: 'p_me', name: me.name, event: 'ev_1', title: event.title }],
    invite: {
      event: this_event,
      role: 'member',
      people: PEOPLE.slice(1).map(({ name }) => name),
      count: 9,
    },
    hello: {
      session: 's',
      person: me,
      heartbeat_s: 25,
      limits: { body_max: 4000 },
      capabilities,
      event: { ...this_event, rooms: shown_rooms },
      place: { room, table: seated ? 'tb_1' : null, waiting },
      streams: {},
      recovered: {},
      reset: {},
      conversations,
      reads: {},
      muted: null,
    },
    history: {
      'conversation:cv_1': [
        message(
          1,
          'p_anna',
          'Good to meet you at the table. Could I write to you about the trays next week?',
        ),
        message(2, 'p_me', 'Please do. Tuesday is best.'),
        message(3, 'p_anna', 'Tuesday it is.'),
      ],
      'conversation:cv_2': [
        message(1, 'p_sofia', 'Hello, I am new and heard you have a template?'),
      ],
    },
  };
}

/** What a facilitator may do: the desk of help calls, tables and rooms. */
export const FACILITATOR_CAPABILITIES = [
  'event.announce',
  'room.manage',
  'table.manage',
  'message.pin',
  'round.run',
];

export const ALL_CAPABILITIES = [
  'event.manage',
  'event.open',
  'event.announce',
  'event.lockdown',
  'invite.manage',
  'room.manage',
  'room.slow_mode',
  'room.lock',
  'table.manage',
  'person.admit',
  'person.moderate',
  'person.warn',
  'person.mute',
  'person.move',
  'person.remove',
  'person.ban',
  'message.delete',
  'message.pin',
  'message.review',
  'report.handle',
  'filter.set',
  'role.manage',
  'audit.read',
  'round.run',
];

export const CONVERSATIONS = [
  { id: 'cv_1', people: ['p_me', 'p_anna'], state: 'open', epoch: 'e', offset: 3, read: 2 },
  {
    id: 'cv_2',
    people: ['p_me', 'p_sofia'],
    state: 'requested',
    requested_by: 'p_sofia',
    epoch: 'e',
    offset: 1,
    read: 0,
  },
];
