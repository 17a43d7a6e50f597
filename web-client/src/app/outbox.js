// Messages on their way: shown at once, kept until acknowledged, kept over a reload of the tab too,
// since the nonce makes sending again safe.

import { signal } from '@preact/signals';
import { message_of } from '../store/held.js';
import { with_my_held } from '../store/moderation.js';
import { why } from './notices.js';
import { tab } from './prefs.js';
import { start_turn } from './safety.js';
import { command, new_nonce, on_push, server_now } from './session.js';
import { change, current } from './store.js';

/**
 * @typedef {{
 *   nonce: string, stream: string, body: string, reply_to?: number, at: number,
 *   state: 'sending' | 'sent' | 'failed', offset: number, why: string,
 * }} Pending
 */

/** @type {import('@preact/signals').Signal<Pending[]>} */
export const outbox = signal([]);

const storage_key = () => `outbox.${current().me}`;

/** @param {Pending[]} next */
function set(next) {
  outbox.value = next;
  const unsent = next.filter((each) => each.state !== 'sent');
  tab.set(storage_key(), unsent.length ? unsent : null);
}

/** @param {string} nonce @param {Partial<Pending> | null} change null takes it out */
function update(nonce, change) {
  set(
    outbox.value.flatMap((each) => {
      if (each.nonce !== nonce) return [each];
      return change ? [{ ...each, ...change }] : [];
    }),
  );
}

/**
 * @param {string} stream @param {string} body @param {number} [reply_to]
 * @returns {Promise<{unseen: string[]} | null>} null when it was not sent
 */
export function send_message(stream, body, reply_to) {
  /** @type {Pending} */
  const pending = {
    nonce: new_nonce(),
    stream,
    body,
    reply_to,
    at: Date.now(),
    state: 'sending',
    offset: 0,
    why: '',
  };
  set([...outbox.value, pending]);
  return deliver(pending);
}

/** @param {Pending} pending @returns {Promise<{unseen: string[]} | null>} */
async function deliver({ nonce, stream, body, reply_to }) {
  try {
    const ok = await command('message.send', { stream, body, reply_to }, { nonce });
    start_turn(stream);
    if (ok.held) {
      // It waits for a moderator; what becomes of it is told to all of one's devices.
      const waiting = { held: ok.held, at: ok.at ?? server_now(), stream, body, reply_to };
      change((state) => with_my_held(state, waiting));
      update(nonce, null);
      return { unseen: [] };
    }
    const held = current().streams[stream];
    const shown = message_of(held, ok.offset) !== undefined;
    update(nonce, shown || !held ? null : { state: 'sent', offset: ok.offset });
    return { unseen: ok.unseen ?? [] };
  } catch (refusal) {
    update(nonce, { state: 'failed', why: why(refusal) });
    return null;
  }
}

/** @param {string} nonce */
export function try_again(nonce) {
  const pending = outbox.value.find((each) => each.nonce === nonce);
  if (!pending) return;
  update(nonce, { state: 'sending', why: '' });
  void deliver(pending);
}

/** @param {string} nonce */
export const discard = (nonce) => update(nonce, null);

/** What an earlier life of this tab left unsent goes again, in order. */
export function restore_outbox() {
  if (outbox.value.length > 0) return;
  /** @type {Pending[]} */
  const left = tab.get(storage_key()) ?? [];
  set(left);
  for (const pending of left) if (pending.state === 'sending') void deliver(pending);
}

on_push((push) => {
  if (push.push !== 'message.posted' || push.by !== current().me) return;
  const mine = outbox.value.find(
    (each) => each.stream === push.stream && each.offset === push.offset && each.state === 'sent',
  );
  if (mine) update(mine.nonce, null);
});
