// Names for ids. Whom we have not met yet is asked for, all unknown ones of a moment in one
// request.

import { know } from '../store/people.js';
import { command } from './session.js';
import { change, current } from './store.js';
import { t } from './text.js';

/** @typedef {import('../store/state.js').State} State */

const GATHER_MS = 60;
const ASKED_AT_ONCE = 200;

/** @type {Set<string>} */
const wanted = new Set();
/** @type {Set<string>} */
const asked = new Set();

/** @param {State} state @param {string} id */
export function name_of(state, id) {
  const person = state.people[id];
  if (person) return person.name;
  want(id);
  return t('person.someone');
}

/** @param {string} id */
function want(id) {
  if (!id || asked.has(id) || wanted.has(id)) return;
  if (wanted.size === 0) setTimeout(ask, GATHER_MS);
  wanted.add(id);
}

/** @type {(() => void)[]} */
const waiting = [];

/**
 * Calls back when a person's name is known, or could not be learnt.
 * @param {string} id @param {() => void} then
 */
export function once_known(id, then) {
  if (!id || current().people[id]) return then();
  asked.delete(id);
  want(id);
  waiting.push(then);
}

async function ask() {
  // Whoever became known in the meantime, as those at one's table do, is not asked for.
  const people = [...wanted].filter((id) => !current().people[id]).slice(0, ASKED_AT_ONCE);
  const heard = waiting.splice(0);
  wanted.clear();
  for (const id of people) asked.add(id);
  try {
    const ok = people.length ? await command('person.get', { people }) : {};
    change((state) => know(state, ok.people ?? []));
  } catch {
    for (const id of people) asked.delete(id);
  }
  for (const then of heard) then();
}

/** Up to two letters for a name, whole characters each. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = (/** @type {string} */ word) => [...word][0] ?? '';
  const letters =
    words.length > 1 ? first(words[0]) + first(words[words.length - 1]) : first(name.trim());
  return letters.toLocaleUpperCase();
}

const HUES = 8;

/** A calm colour that is always the same for a person. @param {string} id */
export function hue_of(id) {
  let sum = 7;
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) >>> 0;
  return sum % HUES;
}
