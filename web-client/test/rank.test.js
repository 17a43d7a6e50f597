// Whom one may moderate: by the highest role each holds, and where by the room they are in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { may_choose, may_to, outranks, room_with } from '../src/app/rank.js';
import { is_staff } from '../src/store/moderation.js';
import { fold, in_room, person } from './store/support.js';

const ROOM = ['report.handle', 'person.warn', 'person.mute', 'person.move', 'message.delete'];

/** One who moderates a room, with its others. @param {any} [more] */
function keeper_of(room = 'rm_1', more = {}) {
  const desk = {
    push: 'stream.opened',
    stream: 'desk:ev_1',
    data: {
      state: {
        roles: [
          { person: 'p_me', role: 'moderator', scope: room },
          { person: 'p_2', role: 'facilitator', scope: 'rm_lobby' },
          { person: 'p_3', role: 'moderator', scope: 'rm_lobby' },
        ],
      },
    },
  };
  const state = fold(in_room(), desk);
  const people = { ...state.people, p_4: person('p_4', { role: 'organiser' }) };
  return { ...state, people, room_capabilities: { [room]: ROOM }, ...more };
}

test('a role for one room outranks those below it, and never an equal', () => {
  const state = keeper_of();
  assert.deepEqual(
    ['p_2', 'p_3', 'p_4', 'p_me', 'p_unknown'].map((id) => outranks(state, id)),
    [true, false, false, false, true],
  );
  assert.equal(outranks(in_room(), 'p_2'), false, 'a member outranks nobody');
});

test('it counts for those in that room alone', () => {
  const here = keeper_of('rm_1', { capabilities: [] });
  assert.deepEqual(
    [may_to(here, 'mute', 'p_2'), may_to(here, 'ban', 'p_2'), may_choose(here, 'p_2')],
    [true, false, true],
  );
  assert.equal(may_to(here, 'mute', 'p_far'), false, 'nobody knows where they are');
  const elsewhere = keeper_of('rm_lobby', { capabilities: [] });
  assert.equal(may_to(elsewhere, 'mute', 'p_2'), false, 'they are not in the lobby');
});

test('a large room does not name everybody who is in it', () => {
  const state = keeper_of('rm_1', { count: 900 });
  assert.equal(room_with(state, 'p_far'), 'rm_1');
});

test('somebody is staff of the room their role is for', () => {
  const state = keeper_of('rm_1', { capabilities: [] });
  assert.deepEqual(
    [is_staff(state), is_staff(state, 'rm_1'), is_staff(state, 'rm_lobby')],
    [true, true, false],
  );
});
