// What is new since one last looked, per stream; and the marks that say one has looked.

import { signal } from '@preact/signals';
import { stream_kind } from '../store/state.js';
import { command } from './session.js';
import { change, current } from './store.js';

/** @typedef {import('../store/state.js').State} State */

const TELL_AFTER_MS = 800;

/**
 * The stream that is in front of the person's eyes now.
 * @type {import('@preact/signals').Signal<string | null>}
 */
export const looking_at = signal(null);

/** @type {Map<string, any>} */
const timers = new Map();

/** The offset up to which a stream counts as read. @param {State} state @param {string} stream */
export function read_mark(state, stream) {
  const opened_at =
    stream_kind(stream) === 'conversation' ? 0 : (state.streams[stream]?.opened_at ?? 0);
  return state.reads[stream] ?? opened_at;
}

/** @param {State} state @param {string} stream */
export function unread_in(state, stream) {
  const messages = state.streams[stream]?.messages ?? [];
  const mark = read_mark(state, stream);
  let count = 0;
  for (let i = messages.length - 1; i >= 0 && messages[i].offset > mark; i--) {
    const { by, deleted } = messages[i];
    if (by !== state.me && !deleted && !state.blocked.includes(by)) count++;
  }
  return count;
}

/** @param {State} state */
export function unread_conversations(state) {
  return Object.keys(state.conversations).reduce(
    (sum, id) => sum + unread_in(state, `conversation:${id}`),
    0,
  );
}

/**
 * Marks everything shown of a stream as read: here at once, for my other tabs a moment later.
 * @param {string} stream
 */
export function mark_read(stream) {
  const state = current();
  const messages = state.streams[stream]?.messages ?? [];
  const offset = messages[messages.length - 1]?.offset ?? 0;
  if (offset <= (state.reads[stream] ?? 0)) return;
  change((now) => ({ ...now, reads: { ...now.reads, [stream]: offset } }));
  clearTimeout(timers.get(stream));
  timers.set(
    stream,
    setTimeout(() => {
      command('read', { stream, offset }).catch(() => {});
    }, TELL_AFTER_MS),
  );
}
