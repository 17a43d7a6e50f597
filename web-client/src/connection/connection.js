// One person's connection: it says hello, sends commands, resends what was not acknowledged, and
// hands pushes over in order. It owns the socket; everything it needs of the machine is passed in.

import { after_close, backoff_ms } from './backoff.js';
import { ClockOffset } from './clock_offset.js';
import { CommandQueue } from './command_queue.js';
import { Cursors } from './cursors.js';
import {
  CLOCK_DOUBT_MS,
  CONNECT_TIMEOUT_MS,
  HEARTBEAT_S,
  SILENCE_ALLOWED_MS,
  SYNC_JITTER_MS,
} from './limits.js';
import { Refusal } from './refusal.js';

/** @typedef {import('./types.js').Ports} Ports */
/** @typedef {import('./types.js').Push} Push */
/** @typedef {import('./types.js').SocketLike} SocketLike */

const CLOCK_SAMPLES_AFTER_MS = [1_000, 3_000, 8_000];
const HELLO_STOPS = new Set([
  'unauthenticated',
  'session_expired',
  'forbidden',
  'not_found',
  'banned',
  'version_unsupported',
  'bad_request',
]);

export class Connection {
  #ports;
  #hello_data;
  #on;
  #cursors = new Cursors();
  #clock = new ClockOffset();
  #queue;
  /** @type {SocketLike | null} */
  #socket = null;
  /** @type {import('./types.js').Status} */
  #status = 'waiting';
  #attempt = 0;
  #next_id = 1;
  #hello_id = 0;
  #hello_sent_at = 0;
  #heartbeat_ms = HEARTBEAT_S * 1000;
  /** @type {Set<any>} */
  #timers = new Set();
  /** @type {any} */
  #retry_timer = null;
  /** @type {any} */
  #silence_timer = null;
  /** @type {Set<string>} */
  #syncing = new Set();

