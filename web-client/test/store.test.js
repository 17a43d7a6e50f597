// The store is a fold: each push changes what it says and nothing else, and never the state before.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../src/store/apply.js';
import { add_history, MESSAGES_KEPT } from '../src/store/chat.js';
import { apply_hello } from '../src/store/hello.js';
import { empty_state } from '../src/store/state.js';

/** @typedef {import('../src/store/state.js').State} State */

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
const fold = (state, ...pushes) =>
  pushes.reduce((now, push) => freeze(apply(now, freeze(push))), freeze(state));

const person = (/** @type {string} */ id, more = {}) => ({
  id,
  name: id,
  role: 'member',
  state: 'online',
  ...more,
});
const table = (/** @type {string} */ id, /** @type {string[]} */ seats = [], more = {}) => ({
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

const HELLO = {
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

const room_opened = {
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

const arrived = () => apply_hello(empty_state(), HELLO, new Set());
const in_room = () => fold(arrived(), room_opened);
const push = (/** @type {string} */ name, /** @type {any} */ data, more = {}) => ({
  push: name,
  stream: 'room:rm_1',
  offset: 9,
  at: 100,
  by: 'p_2',
  data,
  ...more,
});
const seats = (/** @type {any} */ state, /** @type {string} */ id) =>
  state.rooms.rm_1.tables
    .find((/** @type {any} */ each) => each.id === id)
    .seats.map((/** @type {any} */ seat) => seat.person);

test('hello tells who I am, where, and what there is', () => {
  const state = arrived();
  assert.equal(state.me, 'p_me');
  assert.deepEqual(state.place, { room: 'rm_1', table: null, waiting: false });
  assert.deepEqual(state.room_order, ['rm_lobby', 'rm_1']);
  assert.equal(state.people.p_2.name, 'Bo');
  assert.deepEqual(state.reads, { 'room:rm_1': 2, 'conversation:cv_1': 3 });
  assert.equal(state.streams['conversation:cv_1'].loaded, false);
});

test('a second hello keeps what was recovered and drops the rest', () => {
  const state = apply_hello(in_room(), HELLO, new Set(['room:rm_1']));
  assert.equal(state.streams['room:rm_1'].messages.length, 1);
  assert.deepEqual(
    seats(state, 'tb_1'),
    ['p_2'],
    'seats stay although the event names tables without them',
  );
  assert.equal(apply_hello(in_room(), HELLO, new Set()).streams['room:rm_1'], undefined);
});

test('a hello as someone else starts from nothing', () => {
  const state = apply_hello(in_room(), { ...HELLO, person: person('p_9') }, new Set(['room:rm_1']));
  assert.equal(state.streams['room:rm_1'], undefined);
});

test('an opened room is a whole picture: people, tables, seats, my own seat', () => {
  const state = in_room();
  assert.deepEqual(state.present, ['p_me', 'p_2', 'p_3']);
  assert.equal(state.place.table, 'tb_2');
  assert.deepEqual(
    [state.streams['room:rm_1'].more, state.streams['room:rm_1'].opened_at],
    [true, 3],
  );
});

test('a closed room leaves no seats behind that nobody would keep right', () => {
  const state = fold(in_room(), { push: 'stream.closed', stream: 'room:rm_1', data: {} });
  assert.deepEqual(state.place, { room: null, table: null, waiting: false });
  assert.equal(state.rooms.rm_1.tables[0].seats, undefined);
  assert.equal(state.streams['room:rm_1'], undefined);
});

test('the event opening ends the wait', () => {
  const waiting = apply_hello(
    empty_state(),
    { ...HELLO, place: { room: 'rm_lobby', waiting: true } },
    new Set(),
  );
  assert.equal(waiting.place.waiting, true);
  const state = fold(waiting, {
    push: 'stream.opened',
    stream: 'event:ev_1',
    data: { epoch: 'e', offset: 0, state: null, messages: [] },
  });
  assert.equal(state.place.waiting, false);
  assert.equal(state.event.title, 'Evening');
});

test('a seat taken is left elsewhere, and is mine when it is me', () => {
  const state = fold(
    in_room(),
    push('seat.taken', { person: 'p_2', table: 'tb_2' }),
    push('seat.taken', { person: 'p_me', table: 'tb_1' }),
  );
  assert.deepEqual([seats(state, 'tb_1'), seats(state, 'tb_2')], [['p_me'], ['p_2']]);
  assert.equal(state.place.table, 'tb_1');
  assert.equal(state.rooms.rm_1.tables[0].taken, 1);
});

test('a seat left is free', () => {
  const state = fold(
    in_room(),
    push('seat.left', { person: 'p_me', table: 'tb_2', reason: 'stood' }),
  );
  assert.deepEqual([seats(state, 'tb_2'), state.place.table], [[], null]);
});

test('tables are set, changed, closed, opened and taken away', () => {
  let state = fold(
    in_room(),
    push('table.created', {
      table: 'tb_9',
      name: 'Nine',
      topic: '',
      capacity: 3,
      locked: false,
      mood: 'open',
      taken: 0,
    }),
  );
  assert.equal(state.rooms.rm_1.tables.at(-1).id, 'tb_9');
  state = fold(
    state,
    push('table.updated', { table: 'tb_9', topic: 'Tea', mood: 'deep' }),
    push('table.locked', { table: 'tb_9' }),
  );
  assert.deepEqual(
    ['topic', 'mood', 'locked', 'name'].map((key) => state.rooms.rm_1.tables.at(-1)[key]),
    ['Tea', 'deep', true, 'Nine'],
  );
  state = fold(state, push('table.unlocked', { table: 'tb_9' }));
  assert.equal(state.rooms.rm_1.tables.at(-1).locked, false);
  state = fold(
    state,
    push('table.removed', { table: 'tb_9' }),
    push('table.removed', { table: 'tb_2' }),
  );
  assert.deepEqual([state.rooms.rm_1.tables.length, state.place.table], [2, null]);
});

test('presence: come, go, change, count', () => {
  const state = fold(
    in_room(),
    push(
      'presence',
      { joined: [person('p_4')], left: ['p_3'], changed: [['p_2', 'away']], count: 7 },
      { offset: undefined },
    ),
  );
  assert.deepEqual(state.present, ['p_me', 'p_2', 'p_4']);
  assert.deepEqual([state.people.p_2.state, state.count, state.rooms.rm_1.count], ['away', 7, 7]);
});

test('presence told whole replaces the list: whoever is not in it has left', () => {
  const before = in_room();
  const whole = { all: true, joined: [person('p_9')], left: [], changed: [], count: 1 };
  const state = fold(before, push('presence', whole, { offset: undefined }));
  assert.deepEqual(state.present, ['p_9']);
  assert.equal(state.count, 1);
});

test('in a crowd presence is a number alone', () => {
  const state = fold(in_room(), push('presence', { count: 812 }, { offset: undefined }));
  assert.deepEqual([state.count, state.present.length], [812, 3]);
});

test('a changed card loses what was taken off it', () => {
  const before = fold(
    in_room(),
    push('person.updated', {
      person: 'p_2',
      name: 'Bo',
      ask: 'x',
      role: 'member',
      state: 'online',
    }),
  );
  const state = fold(
    before,
    push('person.updated', { person: 'p_2', name: 'Bo B', role: 'member', state: 'online' }),
  );
  assert.deepEqual([state.people.p_2.name, state.people.p_2.ask], ['Bo B', undefined]);
});

test('rooms come, change their names, are counted and close', () => {
  const on = { stream: 'event:ev_1' };
  let state = fold(
    in_room(),
    push('room.created', { room: 'rm_2', name: 'Two', kind: 'plenary', count: 0, tables: [] }, on),
  );
  assert.deepEqual(state.room_order, ['rm_lobby', 'rm_1', 'rm_2']);
  state = fold(
    state,
    push('room.updated', { room: 'rm_2', name: 'Second' }, on),
    push('rooms.counted', { counts: { rm_2: 4, rm_gone: 1 } }, on),
  );
  assert.deepEqual(
    [state.rooms.rm_2.name, state.rooms.rm_2.count, state.rooms.rm_gone],
    ['Second', 4, undefined],
  );
  state = fold(
    state,
    push('room.closed', { room: 'rm_2' }, on),
    push('event.updated', { event: { id: 'ev_1', state: 'over' } }, on),
  );
  assert.deepEqual(
    [state.room_order.length, state.event.state, state.event.title],
    [2, 'over', 'Evening'],
  );
});

test('a message is posted once, edited, pinned, reacted to, and leaves a stone', () => {
  const of = (/** @type {string} */ name, data = {}, more = {}) =>
    push(name, { of: 9, ...data }, { offset: 10, ...more });
  const message = (/** @type {any} */ state) => state.streams['room:rm_1'].messages.at(-1);
  const posted = push('message.posted', { body: 'tea?', reply_to: 3 });
  let state = fold(in_room(), posted, posted);
  assert.equal(state.streams['room:rm_1'].messages.length, 2);
  assert.deepEqual([message(state).by, message(state).reply_to], ['p_2', 3]);
  state = fold(
    state,
    of('message.edited', { body: 'tea!' }),
    of('message.pinned'),
    of('message.reacted', { emoji: '☕', on: true }),
    of('message.reacted', { emoji: '☕', on: true }, { by: 'p_3' }),
  );
  assert.deepEqual(
    [message(state).body, message(state).edited, message(state).pinned, message(state).reactions],
    ['tea!', true, true, { '☕': ['p_2', 'p_3'] }],
  );
  state = fold(
    state,
    of('message.unpinned'),
    of('message.reacted', { emoji: '☕', on: false }),
    of('message.reacted', { emoji: '☕', on: false }, { by: 'p_3' }),
  );
  assert.deepEqual([message(state).pinned, message(state).reactions], [false, {}]);
  state = fold(state, of('message.deleted'));
  assert.deepEqual([message(state).body, message(state).deleted], ['', true]);
});

test('what concerns a message that is not held changes nothing', () => {
  const before = in_room();
  assert.equal(
    apply(before, push('message.edited', { of: 1, body: 'x' })).streams['room:rm_1'],
    before.streams['room:rm_1'],
  );
});

test('history joins what is there, in order, and what the server says wins', () => {
  const older = [1, 2, 3].map((offset) => ({
    offset,
    at: 1,
    by: 'p_2',
    body: `v2 ${offset}`,
    edited: false,
    deleted: false,
    pinned: false,
    reactions: {},
  }));
  const { messages, more } = add_history(in_room(), 'room:rm_1', older, false).streams['room:rm_1'];
  assert.deepEqual([messages.map((each) => each.body), more], [['v2 1', 'v2 2', 'v2 3'], false]);
});

test('what is kept of a long talk is bounded', () => {
  let state = in_room();
  for (let offset = 10; offset < 1200; offset++)
    state = apply(state, push('message.posted', { body: 'x' }, { offset }));
  const { messages, more } = state.streams['room:rm_1'];
  assert.ok(messages.length < MESSAGES_KEPT + 250);
  assert.deepEqual([messages.at(-1).offset, more], [1199, true]);
});

test('typing is noted, and ends with the message', () => {
  const state = fold(in_room(), push('typing', {}, { offset: undefined, at: 50 }));
  assert.deepEqual(state.streams['room:rm_1'].typing, { p_2: 50 });
  assert.deepEqual(
    fold(state, push('message.posted', { body: 'x' })).streams['room:rm_1'].typing,
    {},
  );
});

test('a table hears knocks, visits and calls for help', () => {
  const on = { stream: 'table:tb_2' };
  let state = fold(in_room(), {
    push: 'stream.opened',
    stream: 'table:tb_2',
    data: {
      epoch: 'e',
      offset: 0,
      messages: [],
      state: { table: table('tb_2'), visitors: [], knocks: [] },
    },
  });
  state = fold(
    state,
    push('table.knocked', { knock: 1, person: 'p_3', line: 'hi' }, on),
    push('table.visited', { person: 'p_2', on: true }, on),
    push('help.called', { table: 'tb_2', person: 'p_me' }, on),
  );
  assert.deepEqual(state.talks.tb_2, {
    visitors: ['p_2'],
    knocks: [{ knock: 1, person: 'p_3', line: 'hi', at: 100 }],
    help: 'p_me',
  });
  state = fold(
    state,
    push('seat.taken', { person: 'p_3', table: 'tb_2' }),
    push('table.visited', { person: 'p_2', on: false }, on),
    push('help.done', { table: 'tb_2' }, on),
  );
  assert.deepEqual(state.talks.tb_2, { visitors: [], knocks: [], help: null });
  assert.deepEqual(
    fold(state, { push: 'stream.closed', stream: 'table:tb_2', data: {} }).talks,
    {},
  );
});

test('the desk hears of people waiting and of help called', () => {
  const on = { stream: 'desk:ev_1' };
  let state = fold(in_room(), {
    push: 'stream.opened',
    stream: 'desk:ev_1',
    data: {
      epoch: 'e',
      offset: 0,
      messages: [],
      state: { help: [], reports: [], waiting: [person('p_7')] },
    },
  });
  state = fold(
    state,
    push('person.waiting', { person: 'p_8', name: 'Eight' }, on),
    push('help.called', { table: 'tb_1', person: 'p_2' }, on),
  );
  assert.deepEqual(
    [state.desk.waiting, state.people.p_8.name, state.desk.help.length],
    [['p_7', 'p_8'], 'Eight', 1],
  );
  state = fold(
    state,
    push('person.admitted', { person: 'p_7' }, on),
    push('person.refused', { person: 'p_8' }, on),
    push('help.done', { table: 'tb_1' }, on),
  );
  assert.deepEqual(state.desk, { help: [], waiting: [] });
  state = fold(
    state,
    push('person.removed', { person: 'p_3', reason: '' }, on),
    push('person.muted', { person: 'p_2', scope: 'chat', until_at: 9, reason: '' }, on),
  );
  assert.deepEqual(
    [state.present, state.muted],
    [['p_me', 'p_2'], null],
    'a mute told to the desk is not mine',
  );
  assert.equal(fold(state, { push: 'stream.closed', stream: 'desk:ev_1', data: {} }).desk, null);
});

test('what is told to me alone: invitations, mutes, blocks, read marks, conversations', () => {
  const on = { stream: 'person:p_me' };
  let state = fold(
    in_room(),
    push('table.invited', { table: 'tb_1', room: 'rm_1', by: 'p_2' }, on),
    push('table.invited', { table: 'tb_1', room: 'rm_1', by: 'p_3' }, on),
  );
  assert.deepEqual(state.invites, [{ table: 'tb_1', room: 'rm_1', by: 'p_3', at: 100 }]);
  state = fold(state, push('seat.taken', { person: 'p_me', table: 'tb_1' }));
  assert.deepEqual(state.invites, []);
  state = fold(
    state,
    push('person.muted', { scope: 'chat', until_at: 9, reason: 'calm' }, on),
    push('person.blocked', { person: 'p_3' }, on),
  );
  assert.deepEqual(
    [state.muted, state.blocked],
    [{ scope: 'chat', until_at: 9, reason: 'calm' }, ['p_3']],
  );
  state = fold(
    state,
    push('person.unmuted', {}, on),
    push('person.unblocked', { person: 'p_3' }, on),
  );
  assert.deepEqual([state.muted, state.blocked], [null, []]);
  state = fold(
    state,
    push('read', { stream: 'room:rm_1', offset: 8 }, { ...on, offset: undefined }),
    push('read', { stream: 'room:rm_1', offset: 5 }, { ...on, offset: undefined }),
  );
  assert.equal(state.reads['room:rm_1'], 8, 'a mark only rises');
  state = fold(
    state,
    push('conversation.started', { conversation: 'cv_2', people: ['p_me', 'p_3'] }, on),
  );
  assert.deepEqual(state.conversations.cv_2.people, ['p_me', 'p_3']);
});

test('a request is accepted, a conversation that closes is gone', () => {
  const asked = {
    id: 'cv_3',
    people: ['p_me', 'p_3'],
    state: 'requested',
    requested_by: 'p_3',
    epoch: 'e',
    offset: 1,
    read: 0,
    cards: [person('p_3', { name: 'Cy' })],
  };
  let state = fold(in_room(), {
    push: 'stream.opened',
    stream: 'conversation:cv_3',
    data: { epoch: 'e', offset: 1, messages: [], state: { conversation: asked } },
  });
  assert.deepEqual(
    [state.conversations.cv_3.state, state.people.p_3.name, 'cards' in state.conversations.cv_3],
    ['requested', 'Cy', false],
  );
  state = fold(
    state,
    push('conversation.accepted', { person: 'p_me' }, { stream: 'conversation:cv_3' }),
    push('message.posted', { body: 'x' }, { stream: 'conversation:cv_3' }),
  );
  assert.deepEqual([state.conversations.cv_3.state, state.conversations.cv_3.offset], ['open', 9]);
  assert.equal(
    fold(state, { push: 'stream.closed', stream: 'conversation:cv_3', data: {} }).conversations
      .cv_3,
    undefined,
  );
});

test('a push from the future changes nothing but a count', () => {
  const before = in_room();
  const { unknown, ...rest } = fold(before, push('hand.raised', { person: 'p_2' }));
  const { unknown: none, ...same } = before;
  assert.deepEqual([unknown, none, rest], [1, 0, same]);
});
