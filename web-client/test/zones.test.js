// A date field means an instant in the event's zone, whatever the clocks do there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all_zones, instant_of, is_zone, own_zone, wall_time } from '../src/app/zones.js';

const HOUR = 3_600_000;
const utc = (/** @type {string} */ text) => Date.parse(`${text}Z`);

test('a field shows the time of the zone', () => {
  const at = utc('2026-03-04T13:30');
  assert.equal(wall_time(at, 'Europe/Copenhagen'), '2026-03-04T14:30');
  assert.equal(wall_time(at, 'America/New_York'), '2026-03-04T08:30');
  assert.equal(wall_time(utc('2026-01-01T00:00'), 'UTC'), '2026-01-01T00:00');
});

test('what a field shows means the instant it was made of, in every zone and season', () => {
  for (const zone of all_zones().filter((_zone, i) => i % 12 === 0)) {
    for (let at = utc('2026-01-10T11:00'); at < utc('2027-01-01T00:00'); at += 700 * HOUR) {
      assert.equal(instant_of(wall_time(at, zone), zone), at, `${zone} ${new Date(at)}`);
    }
  }
});

test('a time that the clocks skip is the one an hour later', () => {
  assert.equal(instant_of('2026-03-29T02:30', 'Europe/Copenhagen'), utc('2026-03-29T01:30'));
  assert.equal(
    wall_time(Number(instant_of('2026-03-29T02:30', 'Europe/Copenhagen')), 'Europe/Copenhagen'),
    '2026-03-29T03:30',
  );
});

test('a time that the clocks show twice is the first', () => {
  assert.equal(instant_of('2026-10-25T02:30', 'Europe/Copenhagen'), utc('2026-10-25T00:30'));
});

test('an empty field means nothing', () => {
  assert.equal(instant_of('', 'UTC'), null);
  assert.equal(instant_of('tomorrow', 'UTC'), null);
});

test('a zone nobody knows is told from one that is', () => {
  assert.ok(is_zone('Europe/Copenhagen'));
  assert.ok(is_zone(own_zone()));
  assert.ok(!is_zone('Mars/Olympus'));
});