  /**
   * @param {Ports} ports
   * @param {Record<string, any>} hello_data what `hello` says beside `resume`
   * @param {import('./types.js').Handlers} handlers
   */
  constructor(ports, hello_data, handlers) {
    this.#ports = ports;
    this.#hello_data = hello_data;
    this.#on = handlers;
    this.#queue = new CommandQueue(ports, {
      send: (command) => this.#send_command(command),
      drop: () => this.#drop(),
      waiting: (command) => handlers.waiting?.(command),
    });
  }

  /** Our clock's correction towards the server's. */
  get clock_offset_ms() {
    return this.#clock.offset_ms;
  }

  get status() {
    return this.#status;
  }

  start() {
    if (this.#status === 'stopped' || this.#socket) return;
    this.#connect();
  }

  /** Tries at once instead of after the rest of the wait: the network is said to be back. */
  nudge() {
    if (this.#status !== 'waiting' || this.#socket) return;
    this.#attempt = 0;
    this.#connect();
  }

  /** Says hello again at once, since what it answers is told nowhere else. */
  renew() {
    if (this.#status === 'open') this.#drop(0);
  }

  /** Leaves for good and says so, so that others see it at once. */
  stop() {
    if (this.#socket && this.#status === 'open') {
      this.#write({ id: this.#next_id++, cmd: 'bye', d: {} });
    }
    this.#end(1000, null);
  }

  /**
   * Sends a command and gives its reply; rejects with a Refusal. What is not acknowledged is sent
   * again after a reconnect. With `nonce`, it is kept until answered and its lane stays in order;
   * without, it lapses after 15 s without a connection.
   * @param {string} cmd @param {Record<string, any>} [d] @param {{nonce?: boolean | string}} [how]
   * @returns {Promise<any>}
   */
  command(cmd, d = {}, { nonce = false } = {}) {
    const kept = nonce !== false;
    const data = kept
      ? { ...d, nonce: typeof nonce === 'string' ? nonce : this.#ports.nonce() }
      : d;
    if (this.#status === 'stopped') {
      return Promise.reject(new Refusal({ code: 'unauthenticated', message: 'no longer here' }));
    }
    return this.#queue.add(cmd, data, kept);
  }

  /**
   * Sends and forgets: for what is worthless later, like typing.
   * @param {string} cmd
   * @param {any} d
   */
  hint(cmd, d) {
    if (this.#status !== 'open') return;
    this.#write(cmd === 'typing' ? { cmd, d } : { id: this.#next_id++, cmd, d });
  }

  #connect() {
    this.#clear_timer(this.#retry_timer);
    this.#retry_timer = null;
    this.#set_status('connecting');
    this.#next_id = 1;
    const socket = this.#ports.open_socket();
    this.#socket = socket;
    socket.onopen = () => {
      if (socket === this.#socket) this.#say_hello();
    };
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#receive(event.data);
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#closed(event.code, event.reason ?? '');
    };
    this.#watch_silence(CONNECT_TIMEOUT_MS);
  }

  #say_hello() {
    const resume = this.#cursors.resume();
    this.#hello_id = this.#next_id++;
    this.#hello_sent_at = this.#ports.now();
    const d = Object.keys(resume).length ? { ...this.#hello_data, resume } : this.#hello_data;
    this.#write({ id: this.#hello_id, cmd: 'hello', d });
  }

  /** @param {any} text */
  #receive(text) {
    this.#watch_silence();
    for (const line of String(text).split('\n')) {
      if (!line) continue;
      let frame;
      try {
        frame = JSON.parse(line);
      } catch {
        continue;
      }
      if (frame && typeof frame === 'object') this.#frame(frame);
      if (this.#status === 'stopped') return;
    }
  }

  /** @param {any} frame */
  #frame(frame) {
    if (typeof frame.push === 'string') this.#push(frame);
    else if (frame.ping !== undefined) this.#ping(frame.ping);
    else if (frame.id !== null && frame.id === this.#hello_id) this.#hello_answered(frame);
    else if ('ok' in frame || 'err' in frame) this.#queue.answered(frame);
  }

  /**
   * A ping names the server's time: one that is far from ours asks for a better look at the clock.
   * @param {number} server_at
   */
  #ping(server_at) {
    const expected = this.#ports.now() + this.#clock.offset_ms;
    if (Math.abs(server_at - expected) > CLOCK_DOUBT_MS) this.check_clock();
    this.#write({ pong: server_at });
  }

  /** @param {any} frame */
  #hello_answered(frame) {
    this.#hello_id = 0;
    if (frame.err) {
      const refusal = new Refusal(frame.err);
      if (HELLO_STOPS.has(refusal.code)) this.#end(4001, refusal);
      else this.#drop(refusal.retry_after_ms);
      return;
    }
    const { ok } = frame;
    this.#clock.clear();
    this.#clock.add(this.#hello_sent_at, ok.now, this.#ports.now());
    this.#heartbeat_ms = (ok.heartbeat_s ?? HEARTBEAT_S) * 1000;
    this.#attempt = 0;
    const kept = this.#keep_recovered(ok);
    this.#set_status('open');
    this.#on.hello?.(ok, kept);
    this.#queue.connected();
    for (const ms of CLOCK_SAMPLES_AFTER_MS) this.#later(() => this.#sample_clock(), ms);
  }

  /** Forgets every stream that was not recovered; its `stream.opened` follows. @param {any} ok */
  #keep_recovered(ok) {
    const kept = new Set(Object.keys(ok.recovered ?? {}));
    for (const stream of Object.keys(this.#cursors.resume())) {
      if (!kept.has(stream)) this.#cursors.close(stream);
    }
    for (const conversation of ok.conversations ?? []) {
      const stream = `conversation:${conversation.id}`;
      if (!kept.has(stream)) this.#cursors.open(stream, conversation.epoch, conversation.offset);
    }
    return kept;
  }

  /** Looks at the clock anew: the machine may have slept. */
  check_clock() {
    if (this.#status === 'open') this.#sample_clock();
  }

  #sample_clock() {
    const sent_at = this.#ports.now();
    this.command('clock', { sent_at }).then(
      (ok) => this.#clock.add(sent_at, ok.now, this.#ports.now()),
      () => {},
    );
  }

  /** @param {Push} push */
  #push(push) {
    const { stream } = push;
    if (push.push === 'stream.opened' && stream) {
      this.#cursors.open(stream, push.data.epoch, push.data.offset);
    } else if (push.push === 'stream.closed' && stream) {
      this.#cursors.close(stream);
    } else if (push.offset !== undefined && stream) {
      this.#durable(push, stream);
      return;
    }
    this.#on.push?.(push);
  }

  /** @param {Push} push @param {string} stream */
  #durable(push, stream) {
    const { ready, gap, overflow } = this.#cursors.take(push);
    for (const next of ready) this.#on.push?.(next);
    if (overflow) this.#drop();
    else if (gap) this.#sync_soon(stream);
  }

  /** @param {string} stream */
  #sync_soon(stream) {
    if (this.#syncing.has(stream)) return;
    this.#syncing.add(stream);
    this.#later(() => this.#sync(stream), Math.floor(this.#ports.random() * SYNC_JITTER_MS));
  }

  /**
   * Asks for what is missing; if it cannot be had, a snapshot replaces the stream.
   * @param {string} stream
   */
  #sync(stream) {
    this.#syncing.delete(stream);
    const at = this.#cursors.at(stream);
    if (!at || !this.#cursors.has_gap(stream)) return;
    const ask_snapshot = (/** @type {Refusal} */ refusal) =>
      refusal.code === 'reset_required' ? this.command('stream.snapshot', { stream }) : null;
    this.command('stream.sync', { stream, after: at.offset })
      .then(() => null, ask_snapshot)
      .then((data) => data && this.#push({ push: 'stream.opened', stream, data }))
      .catch(() => this.#drop());
  }

  /** @param {import('./types.js').Command} command */
  #send_command(command) {
    if (this.#status !== 'open') return false;
    command.sent_id = this.#next_id++;
    this.#write({ id: command.sent_id, cmd: command.cmd, d: command.d });
    return true;
  }

  /** @param {any} frame */
  #write(frame) {
    try {
      this.#socket?.send(JSON.stringify(frame));
    } catch {
      // A socket that is closing throws; its close event follows and everything is sent again.
    }
  }

  /** The connection counts as dead when nothing at all was heard for longer than a heartbeat. */
  #watch_silence(allowed_ms = this.#heartbeat_ms + SILENCE_ALLOWED_MS) {
    this.#clear_timer(this.#silence_timer);
    this.#silence_timer = this.#later(() => this.#drop(), allowed_ms);
  }

  /** Gives the socket up and comes back. @param {number | null} [wait_ms] */
  #drop(wait_ms = null) {
    const socket = this.#socket;
    if (!socket) return;
    this.#let_go(socket);
    socket.close(3000);
    this.#retry(wait_ms ?? backoff_ms(this.#attempt++, this.#ports.random));
  }

  /** @param {number} code @param {string} reason */
  #closed(code, reason) {
    if (this.#socket) this.#let_go(this.#socket);
    const next = after_close(code, reason);
    if (next.kind === 'stop') this.#end(code, null);
    else if (next.kind === 'backoff') this.#retry(backoff_ms(this.#attempt++, this.#ports.random));
    else this.#retry(Math.floor(this.#ports.random() * next.within_ms));
  }

  /** @param {SocketLike} socket */
  #let_go(socket) {
    socket.onopen = socket.onmessage = socket.onclose = null;
    this.#socket = null;
    this.#hello_id = 0;
    this.#syncing.clear();
    for (const timer of this.#timers) this.#ports.clear_timer(timer);
    this.#timers.clear();
    this.#queue.disconnected();
  }

  /** @param {number} ms */
  #retry(ms) {
    this.#set_status('waiting');
    this.#retry_timer = this.#later(() => this.#connect(), ms);
  }

  /** @param {number} code @param {Refusal | null} refusal */
  #end(code, refusal) {
    if (this.#status === 'stopped') return;
    const socket = this.#socket;
    if (socket) this.#let_go(socket);
    this.#clear_timer(this.#retry_timer);
    this.#set_status('stopped');
    this.#queue.stopped();
    this.#on.stopped?.({ code, refusal });
    socket?.close(1000);
  }

  /** @param {import('./types.js').Status} status */
  #set_status(status) {
    if (this.#status === status) return;
    this.#status = status;
    this.#on.status?.(status);
  }

  /** @param {() => void} run @param {number} ms */
  #later(run, ms) {
    const timer = this.#ports.set_timer(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  /** @param {any} timer */
  #clear_timer(timer) {
    if (timer === null) return;
    this.#timers.delete(timer);
    this.#ports.clear_timer(timer);
  }
}
