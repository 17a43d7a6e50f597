// Whom one may moderate, and how: by the highest role each holds, for the event or for one room.

import { may } from '../store/moderation.js';

/** @typedef {import('../store/state.js').State} State */
/** @typedef {import('./desk_actions.js').Act} Act */

const RANKS = ['member', 'facilitator', 'moderator', 'organiser'];

/** @param {State} state @param {string} id */
function rank_of(state, id) {
  const held = state.desk?.roles.filter(({ person }) => person === id) ?? [];
  const roles = [state.people[id]?.role ?? 'member', ...held.map(({ role }) => role)];
  return Math.max(...roles.map((role) => RANKS.indexOf(role)));
}

/** Staff never moderate their equals. @param {State} state @param {string} id */
export const outranks = (state, id) => rank_of(state, id) < rank_of(state, state.me);

/**
 * The room somebody is in, where one can tell: it is one's own or unknown, and a large room does
 * not name everybody who is in it.
 * @param {State} state @param {string} id
 */
export const room_with = (state, id) =>
  state.present.includes(id) || state.count > state.present.length ? state.place.room : null;

/** Whether one may do something to a person. @param {State} state @param {Act} act */
export const may_to = (state, act, /** @type {string} */ id) =>
  outranks(state, id) && may(state, `person.${act}`, room_with(state, id));

/** What can be done to many at once. */
export const TO_MANY = /** @type {const} */ (['mute', 'remove', 'ban']);

/** Whether one may choose somebody among many. @param {State} state @param {string} id */
export const may_choose = (state, id) => TO_MANY.some((act) => may_to(state, act, id));
