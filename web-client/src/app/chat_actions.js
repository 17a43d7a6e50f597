// What a person can do with words: read back, react, edit, delete, pin.

import { add_history, change_stream } from '../store/chat.js';
import { at_latest, with_aside, with_later } from '../store/held.js';
import { attempt } from './actions.js';
import { notice } from './notices.js';
import { command, hint } from './session.js';
import { change, current } from './store.js';
import { join_names, t } from './text.js';

/** @typedef {import('../store/state.js').Message} Message */

export const PAGE = 100;
const LOADED_AHEAD = 12;
const TYPING_EVERY_MS = 3_000;
const TYPING_PEOPLE_MAX = 100;

/** @type {Set<string>} */
const loading = new Set();

/**
 * Fetches what stands before the oldest message we have.
 * @param {string} stream
 * @param {number} [limit]
 */
export async function load_earlier(stream, limit = PAGE) {
  const held = current().streams[stream];
  if (!held || loading.has(stream) || (held.loaded && !held.more)) return false;
  loading.add(stream);
  try {
    const before = held.loaded ? held.messages[0]?.offset : undefined;
    const ok = await command(
      'message.history',
      before ? { stream, before, limit } : { stream, limit },
    );
    const now = current().streams[stream];
    // What is held may have changed meanwhile; then this page no longer stands before it.
    if (!now || (before && now.messages[0]?.offset !== before)) return false;
    change((state) => add_history(state, stream, ok.messages ?? [], ok.more === true));
    return true;
  } catch {
    return false;
  } finally {
    loading.delete(stream);
  }
}

/** The latest words of the latest conversations, so that what is new in them shows. */
export function load_conversations() {
  const latest_first = Object.values(current().conversations).slice(0, LOADED_AHEAD);
  for (const { id } of latest_first) {
    if (!current().streams[`conversation:${id}`]?.loaded)
      void load_earlier(`conversation:${id}`, 20);
  }
}

/**
 * Fetches what stands after what we hold, where that ends before the talk does.
 * @param {string} stream
 */
export async function load_later(stream) {
  const held = current().streams[stream];
  if (!held?.late.length || loading.has(stream)) return;
  loading.add(stream);
  try {
    const last = held.messages.at(-1)?.offset ?? 0;
    // Not every offset is a message's: a stretch without one is passed over.
    for (let upto = last + PAGE, found = false; !found; upto += PAGE) {
      const ok = await command('message.history', { stream, before: upto + 1, limit: PAGE });
      const page = later_than(ok.messages ?? [], last);
      found = page.length > 0 || upto >= held.late[0].offset - 1;
      // What is held may have changed meanwhile; then this page no longer follows it.
      if (current().streams[stream]?.messages.at(-1)?.offset !== last) return;
      if (!found) continue;
      change((state) => change_stream(state, stream, (now) => with_later(now, page, upto)));
    }
  } catch {
    // Scrolling on asks again.
  } finally {
    loading.delete(stream);
  }
}

/** @param {Message[]} messages @param {number} offset */
const later_than = (messages, offset) => messages.filter((each) => each.offset > offset);

/**
 * Says where in a stream one reads back, 0 for its end.
 * @param {string} stream
 * @param {number} offset
 */
export const read_at = (stream, offset) =>
  change((state) => {
    const held = state.streams[stream];
    if (!held || (held.reading === offset && held.late.length === 0)) return state;
    return change_stream(state, stream, (now) =>
      offset === 0 ? at_latest(now) : { ...now, reading: offset },
    );
  });

/** @type {Set<string>} */
const asked_for = new Set();

/** Fetches one message that another answers. @param {string} stream @param {number} offset */
export async function load_answered(stream, offset) {
  const key = `${stream} ${offset}`;
  if (asked_for.has(key)) return;
  asked_for.add(key);
  try {
    const ok = await command('message.history', { stream, before: offset + 1, limit: 1 });
    const found = ok.messages?.find((/** @type {Message} */ each) => each.offset === offset);
    if (!found) return;
    change((state) => change_stream(state, stream, (held) => with_aside(held, found)));
    asked_for.delete(key);
  } catch {
    // It is shown as an earlier message, without its words, until it is drawn anew.
    asked_for.delete(key);
  }
}

/** @param {string} stream @param {number} offset @param {string} emoji @param {boolean} on */
export const react = (stream, offset, emoji, on) =>
  attempt('message.react', { stream, offset, emoji, on });

/** @param {string} stream @param {number} offset @param {string} body */
export const edit = (stream, offset, body) =>
  attempt('message.edit', { stream, offset, body }, { nonce: true });

/** @param {string} stream @param {number} offset @param {string} [reason] */
export const remove_message = (stream, offset, reason) =>
  attempt('message.delete', reason ? { stream, offset, reason } : { stream, offset }, {
    nonce: true,
  });

/** @param {string} stream @param {number} offset @param {boolean} on */
export const pin = (stream, offset, on) =>
  attempt(on ? 'message.pin' : 'message.unpin', { stream, offset });

let typing_told_at = 0;

/** @param {string} stream */
export function tell_typing(stream) {
  const now = Date.now();
  if (now - typing_told_at < TYPING_EVERY_MS || current().count > TYPING_PEOPLE_MAX) return;
  typing_told_at = now;
  hint('typing', { stream });
}

/** Says who will not see that they were mentioned. @param {string[]} unseen */
export function tell_unseen(unseen) {
  if (unseen.length === 0) return;
  const names = join_names(unseen.map((id) => current().people[id]?.name ?? t('person.someone')));
  notice(t('mention.unseen', { names }), { tone: 'warn' });
}
