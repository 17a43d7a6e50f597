// Which messages of a stream are held: the latest, or those around the place one reads at.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at_latest,
  latest_of,
  LATE_KEPT,
  message_of,
  MESSAGES_KEPT,
  pinned_in,
  with_aside,
  with_changed,
  with_earlier,
  with_later,
  with_page_at,
  with_said,
} from '../../src/store/held.js';
import { empty_stream } from '../../src/store/state.js';

/** @typedef {import('../../src/store/state.js').Stream} Stream */

/** @param {number} offset @param {any} [more] @returns {any} */
const message = (offset, more = {}) => ({
  offset,
  at: offset,
  by: 'p_2',
  body: `${offset}`,
  edited: false,
  deleted: false,
  pinned: false,
  reactions: {},
  ...more,
});

/** @param {number} from @param {number} to both included */
const run = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i));

/** @param {number} from @param {number} to @param {Partial<Stream>} [more] @returns {Stream} */
const stream = (from, to, more = {}) => ({
  ...empty_stream(),
  messages: run(from, to),
  more: from > 1,
  loaded: true,
  ...more,
});

/** @param {Stream} held @param {number} from @param {number} to */
const say = (held, from, to) => run(from, to).reduce(with_said, held);

/** @param {any[]} messages */
const span = (messages) => [messages[0]?.offset, messages.at(-1)?.offset];

/** Holds that nothing is missing between the first and the last. @param {Stream} held */
function is_whole({ messages }) {
  const [first, last] = span(messages);
  assert.equal(messages.length, last - first + 1);
}

test('while one follows the talk the latest are held', () => {
  const held = say(stream(1, 50), 51, 5_000);
  is_whole(held);
  assert.ok(held.messages.length >= MESSAGES_KEPT && held.messages.length < MESSAGES_KEPT + 250);
  assert.deepEqual([held.messages.at(-1)?.offset, held.more, held.late], [5_000, true, []]);
});

test('while one reads back, what is around the place stays, however much is said', () => {
  const held = say(stream(1, 700, { reading: 300 }), 701, 200_000);
  is_whole(held);
  assert.equal(message_of(held, 300)?.offset, 300);
  assert.equal(held.messages[0].offset, 1);
  assert.ok(held.messages.length <= 1_200);
  assert.deepEqual([held.late.length, ...span(held.late)], [LATE_KEPT, 199_901, 200_000]);
  assert.equal(latest_of(held)?.offset, 200_000);
});

test('what comes in around the place lets go of what is farthest from it', () => {
  let held = stream(5_001, 5_600, { reading: 5_001 });
  for (let before = 5_001; before > 1_001; before -= 100) {
    held = with_earlier({ ...held, reading: before }, run(before - 100, before - 1), true);
    is_whole(held);
    assert.ok(held.messages.length <= 1_200);
    assert.equal(held.messages[0].offset, before - 100);
  }
  assert.deepEqual(span(held.late), [5_501, 5_600]);
});

test('what was said is not said twice', () => {
  const held = stream(1, 5);
  assert.equal(with_said(held, message(5)), held);
  const reading = { ...held, late: run(90, 95), reading: 2 };
  assert.equal(with_said(reading, message(95)), reading);
});

test('reading on, what is held meets the last few, and they become one', () => {
  const held = stream(1, 500, { reading: 450, late: run(651, 750) });
  const on = with_later(held, run(501, 600), 600);
  assert.deepEqual([span(on.messages), on.late.length], [[1, 600], 100]);
  const met = with_later(on, run(601, 700), 700);
  is_whole(met);
  assert.deepEqual([span(met.messages), met.late], [[1, 750], []]);
});

test('they meet where nothing was said between, too', () => {
  const held = stream(1, 500, { reading: 450, late: run(560, 600) });
  assert.equal(with_later(held, [], 558).late.length, 41);
  const met = with_later(held, [], 559);
  assert.deepEqual([met.messages.length, met.late], [541, []]);
});

test('to the latest needs nothing from the server', () => {
  const held = at_latest(say(stream(1, 700, { reading: 300 }), 701, 3_000));
  assert.deepEqual([span(held.messages), held.late, held.more, held.reading], [
    [2_901, 3_000],
    [],
    true,
    0,
  ]);
  const following = stream(1, 20);
  assert.equal(at_latest(following), following);
  assert.deepEqual(span(at_latest(stream(1, 1_100, { reading: 9 })).messages), [501, 1_100]);
});

test('a page from far back takes the place of what is held', () => {
  const held = with_page_at(stream(9_001, 9_600), run(101, 200), true, 150);
  assert.deepEqual([span(held.messages), held.more, held.reading], [[101, 200], true, 150]);
  assert.deepEqual(span(held.late), [9_501, 9_600]);
});

test('a page that meets what is held joins it', () => {
  const held = with_page_at(stream(151, 600), run(101, 200), true, 120);
  is_whole(held);
  assert.deepEqual([span(held.messages), held.more, held.late], [[101, 600], true, []]);
  const first = with_page_at(stream(51, 600), run(1, 100), false, 20);
  assert.deepEqual([span(first.messages), first.more], [[1, 600], false]);
  // A page from within says nothing of what stands before what is held.
  const within = with_page_at(stream(1, 600, { more: false }), run(101, 200), true, 150);
  assert.deepEqual([span(within.messages), within.more], [[1, 600], false]);
});

test('a page that meets the last few joins them', () => {
  const reading = stream(1, 500, { reading: 450, late: run(901, 1_000) });
  const held = with_page_at(reading, run(851, 950), true, 900);
  is_whole(held);
  assert.deepEqual([span(held.messages), held.late], [[851, 1_000], []]);
});

test('what is pinned stays at hand when it is let go of, in order and once', () => {
  const pinned = message(3, { pinned: true });
  const start = { ...stream(1, 50), messages: [...run(1, 2), pinned, ...run(4, 50)] };
  const held = say(start, 51, 3_000);
  assert.equal(held.messages[0].offset > 3, true);
  assert.deepEqual(
    pinned_in(held).map(({ offset }) => offset),
    [3],
  );
  const back = with_earlier({ ...held, messages: run(4, 10), reading: 5 }, [pinned], false);
  assert.equal(pinned_in(back).length, 1);
  const unpinned = with_changed(back, 3, (each) => ({ ...each, pinned: false }));
  assert.deepEqual(pinned_in(unpinned), []);
});

test('a change reaches a message wherever it is held, and is nothing where it is not', () => {
  const held = with_aside(stream(100, 200, { reading: 150, late: run(900, 950) }), message(7));
  for (const offset of [150, 920, 7]) {
    const next = with_changed(held, offset, (each) => ({ ...each, body: 'changed' }));
    assert.equal(message_of(next, offset)?.body, 'changed');
    assert.equal(message_of(held, offset)?.body, `${offset}`);
  }
  assert.equal(
    with_changed(held, 5_000, (each) => each),
    held,
  );
  assert.equal(message_of(held, 5_000), undefined);
});

test('what is kept aside is bounded', () => {
  let held = stream(1_000, 1_001);
  for (let offset = 1; offset < 900; offset++) held = with_aside(held, message(offset));
  assert.ok(held.aside.length <= 100);
  assert.equal(message_of(held, 899)?.offset, 899);
});
