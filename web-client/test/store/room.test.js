// A room and its event: people, seats, tables, how many are where.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, in_room, person, push, seats } from './support.js';

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
