// The arithmetic of a list that is drawn only near the view: heights, positions, what is drawn.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covers, drawn_rows, gaps_of, Heights, row_at, tops_of } from '../src/app/windowing.js';

const keys = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => i);

/** @param {number} count @param {(key: number) => number} px */
function measured(count, px) {
  const heights = new Heights();
  for (const key of keys(count)) heights.set(key, px(key));
  return tops_of(keys(count), heights);
}

test('what was not measured is taken for as high as what was', () => {
  const heights = new Heights();
  heights.set('a', 20);
  heights.set('b', 40);
  assert.deepEqual([heights.of('a'), heights.of('b'), heights.of('c')], [20, 40, 30]);
});

test('a height that did not change says so', () => {
  const heights = new Heights();
  assert.deepEqual([heights.set('a', 20), heights.set('a', 20), heights.set('a', 21)], [
    true,
    false,
    true,
  ]);
  assert.equal(heights.of('a'), 21);
});

test('a row that grows counts once in the guess', () => {
  const heights = new Heights();
  heights.set('a', 20);
  heights.set('a', 40);
  assert.equal(heights.of('unknown'), 40);
});

test('once enough was measured the guess stands, so that nothing moves with each row', () => {
  const heights = new Heights();
  for (const key of keys(40)) heights.set(key, 30);
  for (let key = 40; key < 80; key++) heights.set(key, 90);
  assert.equal(heights.of('unknown'), 30);
});

test('forgetting heights keeps the guess', () => {
  const heights = new Heights();
  heights.set('a', 20);
  heights.set('b', 40);
  heights.forget();
  assert.deepEqual([heights.of('a'), heights.of('b')], [30, 30]);
});

test('heights of rows that are gone are let go of, those that are there stay', () => {
  const heights = new Heights();
  for (const key of keys(1_000)) heights.set(key, key);
  heights.keep([998, 999]);
  assert.deepEqual([heights.of(998), heights.of(999)], [998, 999]);
  assert.notEqual(heights.of(500), 500);
});

test('rows stand one below the other, and the last number is where the list ends', () => {
  assert.deepEqual([...measured(3, (key) => 10 * (key + 1))], [0, 10, 30, 60]);
  assert.deepEqual([...tops_of([], new Heights())], [0]);
});

test('the row at a height is found, and the ends beyond the ends', () => {
  const tops = measured(4, () => 10);
  assert.deepEqual(
    [-5, 0, 9.9, 10, 39, 40, 400].map((y) => row_at(tops, y)),
    [0, 0, 0, 1, 3, 3, 3],
  );
  assert.equal(row_at(tops_of([], new Heights()), 7), 0);
});

test('the row at every height is the one a plain search finds', () => {
  const tops = measured(60, (key) => 1 + ((key * 7919) % 13));
  for (let y = 0; y < tops[60]; y += 0.5) {
    const plain = [...tops].findLastIndex((top, i) => i < 60 && top <= y);
    assert.equal(row_at(tops, y), plain);
  }
});

test('what is drawn is what meets the stretch, and what must not go', () => {
  const tops = measured(100, () => 10);
  assert.deepEqual(drawn_rows(tops, 495, 521, []), [49, 50, 51, 52]);
  assert.deepEqual(drawn_rows(tops, 495, 505, [3, 50, 80, 3, -1]), [3, 49, 50, 80]);
  assert.deepEqual(drawn_rows(tops, -500, 5, []), [0]);
  assert.deepEqual(drawn_rows(tops_of([], new Heights()), 0, 100, [0]), []);
});

test('a stretch is covered when the rows at the view reach past both its ends', () => {
  const tops = measured(100, () => 10);
  const drawn = drawn_rows(tops, 400, 600, [5]);
  assert.equal(covers(tops, drawn, 400, 600), true);
  assert.equal(covers(tops, drawn, 399, 600), false);
  assert.equal(covers(tops, drawn, 400, 611), false);
  assert.equal(covers(tops, drawn, 0, 40), false);
  assert.equal(covers(tops, drawn_rows(tops, 50, 51, []), 900, 950), false);
});

test('a row kept from elsewhere does not pass for the rows between', () => {
  const tops = measured(100, () => 10);
  assert.equal(covers(tops, [10, 11, 12, 90], 105, 135), false);
});

test('beyond the ends of the list nothing is missing', () => {
  const tops = measured(10, () => 10);
  assert.equal(covers(tops, drawn_rows(tops, -700, 700, []), -400, 500), true);
  assert.equal(covers(tops_of([], new Heights()), [], -400, 500), true);
});

test('the room left is as high as the rows that are not drawn', () => {
  const tops = measured(10, (key) => key + 1);
  const drawn = [2, 3, 7];
  const { before, after } = gaps_of(tops, drawn);
  assert.deepEqual([before, after], [[3, 0, 18], 19]);
  const heights = drawn.reduce((sum, row) => sum + tops[row + 1] - tops[row], 0);
  assert.equal(before.reduce((sum, gap) => sum + gap, after) + heights, tops[10]);
  assert.deepEqual(gaps_of(tops, []), { before: [], after: tops[10] });
});
