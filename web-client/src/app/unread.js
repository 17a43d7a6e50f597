// What is new since one last looked, per stream; and the marks that say one has looked.

import { signal } from '@preact/signals';
import { latest_of } from '../store/held.js';
import { stream_kind } from '../store/state.js';
import { command, on_push } from './session.js';
import { change, current } from './store.js';

/** @typedef {import('../store/state.js').State} State */
/** @typedef {import('../store/state.js').Message} Message */

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
  const { messages = [], late = [] } = state.streams[stream] ?? {};
  const mark = read_mark(state, stream);
  return new_since(state, late, mark) + new_since(state, messages, mark);
}

/** @param {State} state @param {Message[]} messages @param {number} mark */
function new_since(state, messages, mark) {
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
  const offset = latest_of(state.streams[stream])?.offset ?? 0;
  if (offset <= (state.reads[stream] ?? 0)) return;
  change((now) => ({ ...now, reads: { ...now.reads, [stream]: offset } }));
  if (timers.has(stream)) return;
  const timer = setTimeout(() => {
    timers.delete(stream);
    const read = current().reads[stream];
    if (read) command('read', { stream, offset: read }).catch(() => {});
  }, TELL_AFTER_MS);
  timers.set(stream, timer);
}

/** Whether what comes into a stream is seen as it comes; set by whoever shows it. */
export const seen_as_it_comes = { stream: '', now: () => false };

// Marked with the message itself, so that both are shown by one change of the page.
on_push(({ push, stream = '' }) => {
  const { stream: watched, now } = seen_as_it_comes;
  if (push === 'message.posted' && stream === watched && now()) mark_read(stream);
});
