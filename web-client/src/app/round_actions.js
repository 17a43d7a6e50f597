// What a person can do in a round they take part in.

import { attempt } from './actions.js';
import { command } from './session.js';
import { current } from './store.js';

const here = () => current().place.room ?? '';

/** @param {boolean} on */
export const sit_out = (on) => attempt('round.sit_out', { room: here(), on });
/** @param {string} table */
export const ask_time = (table) => attempt('round.ask_time', { table });
/** @param {string} table */
export const join_other_table = (table) => attempt('table.merge', { table });
/** @param {string} table */
export const draw_opener = (table) => attempt('opener.draw', { table });
export const take_chair = () => attempt('chair.take', { room: here() });

/** @type {Set<string>} */
const told = new Set();

/**
 * Says that a broadcast stood before someone's eyes, once; if it is lost, the next look says it.
 * @param {string} room @param {number} offset
 */
export function tell_seen(room, offset) {
  const key = `${room} ${offset}`;
  if (told.has(key)) return;
  told.add(key);
  command('broadcast.seen', { room, offset }).catch(() => told.delete(key));
}
