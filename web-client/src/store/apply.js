// The fold: a state and a push give the next state. The same push, in the same order, gives
// everyone the same picture. What is not known is counted and otherwise left alone.

import { chat_pushes } from './chat.js';
import { desk_pushes } from './desk.js';
import { event_pushes } from './event.js';
import { moderation_pushes } from './moderation.js';
import { person_pushes } from './person.js';
import { room_pushes } from './room.js';
import { round_pushes } from './round.js';
import { stream_pushes } from './stream.js';
import { table_pushes } from './table.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */

/** @type {Record<string, (state: State, push: Push) => State>} */
const PUSHES = {
  ...stream_pushes,
  ...event_pushes,
  ...room_pushes,
  ...table_pushes,
  ...round_pushes,
  ...chat_pushes,
  ...person_pushes,
  ...desk_pushes,
  ...moderation_pushes,
};

/** @param {State} state @param {Push} push @returns {State} */
export function apply(state, push) {
  const fold = Object.hasOwn(PUSHES, push.push) ? PUSHES[push.push] : null;
  return fold ? fold(state, push) : { ...state, unknown: state.unknown + 1 };
}

/** @param {string} push_name */
export const is_known = (push_name) => Object.hasOwn(PUSHES, push_name);
