// Hello and the streams that open and close: who I am, where, and what there is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply_hello } from '../../src/store/hello.js';
import { empty_state } from '../../src/store/state.js';
import { HELLO, arrived, fold, in_room, person, push, seats } from './support.js';

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

test('a push from the future changes nothing but a count', () => {
  const before = in_room();
  const { unknown, ...rest } = fold(before, push('hand.raised', { person: 'p_2' }));
  const { unknown: none, ...same } = before;
  assert.deepEqual([unknown, none, rest], [1, 0, same]);
});
