// One tab's life in an event: opens the connection, folds what comes into the store, and tells the
// rest of the page what it needs to know about being connected or not.

import { signal } from '@preact/signals';
import { Connection } from '../connection/connection.js';
import { apply } from '../store/apply.js';
import { apply_hello } from '../store/hello.js';
import { change } from './store.js';

/** @typedef {import('../connection/types.js').Push} Push */

const VERSION = '0.1.0';

/** @type {import('@preact/signals').Signal<'connecting' | 'open' | 'waiting' | 'stopped'>} */
export const status = signal('connecting');
/** Whether hello was ever answered: before that there is nothing to show. */
export const arrived = signal(false);
/**
 * Why it is over, once it is.
 * @type {import('@preact/signals').Signal<{code: number, reason: string | null} | null>}
 */
export const ended = signal(null);

/** @type {Connection | null} */
let connection = null;
/** @type {((push: Push) => void)[]} */
const push_listeners = [];
/** @type {((again: boolean) => void)[]} */
const hello_listeners = [];

/** @param {(push: Push) => void} listener called after the push was folded */
export const on_push = (listener) => void push_listeners.push(listener);
/** @param {(again: boolean) => void} listener */
export const on_hello = (listener) => void hello_listeners.push(listener);

/** Our own time, by a clock that nobody sets while the page is open. */
const steady_now = () => Math.round(performance.timeOrigin + performance.now());
/** The server's time now, as well as we know it, in whole milliseconds. */
export const server_now = () => Math.round(steady_now() + (connection?.clock_offset_ms ?? 0));

/** 26 characters that no one else chooses. */
export function new_nonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  return [...bytes].map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte & 31]).join('');
}

/** @param {string} event @param {number} slot */
export function start_session(event, slot) {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const url = `${scheme}://${location.host}/ws?as=${slot}`;
  /** @type {import('../connection/types.js').Ports} */
  const ports = {
    open_socket: () => new WebSocket(url, 'hallway.v1'),
    now: steady_now,
    random: () => Math.random(),
    nonce: new_nonce,
    set_timer: (run, ms) => setTimeout(run, ms),
    clear_timer: (timer) => clearTimeout(timer),
  };
  const hello = { event, client: { name: 'hallway-web', version: VERSION } };
  connection = new Connection(ports, hello, {
    status: (now) => (status.value = now),
    hello: take_hello,
    push: take_push,
    stopped: ({ code, refusal }) => (ended.value = { code, reason: refusal?.code ?? null }),
  });
  window.addEventListener('online', () => connection?.nudge());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    connection?.nudge();
    connection?.check_clock();
  });
  connection.start();
}

/** @param {any} ok @param {Set<string>} kept */
function take_hello(ok, kept) {
  const again = arrived.peek();
  change((state) => apply_hello(state, ok, kept));
  arrived.value = true;
  for (const listener of hello_listeners) listener(again);
}

/** @param {Push} push */
function take_push(push) {
  const dated = push.at === undefined ? { ...push, at: server_now() } : push;
  change((state) => apply(state, dated));
  for (const listener of push_listeners) listener(dated);
}

/**
 * @param {string} cmd @param {Record<string, any>} [d] @param {{nonce?: boolean | string}} [how]
 * @returns {Promise<any>}
 */
export const command = (cmd, d, how) =>
  connection ? connection.command(cmd, d, how) : Promise.reject(new Error('not started'));

/** @param {string} cmd @param {Record<string, any>} d */
export const hint = (cmd, d) => connection?.hint(cmd, d);

export const leave = () => connection?.stop();
export const renew = () => connection?.renew();
