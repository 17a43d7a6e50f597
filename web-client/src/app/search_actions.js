// Finding what was said, and reading on from there.

import { change_stream } from '../store/chat.js';
import { with_page_at } from '../store/held.js';
import { attempt } from './actions.js';
import { PAGE, load_earlier, read_at } from './chat_actions.js';
import { change, current } from './store.js';

/**
 * Holds a message and what stands around it, to be read there; false where there is no such.
 * @param {string} stream
 * @param {number} offset
 */
export async function load_around(stream, offset) {
  if (!current().streams[stream]?.loaded) await load_earlier(stream);
  const has = () =>
    current().streams[stream]?.messages.some((each) => each.offset === offset) === true;
  if (!has()) {
    const before = offset + PAGE / 2;
    const ok = await attempt('message.history', { stream, before, limit: PAGE });
    if (!ok) return false;
    change((state) =>
      change_stream(state, stream, (held) =>
        with_page_at(held, ok.messages ?? [], ok.more === true, offset),
      ),
    );
  }
  read_at(stream, offset);
  return has();
}

/** @param {string} query @param {string | null} stream @param {number} [before] */
export async function search(query, stream, before) {
  const d = { query, limit: 20, ...(stream ? { stream } : {}), ...(before ? { before } : {}) };
  return attempt('message.search', d);
}
