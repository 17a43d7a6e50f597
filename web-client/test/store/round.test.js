// Rounds: announced, seated in one fold, warned, wrapped up, together again; and what is told about
// them to a table and to the desk.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply_hello } from '../../src/store/hello.js';
import { HELLO, fold, in_room, person, push, room_opened, seats, table } from './support.js';

const ROUND = {
  plan: 'pl_1',
  number: 2,
  of: 3,
  phase: 'seated',
  starts_at: 1_000,
  ends_at: 601_000,
  minutes: 10,
  size: 4,
  paused_at: null,
  repeats: 0,
  chair: 'p_9',
  chair_offered: [],
  tables: [
    ['tb_1', 601_000],
    ['tb_2', 601_000],
  ],
};

/** @param {any} state */
const round_of = (state) => state.rooms.rm_1.round;

/** @param {any} [change] */
const announced = (change = {}) =>
  push(
    'round.announced',
    { plan: 'pl_1', starts_at: 1_000, number: 1, of: 3, minutes: 10, size: 4, ...change },
    { by: 'p_9' },
  );

const started = (change = {}) =>
  push(
    'round.started',
    {
      plan: 'pl_1',
      number: 1,
      of: 3,
      ends_at: 601_000,
      seats: [
        ['tb_1', ['p_me', 'p_3']],
        ['tb_sofa', ['p_2']],
      ],
      repeats: 0,
      opener: { card: 12 },
      ...change,
    },
    { at: 1_000, by: undefined },
  );

const two_tables = () =>
  fold(
    in_room(),
    announced(),
    started({
      seats: [
        ['tb_1', ['p_me', 'p_3']],
        ['tb_2', ['p_2', 'p_4']],
      ],
    }),
  );

const on_table = { stream: 'table:tb_1' };
const on_desk = { stream: 'desk:ev_1' };
const desk_opened = (state = {}) => ({
  push: 'stream.opened',
  ...on_desk,
  data: { epoch: 'e', offset: 0, messages: [], state: { help: [], waiting: [], ...state } },
});

test('a round announced says when it starts and who leads it', () => {
  const round = round_of(fold(in_room(), announced()));
  assert.deepEqual(
    [round.phase, round.starts_at, round.number, round.of, round.chair, round.tables],
    ['announced', 1_000, 1, 3, 'p_9', []],
  );
});

test('a round called off can be announced again: the one before is the last', () => {
  const off = (/** @type {number} */ number) =>
    push('round.cancelled', { number, reason: 'asked' });
  const [first, second] = [1, 2].map((number) =>
    round_of(fold(in_room(), announced({ number }), off(number))),
  );
  assert.deepEqual([first.phase, first.number], ['plenary', 0]);
  assert.deepEqual([second.phase, second.number], ['plenary', 1]);
});

test('a start seats the whole room at once', () => {
  const state = fold(in_room(), announced(), started());
  assert.deepEqual(
    [seats(state, 'tb_1'), seats(state, 'tb_2'), seats(state, 'tb_sofa')],
    [['p_me', 'p_3'], [], ['p_2']],
    'whoever sat elsewhere has left, and tables not named are empty',
  );
  assert.deepEqual(
    state.rooms.rm_1.tables.map((/** @type {any} */ each) => each.taken),
    [2, 0, 1],
  );
  assert.deepEqual([state.place.table, state.round_table], ['tb_1', 'tb_1']);
  const round = round_of(state);
  assert.deepEqual(
    [round.phase, round.ends_at, round.opener, round.tables, round.minutes, round.chair],
    ['seated', 601_000, { card: 12 }, [['tb_1', 601_000]], 10, 'p_9'],
    'the sofa is no table of the round',
  );
  assert.deepEqual(state.seating.seats, [['tb_1', ['p_me', 'p_3']]]);
});

test('one who sits out has the sofa, and no table of the round', () => {
  const state = fold(
    in_room(),
    announced(),
    started({
      seats: [
        ['tb_1', ['p_3', 'p_2']],
        ['tb_sofa', ['p_me']],
      ],
    }),
  );
  assert.deepEqual([state.place.table, state.round_table], ['tb_sofa', null]);
});

