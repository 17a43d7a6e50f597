// The countdown: what it says for each time left, and that it is drawn again exactly when that
// changes, so that it is never behind.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changes_in_ms, left_said, left_words } from '../src/app/round_time.js';
import { load_words } from '../src/app/text.js';

await load_words('rounds');
const MINUTE = 60_000;

test('whole minutes until the last one, then seconds', () => {
  const words = [
    [10 * MINUTE, '10 min'],
    [8 * MINUTE + 29_999, '8 min'],
    [7 * MINUTE + 30_000, '8 min'],
    [7 * MINUTE + 29_999, '7 min'],
    [MINUTE + 1, '1 min'],
    [MINUTE, '1:00'],
    [59_001, '1:00'],
    [59_000, '0:59'],
    [9_500, '0:10'],
    [1, '0:01'],
    [0, '0:00'],
  ];
  for (const [ms, expected] of words) assert.equal(left_words(Number(ms)), expected, String(ms));
  assert.equal(left_said(5 * MINUTE), '5 minutes');
  assert.equal(left_said(MINUTE / 60), '1 second');
});

test('it is drawn again when its words change, and not before', () => {
  for (let ms = 11 * MINUTE; ms > 0; ms -= 737) {
    const wait = changes_in_ms(ms);
    assert.ok(wait > 0, String(ms));
    if (wait > 2) assert.equal(left_words(ms - wait + 2), left_words(ms), `before, at ${ms}`);
    assert.notEqual(left_words(Math.max(0, ms - wait - 1)), left_words(ms), `after, at ${ms}`);
  }
});
