// A passphrase is judged by its length and by how much of it is new.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strength_of } from '../src/app/passphrase.js';

test('too few signs are too few, whatever they are', () => {
  assert.equal(strength_of(''), 'short');
  assert.equal(strength_of('aZ9!kQ2#x'), 'short');
  assert.equal(strength_of('🐑🐑🐑🐑'), 'short', 'counted as a person counts');
});

test('repetition, a row of signs, one’s own name: anyone tries those first', () => {
  for (const each of ['aaaaaaaaaaaaaaaa', '123456789012345', 'abababababababab', 'abcdefghijklmno'])
    assert.equal(strength_of(each), 'guessable', each);
  assert.equal(strength_of('marie.lindqvist1', ['marie.lindqvist']), 'guessable');
  assert.equal(strength_of('Lindqvist2026', ['m', 'Marie Lindqvist']), 'guessable');
});

test('more words are better than more kinds of signs', () => {
  assert.equal(strength_of('tulip harbour'), 'fair');
  assert.equal(strength_of('tulip harbour sixteen trains'), 'good');
});
