// Who came, as the server lists it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse_csv } from '../src/app/csv.js';

test('rows and fields, the last with or without its line break', () => {
  const rows = [
    ['name', 'minutes'],
    ['Anna', '42'],
  ];
  assert.deepEqual(parse_csv('name,minutes\r\nAnna,42\r\n'), rows);
  assert.deepEqual(parse_csv('name,minutes\nAnna,42'), rows);
  assert.deepEqual(parse_csv('\uFEFFname,minutes\nAnna,42'), rows, 'as a spreadsheet writes it');
});

test('a quoted field holds what would end it', () => {
  assert.deepEqual(parse_csv('"Berg, Anna","said ""hello""","two\nlines",\n'), [
    ['Berg, Anna', 'said "hello"', 'two\nlines', ''],
  ]);
});

test('nothing is no rows', () => {
  assert.deepEqual(parse_csv(''), []);
  assert.deepEqual(parse_csv('\r\n'), []);
});
