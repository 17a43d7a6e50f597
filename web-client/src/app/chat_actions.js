// What a person can do with words: read back, search, react, edit, delete, pin, write in private.

import { add_history } from '../store/chat.js';
import { know } from '../store/people.js';
import { without } from '../store/state.js';
import { attempt } from './actions.js';
import { notice, tell_refusal } from './notices.js';
import { command, hint } from './session.js';
import { change, current } from './store.js';
import { join_names, t } from './text.js';
import { show_conversation } from './ui.js';

const PAGE = 50;
const LOADED_AHEAD = 12;
const JUMP_PAGES_MAX = 20;
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
    change((state) =>
      state.streams[stream]
        ? add_history(state, stream, ok.messages ?? [], ok.more === true)
        : state,
    );
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
 * Loads back until a message is there, within reason.
 * @param {string} stream
 * @param {number} offset
 */
export async function load_back_to(stream, offset) {
  const has = () => current().streams[stream]?.messages.some((each) => each.offset === offset);
  for (let page = 0; page < JUMP_PAGES_MAX && !has(); page++) {
    if (!(await load_earlier(stream, 100))) break;
  }
  return has() === true;
}

/** @param {string} query @param {string | null} stream @param {number} [before] */
export async function search(query, stream, before) {
  const d = { query, limit: 20, ...(stream ? { stream } : {}), ...(before ? { before } : {}) };
  return attempt('message.search', d);
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

/** @param {string[]} people @param {string} body */
export async function start_conversation(people, body) {
  try {
    const ok = await command('conversation.start', { people, body }, { nonce: true });
    const id = typeof ok.conversation === 'string' ? ok.conversation : ok.conversation.id;
    show_conversation(id);
    return true;
  } catch (refusal) {
    if (/** @type {any} */ (refusal).code === 'conflict')
      notice(t('conversation.wait'), { tone: 'warn' });
    else tell_refusal(refusal);
    return false;
  }
}

/** @param {string} conversation @param {boolean} accept */
export async function answer_request(conversation, accept) {
  if (!(await attempt('conversation.answer', { conversation, accept }))) return;
  change((state) => {
    const known = state.conversations[conversation];
    if (!known) return state;
    const conversations = accept
      ? {
          ...state.conversations,
          [conversation]: { ...known, state: /** @type {'open'} */ ('open') },
        }
      : without(state.conversations, conversation);
    return { ...state, conversations };
  });
}

/**
 * More people than the room's snapshot named.
 * @param {{room?: string, query?: string, after?: string}} ask
 */
export async function list_people(ask) {
  const ok = await attempt('person.list', { ...ask, limit: 100 });
  if (!ok) return null;
  change((state) => know(state, ok.people));
  return ok;
}
