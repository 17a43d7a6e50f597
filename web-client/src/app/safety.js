// What a member has to know of moderation at once: how long to wait where a room is slow, and the
// warnings that are not acknowledged yet.

import { signal } from '@preact/signals';
import { is_staff } from '../store/moderation.js';
import { room_of_stream } from '../store/room_list.js';
import { browser } from './prefs.js';
import { server_now } from './session.js';
import { change, current } from './store.js';

/** @typedef {import('../store/state.js').State} State */

/** In a lockdown every place is at least so slow. */
const LOCKDOWN_SLOW_S = 10;

/**
 * When one may write again, by room, where that is not at once: a room and its tables are one.
 * @type {import('@preact/signals').Signal<Record<string, number>>}
 */
const next_turns = signal({});

/** @param {State} state @param {string} stream */
const room_id = (state, stream) => room_of_stream(state, stream)?.id;

/** How many seconds apart one's messages are here. @param {State} state @param {string} stream */
export function slow_s_of(state, stream) {
  const room = room_of_stream(state, stream);
  if (!room || is_staff(state, room.id)) return 0;
  const { slow_s = 0 } = room;
  return state.event?.lockdown ? Math.max(slow_s, LOCKDOWN_SLOW_S) : slow_s;
}

/**
 * The mute by which one cannot write here: of several the last to end.
 * @param {State} state @param {string} stream
 */
export const mute_in = (state, stream) =>
  state.muted
    .filter(({ scope, room }) => scope === 'chat' && (!room || room === room_id(state, stream)))
    .sort((a, b) => b.until_at - a.until_at)[0];

/** When one may write here again. @param {string} stream */
export const next_turn = (stream) => next_turns.value[room_id(current(), stream) ?? ''] ?? 0;

/** After a message was taken the next one waits, as the place asks. @param {string} stream */
export function start_turn(stream) {
  const room = room_of_stream(current(), stream);
  const slow_s = slow_s_of(current(), stream);
  if (!room || slow_s === 0) return;
  next_turns.value = { ...next_turns.value, [room.id]: server_now() + slow_s * 1000 };
}

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
