// The interface's words: the same keys in every language, every key in use, no word missing,
// nothing shouted and no code shown.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import da from '../src/text/da.js';
import en from '../src/text/en.js';

const SRC = join(dirname(fileURLToPath(import.meta.url)), '../src');

/** @param {string} folder @returns {string} */
const source = (folder) =>
  readdirSync(join(SRC, folder), { withFileTypes: true })
    .map((each) =>
      each.isDirectory()
        ? source(join(folder, each.name))
        : readFileSync(join(SRC, folder, each.name), 'utf8'),
    )
    .join('\n');
const code = source('app') + source('views');

/** @param {any} message */
const forms = (message) => (typeof message === 'string' ? [message] : Object.values(message));
/** @param {string} text */
const values_in = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test('every language has the same keys, in the same order', () => {
  assert.deepEqual(Object.keys(da), Object.keys(en));
});

test('a message has the same plural forms and takes the same values in every language', () => {
  for (const [key, message] of Object.entries(en)) {
    const other = /** @type {any} */ (da)[key];
    assert.equal(typeof other, typeof message, key);
    if (typeof message !== 'string')
      assert.deepEqual(Object.keys(other), Object.keys(message), key);
    const used = new Set(forms(message).flatMap(values_in));
    for (const form of forms(other))
      for (const value of values_in(form)) assert.ok(used.has(value), `${key}: ${value}`);
  }
});

test('every key is used somewhere, and every key used exists', () => {
  // Keys made of a prefix and a word of the protocol: `role.${role}` and `person.${state}`.
  const made = ['role.', 'person.online', 'person.away', 'person.reconnecting'];
  for (const key of Object.keys(en)) {
    assert.ok(
      code.includes(`'${key}'`) || made.some((prefix) => key.startsWith(prefix)),
      `${key} is not used`,
    );
  }
  for (const [, key] of code.matchAll(/\bt\('([\w.]+)'/g))
    assert.ok(key in en, `${key} is not there`);
});

test('a considerate host does not shout, and shows no code', () => {
  for (const messages of [en, da]) {
    for (const [key, message] of Object.entries(messages)) {
      for (const form of forms(message)) {
        assert.ok(form.trim().length > 0, key);
        assert.doesNotMatch(form, /!|_|\bID\b|\berror\b|\bfejlkode\b/i, `${key}: ${form}`);
      }
    }
  }
});
