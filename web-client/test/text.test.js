// The interface's words: the same keys in every language, every key in use, no word missing,
// nothing shouted and no code shown.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

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

const PARTS = [
  'first',
  'later',
  'desk',
  'rounds',
  'console',
  'safety',
  'moderation',
  'account',
  'groups',
  'organise',
];
/** @param {string} part @param {string} language @returns {Promise<Record<string, any>>} */
const words_of = async (part, language) => {
  const file = part === 'first' ? language : `${part}_${language}`;
  return (await import(`../src/text/${file}.js`)).default;
};
/** @param {string} language */
const all_words = async (language) =>
  Object.fromEntries(
    await Promise.all(PARTS.map(async (part) => [part, await words_of(part, language)])),
  );
const english = await all_words('en');
const danish = await all_words('da');
const en = Object.assign({}, ...Object.values(english));
const da = Object.assign({}, ...Object.values(danish));

/**
 * Everything a file brings with it, by its imports.
 * @param {string} path within src @param {Set<string>} [seen]
 */
function brought_by(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(join(SRC, path), 'utf8');
  for (const [, from] of text.matchAll(/^(?:import|export)(?:[^;'"]*? from)? '(\.[^']+\.js)'/gm)) {
    const next = join(dirname(path), from);
    if (!next.startsWith('text')) brought_by(next, seen);
  }
  return seen;
}

/** @param {any} message */
const forms = (message) => (typeof message === 'string' ? [message] : Object.values(message));
/** @param {string} text */
const values_in = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test('every language has the same keys, in the same order', () => {
  for (const part of PARTS) {
    assert.deepEqual(Object.keys(danish[part]), Object.keys(english[part]), part);
  }
  const total = PARTS.reduce((sum, part) => sum + Object.keys(english[part]).length, 0);
  assert.equal(total, Object.keys(en).length, 'no key is in two files');
});

/** What each part is made of, and the parts whose words are there with it. */
const SPOKEN_IN = {
  first: { entry: 'main.js', parts: ['first'] },
  later: { entry: 'views/later.js', parts: ['first', 'later'] },
  desk: { entry: 'views/staff/desk.js', parts: ['first', 'later', 'desk', 'safety'] },
  safety: { entry: 'views/safety/safety.js', parts: ['first', 'later', 'safety'] },
  moderation: {
    entry: 'views/desk/moderation.js',
    parts: ['first', 'later', 'desk', 'safety', 'moderation'],
  },
  rounds: { entry: 'views/rounds/rounds.js', parts: ['first', 'rounds'] },
  console: { entry: 'views/console/console.js', parts: ['first', 'rounds', 'console'] },
  account: { entry: 'views/account/pages.js', parts: ['first', 'account'] },
  groups: { entry: 'views/groups/group.js', parts: ['first', 'account', 'groups'] },
  organise: {
    entry: 'views/organise/organise.js',
    parts: ['first', 'later', 'desk', 'safety', 'account', 'organise'],
  },
};

test('whatever is on the page speaks only words that came with it', () => {
  const first = brought_by('main.js');
  for (const [part, { entry, parts }] of Object.entries(SPOKEN_IN)) {
    const there = new Set(parts.flatMap((each) => Object.keys(english[each])));
    for (const file of brought_by(entry)) {
      if (part !== 'first' && first.has(file)) continue;
      if (file.startsWith('store')) continue;
      const text = readFileSync(join(SRC, file), 'utf8');
      for (const [, key] of text.matchAll(/'([a-z_]+\.[a-z_]+)'/g)) {
        if (key in en) assert.ok(there.has(key), `${file} says ${key}, which is not there yet`);
      }
    }
  }
});

test('there are sixty questions to begin with, each once, in every language', async () => {
  for (const language of ['en', 'da']) {
    const { default: openers } = await import(`../src/text/openers_${language}.js`);
    assert.equal(new Set(openers).size, 60, language);
    for (const each of openers) {
      assert.ok(each.length <= 90, each);
      assert.match(each, /^\p{Lu}.*\?$/u, each);
    }
  }
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
  const made = [
    ...['role.', 'person.online', 'person.away', 'person.reconnecting'],
    ...['crowd.', 'mod.', 'outcome.', 'sweep.done_'],
  ];
  // What the form of a moderator says of each act: `staff.${doing}_how` and `staff.${doing}_now`.
  const form = readFileSync(join(SRC, 'views/desk/act_form.js'), 'utf8');
  const desk = readFileSync(join(SRC, 'app/desk_actions.js'), 'utf8');
  const typed = `${form} ${desk}`.match(/@typedef \{[^}]*\} (Doing|Act|Undo)/g)?.join() ?? '';
  const acts = new Set([...typed.matchAll(/'(\w+)'/g)].map(([, act]) => `staff.${act}`));
  for (const key of Object.keys(en)) {
    assert.ok(
      code.includes(`'${key}'`) ||
        made.some((prefix) => key.startsWith(prefix)) ||
        acts.has(key.replace(/_(how|now)$/, '')),
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