test('a table that is missing is made before the start and is seated by it', () => {
  const made = push('table.created', { ...table('tb_9'), id: undefined, table: 'tb_9' });
  const state = fold(in_room(), announced(), made, started({ seats: [['tb_9', ['p_me', 'p_2']]] }));
  assert.deepEqual([seats(state, 'tb_9'), state.place.table], [['p_me', 'p_2'], 'tb_9']);
});

test('who comes late is new there; who sits down by themselves is not', () => {
  const late = push('seat.taken', { person: 'p_5', table: 'tb_1', late: true }, { at: 7 });
  let state = fold(two_tables(), late);
  assert.deepEqual(state.newcomers, [{ table: 'tb_1', person: 'p_5', at: 7 }]);
  state = fold(
    state,
    push('seat.taken', { person: 'p_4', table: 'tb_1', merged: true }, { at: 8 }),
  );
  assert.equal(state.newcomers.length, 2);
  state = fold(state, push('seat.taken', { person: 'p_5', table: 'tb_2' }));
  assert.deepEqual(
    state.newcomers.map((/** @type {any} */ each) => each.person),
    ['p_4'],
  );
  assert.deepEqual(
    fold(in_room(), push('seat.taken', { person: 'p_3', table: 'tb_1' })).newcomers,
    [],
  );
});

test('last words for all, or for some tables alone', () => {
  const longer = fold(two_tables(), push('round.extended', { ends_at: 700_000, table: 'tb_1' }));
  const most = fold(longer, push('round.wrapping', { ends_at: 631_000, tables: ['tb_2'] }));
  assert.deepEqual(
    [round_of(most).phase, round_of(most).ends_at, round_of(most).wrapping, round_of(most).tables],
    [
      'wrapping',
      631_000,
      ['tb_2'],
      [
        ['tb_1', 700_000],
        ['tb_2', 631_000],
      ],
    ],
    'the round finishes; the table that was given time talks on',
  );
  const rest = round_of(
    fold(
      most,
      push('round.ended', { number: 1, tables: ['tb_2'] }),
      push('round.wrapping', { ends_at: 730_000, tables: ['tb_1'] }),
    ),
  );
  assert.deepEqual([rest.wrapping, rest.tables], [['tb_1'], [['tb_1', 730_000]]]);
  const all = round_of(fold(two_tables(), push('round.wrapping', { ends_at: 631_000 })));
  assert.deepEqual(
    [all.phase, all.ends_at, all.tables[0][1], all.wrapping],
    ['wrapping', 631_000, 631_000, ['tb_1', 'tb_2']],
  );
});

test('an end frees every seat of the room, the sofa too', () => {
  const state = fold(in_room(), announced(), started(), push('round.ended', { number: 1 }));
  assert.deepEqual(
    state.rooms.rm_1.tables.map((/** @type {any} */ each) => each.taken),
    [0, 0, 0],
  );
  assert.deepEqual(
    [state.place.table, state.round_table, round_of(state).phase, round_of(state).tables],
    [null, null, 'plenary', []],
  );
  assert.equal(state.seating.seats.length, 1, 'who sat where stays, for the debrief');
});

test('an end of some tables frees those alone', () => {
  const state = fold(two_tables(), push('round.ended', { number: 1, tables: ['tb_2'] }));
  assert.deepEqual([seats(state, 'tb_1'), seats(state, 'tb_2')], [['p_me', 'p_3'], []]);
  assert.deepEqual(
    [state.place.table, round_of(state).phase, round_of(state).tables],
    ['tb_1', 'seated', [['tb_1', 601_000]]],
  );
});

test('more time for all, from last words back to the talk', () => {
  const state = fold(
    two_tables(),
    push('round.wrapping', { ends_at: 631_000 }),
    push('round.extended', { ends_at: 751_000 }),
  );
  assert.deepEqual(
    [round_of(state).phase, round_of(state).ends_at, round_of(state).tables[1][1]],
    ['seated', 751_000, 751_000],
  );
  assert.deepEqual(round_of(state).wrapping, []);
  const own = fold(
    two_tables(),
    push('round.extended', { ends_at: 900_000, table: 'tb_1' }),
    push('round.extended', { ends_at: 700_000 }),
  );
  assert.deepEqual(round_of(own).tables, [
    ['tb_1', 900_000],
    ['tb_2', 700_000],
  ]);
});

