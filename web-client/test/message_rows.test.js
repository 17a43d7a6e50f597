// What a list of messages shows, row by row.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { row_of, rows_of } from '../src/app/message_rows.js';

const MINUTE = 60_000;
const noon = new Date(2026, 2, 3, 12).getTime();
const midnight = new Date(2026, 2, 4).getTime();

/** @param {number} offset @param {any} [more] @returns {any} */
const message = (offset, more = {}) => ({ offset, at: noon, by: 'p_1', body: 'x', ...more });

/** @param {any[]} messages @param {number} [new_from] */
const keys = (messages, new_from = 0) => rows_of(messages, new_from).map(({ key }) => key);

test('a day is said before its first message', () => {
  const late = { at: midnight - 1 };
  const early = { at: midnight };
  assert.deepEqual(keys([message(3), message(4, late), message(7, early)]), [
    'day 3',
    3,
    4,
    'day 7',
    7,
  ]);
  assert.deepEqual(keys([]), []);
});

test('days are told apart where clocks change too', () => {
  const days = [27, 28, 29, 30].map((day) => message(day, { at: new Date(2026, 2, day).getTime() }));
  assert.equal(keys(days).filter((key) => String(key).startsWith('day')).length, 4);
});

test('what is new has its line, but not above everything', () => {
  const messages = [message(1), message(2), message(3)];
  assert.deepEqual(keys(messages, 2), ['day 1', 1, 'new', 2, 3]);
  assert.deepEqual(keys(messages, 1), ['day 1', 1, 2, 3]);
  assert.deepEqual(keys(messages, 9), ['day 1', 1, 2, 3]);
});

test('what one says in the same breath is joined, and nothing else', () => {
  const joined = (/** @type {any} */ second, new_from = 0) =>
    rows_of([message(1), message(2, second)], new_from).at(-1)?.joined;
  assert.equal(joined({}), true);
  assert.equal(joined({ at: noon + 6 * MINUTE }), false);
  assert.equal(joined({ by: 'p_2' }), false);
  assert.equal(joined({ reply_to: 1 }), false);
  assert.equal(joined({}, 2), false);
});

test('messages are counted, lines between them are not', () => {
  assert.deepEqual(
    rows_of([message(4), message(9)], 9).map(({ nth }) => nth),
    [0, 1, 0, 2],
  );
});

test('a message’s row is found, or that of the next one', () => {
  const rows = rows_of([message(4), message(9), message(12)], 9);
  assert.deepEqual(
    [1, 4, 5, 9, 12, 13].map((offset) => rows[row_of(rows, offset)]?.key),
    [4, 4, 9, 9, 12, undefined],
  );
});
