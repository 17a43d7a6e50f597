// The messages of a stream: posted, changed, kept within bounds.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../src/store/apply.js';
import { add_history } from '../../src/store/chat.js';
import { MESSAGES_KEPT } from '../../src/store/held.js';
import { fold, in_room, push } from './support.js';

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

test('what an erased person said here is stones, and their card is nobody’s', () => {
  const state = fold(
    in_room(),
    push('message.posted', { body: 'mine' }, { offset: 9, by: 'p_2' }),
    push('message.posted', { body: 'theirs' }, { offset: 10, by: 'p_3' }),
    push('person.erased', { person: 'p_2' }, { offset: 11, by: undefined }),
  );
  const said = state.streams['room:rm_1'].messages.map((/** @type {any} */ message) => [
    message.body,
    message.deleted,
  ]);
  assert.deepEqual(said.slice(-2), [
    ['', true],
    ['theirs', false],
  ]);
  assert.equal(state.people.p_2.name, 'Someone who left');
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

test('what somebody who erased themselves said stands blank, and nothing else does', () => {
  const said = (/** @type {number} */ offset, /** @type {string} */ by) =>
    push('message.posted', { body: 'hi' }, { offset, by });
  const state = fold(
    in_room(),
    said(10, 'p_3'),
    said(11, 'p_2'),
    push('person.erased', { person: 'p_3' }),
  );
  assert.deepEqual(
    state.streams['room:rm_1'].messages.map((/** @type {any} */ each) => [each.by, each.body]),
    [
      ['p_2', 'hi'],
      ['p_3', ''],
      ['p_2', 'hi'],
    ],
  );
});