test('more time for one table gives it an end of its own, and its wish is met', () => {
  const asked = push('round.time_asked', { table: 'tb_1', yes: 1, of: 2 }, on_table);
  const state = fold(
    two_tables(),
    desk_opened({ time_asked: [{ table: 'tb_2', yes: 1, of: 2 }] }),
    asked,
    { ...asked, ...on_desk },
    push('round.extended', { ends_at: 700_000, table: 'tb_1' }),
  );
  assert.deepEqual(round_of(state).tables, [
    ['tb_1', 700_000],
    ['tb_2', 601_000],
  ]);
  assert.deepEqual(
    [state.talks.tb_1.time_asked, state.desk.time_asked],
    [null, [{ table: 'tb_2', yes: 1, of: 2 }]],
  );
});

test('a pause stops the clock; going on tells new ends', () => {
  const paused = fold(two_tables(), push('round.paused', {}, { at: 101_000 }));
  assert.deepEqual([round_of(paused).paused_at, round_of(paused).ends_at], [101_000, 601_000]);
  const on = round_of(
    fold(paused, push('round.resumed', { ends_at: 661_000, tables: [['tb_2', 700_000]] })),
  );
  assert.deepEqual(
    [on.paused_at, on.ends_at, on.tables],
    [
      null,
      661_000,
      [
        ['tb_1', 661_000],
        ['tb_2', 700_000],
      ],
    ],
  );
});

test('sitting out lapses with the round it was for', () => {
  const out = push('round.sat_out', { person: 'p_me', on: true });
  const end = push('round.ended', { number: 1 });
  let state = fold(in_room(), out);
  assert.deepEqual(Object.keys(state.sitting_out), ['p_me']);
  assert.deepEqual(fold(state, announced(), started(), end).sitting_out, {});
  state = fold(two_tables(), out, end);
  assert.deepEqual(Object.keys(state.sitting_out), ['p_me'], 'this one and the next');
  assert.deepEqual(fold(state, started({ number: 2 }), end).sitting_out, {});
  assert.deepEqual(
    fold(two_tables(), out, push('round.sat_out', { person: 'p_me', on: false })).sitting_out,
    {},
  );
});

test('staff are not seated unless they say so', () => {
  const as_staff = fold(
    in_room(),
    push('presence', { joined: [person('p_9', { role: 'facilitator' })], left: [], changed: [] }),
  );
  const joins = fold(as_staff, push('round.sat_out', { person: 'p_9', on: false }));
  assert.deepEqual([joins.joining_in, joins.sitting_out], [['p_9'], {}]);
  assert.deepEqual(fold(joins, push('round.sat_out', { person: 'p_9', on: true })).joining_in, []);
});

test('words to all tables, and how many have seen them', () => {
  const seen = { room: 'rm_1', of: 30, tables: 9, tables_of: 11 };
  let state = fold(
    in_room(),
    desk_opened(),
    push('broadcast.posted', { body: 'Tea is ready' }, { offset: 30, at: 5, by: 'p_9' }),
    push('broadcast.seen', seen, { ...on_desk, offset: undefined }),
  );
  assert.deepEqual(state.broadcast, {
    room: 'rm_1',
    offset: 30,
    at: 5,
    by: 'p_9',
    body: 'Tea is ready',
  });
  assert.deepEqual(state.desk.seen, seen);
  state = fold(state, push('broadcast.posted', { body: 'More tea' }, { offset: 31 }));
  assert.equal(state.desk.seen, null, 'nobody has seen the next one yet');
});

test('the chair is offered, and taken', () => {
  const offered = fold(two_tables(), push('chair.offered', { people: ['p_me'] }));
  assert.deepEqual(round_of(offered).chair_offered, ['p_me']);
  const taken = round_of(fold(offered, push('chair.taken', { by: 'p_me' }, { by: 'p_me' })));
  assert.deepEqual([taken.chair, taken.chair_offered], ['p_me', []]);
});

