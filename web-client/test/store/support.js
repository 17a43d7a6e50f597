// What the tests of the store share: a room of three with two tables and a sofa, and a fold that
// fails when a push changes the state it is given.

import { apply } from '../../src/store/apply.js';
import { apply_hello } from '../../src/store/hello.js';
import { empty_state } from '../../src/store/state.js';

/** @typedef {import('../../src/store/state.js').State} State */

/** @param {any} value @returns {any} */
function freeze(value) {
  if (value && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/**
 * Folds pushes, each onto a frozen state: a fold that changed its input would throw.
 * @param {State} state
 * @param {...any} pushes
 * @returns {any}
 */
export const fold = (state, ...pushes) =>
  pushes.reduce((now, push) => freeze(apply(now, freeze(push))), freeze(state));

export const person = (/** @type {string} */ id, more = {}) => ({
  id,
  name: id,
  role: 'member',
  state: 'online',
  ...more,
});
export const table = (/** @type {string} */ id, /** @type {string[]} */ seats = [], more = {}) => ({
  id,
  name: id,
  topic: '',
  capacity: 4,
  locked: false,
  mood: 'open',
  taken: seats.length,
  seats: seats.map((each) => ({ person: each, state: 'online' })),
  ...more,
});

export const HELLO = {
  person: person('p_me'),
  capabilities: ['message.pin'],
  limits: { body_max: 4000 },
  muted: null,
  event: {
    id: 'ev_1',
    title: 'Evening',
    state: 'live',
    starts_at: 1,
    ends_at: 2,
    rooms: [
      { id: 'rm_lobby', name: 'Lobby', kind: 'lobby', count: 1, tables: [] },
      {
        id: 'rm_1',
        name: 'Tables',
        kind: 'tables',
        count: 3,
        tables: [{ ...table('tb_1'), seats: undefined }],
      },
    ],
  },
  place: { room: 'rm_1', table: null, waiting: false },
  reads: { 'room:rm_1': 2 },
  conversations: [
    {
      id: 'cv_1',
      people: ['p_me', 'p_2'],
      state: 'open',
      epoch: 'e',
      offset: 5,
      read: 3,
      cards: [person('p_2', { name: 'Bo' })],
    },
  ],
};

export const room_opened = {
  push: 'stream.opened',
  stream: 'room:rm_1',
  data: {
    epoch: 'e',
    offset: 3,
    more: true,
    messages: [
      {
        offset: 3,
        at: 1,
        by: 'p_2',
        body: 'hi',
        edited: false,
        deleted: false,
        pinned: false,
        reactions: {},
      },
    ],
    state: {
      room: {
        id: 'rm_1',
        name: 'Tables',
        kind: 'tables',
        count: 3,
        tables: [
          table('tb_1', ['p_2']),
          table('tb_2', ['p_me']),
          table('tb_sofa', [], { capacity: null }),
        ],
      },
      people: [person('p_me'), person('p_2'), person('p_3')],
      count: 3,
    },
  },
};

export const arrived = () => apply_hello(empty_state(), HELLO, new Set());
export const in_room = () => fold(arrived(), room_opened);
export const push = (/** @type {string} */ name, /** @type {any} */ data, more = {}) => ({
  push: name,
  stream: 'room:rm_1',
  offset: 9,
  at: 100,
  by: 'p_2',
  data,
  ...more,
});
export const seats = (/** @type {any} */ state, /** @type {string} */ id) =>
  state.rooms.rm_1.tables
    .find((/** @type {any} */ each) => each.id === id)
    .seats.map((/** @type {any} */ seat) => seat.person);
