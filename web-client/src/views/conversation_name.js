// How a conversation is called and where it stands in the list: by its people, the latest first.

import { name_of } from '../app/people.js';
import { join_names, t } from '../app/text.js';
import { latest_of } from '../store/held.js';

/** @typedef {import('../store/state.js').State} State */

/** @param {State} state @param {string} id */
export function conversation_title(state, id) {
  const others = state.conversations[id]?.people.filter((person) => person !== state.me) ?? [];
  if (others.length === 0) return t('conversation.alone');
  const names = others.map((person) => name_of(state, person));
  if (names.length <= 2) return join_names(names);
  return join_names(names.map((name) => name.split(' ')[0]));
}

/** @param {State} state @param {string} id */
const latest_at = (state, id) => latest_of(state.streams[`conversation:${id}`])?.at ?? 0;

/** @type {{key: any, order: string[]}} */
let last = { key: null, order: [] };

/**
 * The same list as before when the order is the same, so that views need not change.
 * @param {State} state
 */
export function conversation_order(state) {
  const order = Object.keys(state.conversations).sort(
    (a, b) => latest_at(state, b) - latest_at(state, a) || (a < b ? -1 : 1),
  );
  const key = order.join();
  if (key !== last.key) last = { key, order };
  return last.order;
}