test('a table asks for time, becomes too small, draws a question', () => {
  const ask = (/** @type {string} */ by, /** @type {number} */ yes) =>
    push('round.time_asked', { table: 'tb_1', yes, of: 4 }, { ...on_table, by });
  let state = fold(two_tables(), ask('p_me', 1), ask('p_3', 2));
  assert.deepEqual(state.talks.tb_1.time_asked, { yes: 2, of: 4, by: ['p_me', 'p_3'] });
  const shrunk = { table: 'tb_1', left: 1, into: 'tb_2', at: 9_000, yes: 0, of: 1 };
  state = fold(
    state,
    push('table.shrunk', shrunk, on_table),
    push('opener.drawn', { table: 'tb_1', opener: { card: 9 } }, on_table),
  );
  const { table: _table, ...told } = shrunk;
  assert.deepEqual([state.talks.tb_1.shrunk, state.talks.tb_1.opener], [told, { card: 9 }]);
  state = fold(
    state,
    push('table.shrunk', { table: 'tb_1', left: 0, into: null, yes: 0, of: 0 }, on_table),
  );
  assert.equal(state.talks.tb_1.shrunk, null);
});

test('a snapshot tells a round whole, and who sits out', () => {
  const opened = structuredClone(room_opened);
  Object.assign(opened.data.state, {
    room: { ...opened.data.state.room, round: ROUND },
    sitting_out: ['p_3'],
    joining_in: ['p_9'],
    broadcast: { offset: 4, at: 3, by: 'p_9', body: 'Hello' },
  });
  const state = fold(in_room(), opened);
  assert.deepEqual(round_of(state), { ...ROUND, wrapping: [] });
  const finishing = structuredClone(opened);
  Object.assign(finishing.data.state.room, {
    round: { ...ROUND, phase: 'wrapping', tables: [...ROUND.tables.slice(0, 1), ['tb_2', 9e9]] },
  });
  assert.deepEqual(round_of(fold(in_room(), finishing)).wrapping, ['tb_1']);
  assert.deepEqual(
    [state.sitting_out, state.joining_in, state.broadcast.room, state.round_table],
    [{ p_3: 1 }, ['p_9'], 'rm_1', 'tb_2'],
  );
});

test('what the event tells of a round never replaces what its room tells', () => {
  const thin = { ...ROUND, tables: undefined, number: 1 };
  const rooms = HELLO.event.rooms.map((room) => ({ ...room, round: thin }));
  const hello = { ...HELLO, event: { ...HELLO.event, rooms } };
  const kept = apply_hello(two_tables(), hello, new Set(['room:rm_1']));
  assert.deepEqual([round_of(kept).tables.length, round_of(kept).chair], [2, 'p_9']);
  const elsewhere = apply_hello(fold(in_room()), hello, new Set());
  assert.equal(elsewhere.rooms.rm_lobby.round?.number, 1);
});

test('a table opening brings its people, its question and what is asked of it', () => {
  const state = fold(two_tables(), {
    push: 'stream.opened',
    ...on_table,
    data: {
      epoch: 'e',
      offset: 0,
      messages: [],
      state: {
        table: table('tb_1'),
        people: [person('p_77', { name: 'Far away' })],
        visitors: [],
        knocks: [],
        opener: { text: 'Why?' },
        time_asked: { yes: 1, of: 3 },
      },
    },
  });
  assert.equal(state.people.p_77.name, 'Far away');
  assert.deepEqual(
    [state.talks.tb_1.opener, state.talks.tb_1.time_asked, state.talks.tb_1.shrunk],
    [{ text: 'Why?' }, { yes: 1, of: 3, by: [] }, null],
  );
});

test('a round of a room one has left is not kept', () => {
  const state = fold(two_tables(), { push: 'stream.closed', stream: 'room:rm_1', data: {} });
  assert.deepEqual([round_of(state), state.broadcast, state.round_table], [null, null, null]);
});
