// Finding the many of a raid: guests who wrote lately, those who wrote most first.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fresh_faces, wrote_lately } from '../src/app/crowd.js';
import { change } from '../src/app/store.js';
import { fold, in_room, person, push } from './store/support.js';

globalThis.requestAnimationFrame ??= /** @type {any} */ (() => 0);
globalThis.document ??= /** @type {any} */ ({ hidden: false });

const NOW = 1_000_000;
const joined = (/** @type {any[]} */ people, /** @type {number} */ at) =>
  push('presence', { joined: people, left: [], changed: [], count: 9 }, { at });
const posted = (/** @type {number} */ offset, /** @type {string} */ by, /** @type {number} */ ago_s) =>
  push('message.posted', { body: `m${offset}` }, { offset, by, at: NOW - ago_s * 1000 });

/** A moderator in a room with two guests, a member and another moderator. */
function raided() {
  const state = fold(
    { ...in_room(), desk: null },
    { push: 'stream.opened', stream: 'desk:ev_1', data: { epoch: 'e', offset: 0, state: {} } },
    joined([person('p_me', { role: 'moderator' }), person('p_mo', { role: 'moderator' })], 1),
    joined([person('p_g1', { guest: true }), person('p_g2', { guest: true })], NOW - 30_000),
    posted(4, 'p_g1', 90),
    posted(5, 'p_g2', 50),
    posted(6, 'p_2', 40),
    posted(7, 'p_g2', 20),
    posted(8, 'p_mo', 10),
  );
  change(() => state);
  return state;
}
const found = (/** @type {any} */ how) =>
  wrote_lately(
    raided(),
    { minutes: 5, guests_only: true, fresh_only: false, ...how },
    NOW,
  ).map(({ person: id, wrote }) => [id, wrote]);

test('guests who wrote within the minutes, those who wrote most first', () => {
  assert.deepEqual(found({}), [
    ['p_g2', 2],
    ['p_g1', 1],
  ]);
  assert.deepEqual(found({ minutes: 1 }), [['p_g2', 2]]);
});

test('members too where they are wanted, but nobody whom one may not moderate', () => {
  assert.deepEqual(
    found({ guests_only: false }).map(([id]) => id),
    ['p_g2', 'p_g1', 'p_2'],
  );
});

test('who just came is known by when they came', () => {
  assert.deepEqual([...fresh_faces(raided(), NOW)].sort(), ['p_g1', 'p_g2']);
  assert.deepEqual([...fresh_faces(raided(), NOW + 60 * 60_000)], []);
  assert.deepEqual(found({ guests_only: false, fresh_only: true }).map(([id]) => id), [
    'p_g2',
    'p_g1',
  ]);
});

test('the last words are shown, and a snapshot makes nobody new', () => {
  const [first] = wrote_lately(
    raided(),
    { minutes: 5, guests_only: true, fresh_only: false },
    NOW,
  );
  assert.deepEqual([first.last, first.fresh], ['m7', true]);
  const { desk } = fold(raided(), push('presence', { all: true, joined: [person('p_9')] }));
  assert.ok(!desk.arrived.some((/** @type {any} */ [id]) => id === 'p_9'));
});
