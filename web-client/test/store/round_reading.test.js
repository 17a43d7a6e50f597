// Reading a round: what is left by the server's clock, whose table is finishing, who sits alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  end_of_table,
  is_wrapping,
  leads_here,
  left_ms,
  live_tables,
  my_part,
  newcomers_here,
  sits_out,
} from '../../src/store/round_reading.js';
import { fold, in_room, person, push } from './support.js';

/** @type {import('../../src/store/state.js').Round} */
const ROUND = {
  plan: 'pl_1',
  number: 1,
  of: 2,
  phase: 'seated',
  starts_at: 1_000,
  ends_at: 601_000,
  minutes: 10,
  size: 3,
  paused_at: null,
  repeats: 0,
  chair: 'p_9',
  chair_offered: [],
  tables: [
    ['tb_1', 601_000],
    ['tb_2', 721_000],
  ],
  wrapping: [],
};

/** @param {any} [change] @param {[string, string[]][]} [seats] */
function with_round(change = {}, seats = [['tb_2', ['p_me', 'p_3']]]) {
  const start = push('round.started', { ...ROUND, seats });
  const state = fold(in_room(), start);
  const room = { ...state.rooms.rm_1, round: { ...ROUND, ...change } };
  return { ...state, rooms: { ...state.rooms, rm_1: room } };
}

test('what is left: until the start, until the own end, until the last word', () => {
  assert.equal(left_ms({ ...ROUND, phase: 'announced', starts_at: 31_000 }, null, 1_000), 30_000);
  assert.equal(left_ms(ROUND, 'tb_1', 101_000), 500_000);
  assert.equal(left_ms(ROUND, 'tb_2', 101_000), 620_000, 'a table may have an end of its own');
  assert.equal(left_ms(ROUND, null, 101_000), 500_000, 'on the sofa the round as a whole counts');
  assert.equal(left_ms(ROUND, 'tb_1', 999_000), 0, 'never less than nothing');
  assert.equal(left_ms({ ...ROUND, phase: 'plenary' }, 'tb_1', 0), 0);
});

test('a pause holds what is left', () => {
  const paused = { ...ROUND, paused_at: 201_000 };
  assert.deepEqual(
    [left_ms(paused, 'tb_1', 201_000), left_ms(paused, 'tb_1', 500_000)],
    [400_000, 400_000],
  );
});

test('a table finishes with all, or before them', () => {
  assert.equal(is_wrapping(ROUND, 'tb_1'), false);
  assert.equal(is_wrapping({ ...ROUND, wrapping: ['tb_1'] }, 'tb_1'), true);
  assert.equal(is_wrapping({ ...ROUND, wrapping: ['tb_1'] }, 'tb_2'), false);
  assert.equal(end_of_table(ROUND, 'tb_9'), 601_000);
});

test('my part in it', () => {
  assert.equal(my_part(in_room()), 'none');
  assert.equal(my_part(with_round()), 'table');
  assert.equal(my_part(with_round({}, [['tb_1', ['p_2', 'p_3']]])), 'sofa');
  assert.equal(my_part(with_round({ phase: 'announced', tables: [] })), 'announced');
  assert.equal(my_part(with_round({ phase: 'plenary', tables: [] })), 'plenary');
  assert.equal(my_part(with_round({ phase: 'plenary', number: 0, tables: [] })), 'none');
});

test('members sit out by choice, staff join in by choice', () => {
  assert.equal(sits_out(in_room()), false);
  assert.equal(
    sits_out(fold(in_room(), push('round.sat_out', { person: 'p_me', on: true }))),
    true,
  );
  const staff = in_room();
  const me = person('p_me', { role: 'facilitator' });
  const as_staff = { ...staff, people: { ...staff.people, p_me: me } };
  assert.equal(sits_out(as_staff), true);
  const joined = fold(as_staff, push('round.sat_out', { person: 'p_me', on: false }));
  assert.equal(sits_out(joined), false);
});

test('who leads: by role, or with the chair', () => {
  assert.equal(leads_here(in_room()), false);
  assert.equal(leads_here({ ...in_room(), capabilities: ['round.run'] }), true);
  assert.equal(leads_here(with_round({ chair: 'p_me' })), true);
});

test('someone is new at my table for a minute, and never to themselves', () => {
  const newcomers = [
    { table: 'tb_2', person: 'p_5', at: 1_000 },
    { table: 'tb_2', person: 'p_me', at: 1_000 },
    { table: 'tb_1', person: 'p_6', at: 1_000 },
  ];
  const state = { ...with_round(), newcomers };
  const names = (/** @type {number} */ now) =>
    newcomers_here(state, now).map((each) => each.person);
  assert.deepEqual([names(2_000), names(62_000)], [['p_5'], []]);
});

test('a table with one awake comes first; away counts as empty', () => {
  const seats = /** @type {[string, string[]][]} */ ([
    ['tb_1', ['p_me', 'p_4']],
    ['tb_2', ['p_2', 'p_3']],
  ]);
  const state = fold(
    with_round({}, seats),
    push('presence', { joined: [], left: [], changed: [['p_3', 'away']] }, { offset: undefined }),
    push('presence', { joined: [], left: [], changed: [['p_2', 'reconnecting']] }, {}),
  );
  const live = live_tables(state, state.rooms.rm_1);
  assert.deepEqual(
    live.map((each) => [each.table.id, each.awake, each.ends_at, each.help]),
    [
      ['tb_2', 1, 721_000, false],
      ['tb_1', 2, 601_000, false],
    ],
  );
});
