// What a table, the desk and one person are told.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { empty_talk } from '../../src/store/state.js';
import { fold, in_room, person, push, table } from './support.js';

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
    ...empty_talk(),
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
  assert.deepEqual(state.talks.tb_2, empty_talk());
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
  const { help, waiting, time_asked, seen } = state.desk;
  assert.deepEqual([help, waiting, time_asked, seen], [[], [], [], null]);
  state = fold(
    state,
    push('person.removed', { person: 'p_3', reason: '' }, on),
    push('person.muted', { person: 'p_2', scope: 'chat', until_at: 9, reason: '' }, on),
  );
  assert.deepEqual(
    [state.present, state.muted],
    [['p_me', 'p_2'], []],
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
    [[{ scope: 'chat', until_at: 9, reason: 'calm' }], ['p_3']],
  );
  state = fold(
    state,
    push('person.unmuted', {}, on),
    push('person.unblocked', { person: 'p_3' }, on),
  );
  assert.deepEqual([state.muted, state.blocked], [[], []]);
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
