// What a member has to know of moderation at once: how long to wait where a room is slow, and the
// warnings that are not acknowledged yet.

import { signal } from '@preact/signals';
import { stream_id, stream_kind } from '../store/state.js';
import { may } from '../store/moderation.js';
import { room_of_table } from '../store/room_list.js';
import { browser } from './prefs.js';
import { server_now } from './session.js';
import { change, current } from './store.js';

/** @typedef {import('../store/state.js').State} State */

/** In a lockdown every place is at least so slow. */
export const LOCKDOWN_SLOW_S = 10;

/**
 * When one may write again, by stream, where that is not at once.
 * @type {import('@preact/signals').Signal<Record<string, number>>}
 */
export const next_turns = signal({});

/** How many seconds apart one's messages are here. @param {State} state @param {string} stream */
export function slow_s_of(state, stream) {
  const kind = stream_kind(stream);
  if (kind !== 'room' && kind !== 'table') return 0;
  const id = stream_id(stream);
  const room = kind === 'room' ? id : (room_of_table(state, id)?.id ?? '');
  if (may(state, 'room.slow_mode', room)) return 0;
  const slow_s = kind === 'room' ? (state.rooms[room]?.slow_s ?? 0) : 0;
  return state.event?.lockdown ? Math.max(slow_s, LOCKDOWN_SLOW_S) : slow_s;
}

/** @param {string} stream @param {number} ms from now */
export function wait_for_turn(stream, ms) {
  if (ms > 0) next_turns.value = { ...next_turns.value, [stream]: server_now() + ms };
}

/** After a message was taken the next one waits, as the place asks. @param {string} stream */
export const start_turn = (stream) => wait_for_turn(stream, slow_s_of(current(), stream) * 1000);

const warned_key = () => `warned.${current().event?.id}.${current().me}`;

/** A warning stays until it is acknowledged, also over a reload. */
export function keep_warnings() {
  const { warned } = current();
  browser.set(warned_key(), warned.length ? warned : null);
}

export function restore_warnings() {
  /** @type {import('../store/state.js').Warned[]} */
  const warned = browser.get(warned_key()) ?? [];
  if (current().warned.length === 0 && warned.length > 0) change((state) => ({ ...state, warned }));
}
