// The feed of a group's events, kept by tests/server/calendar_test.cpp, as ical.js reads it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import ICAL from 'ical.js';

const text = readFileSync(new URL('../data/group.ics', import.meta.url), 'utf8');
const calendar = new ICAL.Component(ICAL.parse(text));
const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));

test('a feed has its name and one event each', () => {
  // Of properties beyond the standard ical.js leaves the escapes in place.
  const name = calendar.getFirstPropertyValue('x-wr-calname');
  assert.equal(name, 'Circle\\; of "leaders"\\, 2027');
  assert.equal(calendar.getFirstPropertyValue('version'), '2.0');
  assert.equal(events.length, 5);
  assert.equal(new Set(events.map(({ uid }) => uid)).size, 5);
  for (const { uid } of events) assert.match(uid, /^ev_[0-9a-z]{13}@hallway$/);
});

test('odd titles come through as they were', () => {
  assert.deepEqual(
    events.map(({ summary }) => summary),
    [
      'Food; drinks, "talk" \\ and more: 100%',
      'å👩🏽‍💻'.repeat(60),
      'END:VEVENT\nBEGIN:VEVENT',
      'A bell, a tab\t, a return and a line\nmore',
      'Ends never',
    ],
  );
});

test('times, changes and the way there are told', () => {
  const [first] = events;
  assert.equal(first.startDate.toJSDate().getTime(), 1806422400000 + 86400000);
  assert.equal(first.duration.toSeconds(), 5400);
  assert.deepEqual(
    events.map(({ sequence }) => sequence),
    [0, 3, 1, 12, 0],
  );
  const stamp = first.component.getFirstPropertyValue('dtstamp').toJSDate().getTime();
  assert.equal(stamp, 1806422400000 - 1000);
  assert.equal(first.component.getFirstPropertyValue('url'), 'https://meet.example.org/g/g_1');
  assert.equal(events[4].component.hasProperty('dtend'), false);
});
