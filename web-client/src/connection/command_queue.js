// Commands from the moment they are given until they are answered. What carries a nonce is kept
// through any number of reconnects; per stream only one such command is under way at a time, so
// that a refusal "not yet" of one message never lets a later one overtake it.

import { backoff_ms } from './backoff.js';
import { PATIENCE_MS, REPLY_TIMEOUT_MS, TRIES_MAX } from './limits.js';
import { Refusal, no_answer } from './refusal.js';

/** @typedef {import('./types.js').Command} Command */

export class CommandQueue {
  #ports;
  #out;
  /** In the order given. @type {Set<Command>} */
  #waiting = new Set();
  /** @type {Map<number, Command>} */
  #sent = new Map();
  #connected = false;

  /**
   * @param {import('./types.js').Ports} ports
   * @param {{send(command: Command): boolean, drop(): void, waiting(command: Command): void}} out
   */
  constructor(ports, out) {
    this.#ports = ports;
    this.#out = out;
  }

  /**
   * @param {string} cmd
   * @param {Record<string, any>} d
   * @param {boolean} kept
   * @returns {Promise<any>}
   */
  add(cmd, d, kept) {
    return new Promise((resolve, reject) => {
      const lane = kept ? (d.stream ?? 'person') : null;
      /** @type {Command} */
      const command = {
        cmd,
        d,
        lane,
        kept,
        given_at: this.#ports.now(),
        sent_id: 0,
        tries: 0,
        timer: null,
        resolve,
        reject,
      };
      this.#waiting.add(command);
      if (this.#connected) this.#flush();
      else this.#be_patient(command);
    });
  }

  connected() {
    this.#connected = true;
    for (const command of this.#waiting) this.#stop_timer(command);
    this.#flush();
  }

  /** Everything unanswered goes back to its place in the order. */
  disconnected() {
    this.#connected = false;
    this.#sent.clear();
    for (const command of this.#waiting) {
      this.#stop_timer(command);
      command.sent_id = 0;
      this.#be_patient(command);
    }
  }

  stopped() {
    this.#connected = false;
    const all = [...this.#waiting];
    this.#waiting.clear();
    this.#sent.clear();
    for (const command of all) {
      this.#stop_timer(command);
      command.reject(no_answer());
    }
  }

  /** @param {any} frame a reply or a refusal */
  answered(frame) {
    const command = this.#sent.get(frame.id);
    if (!command) return;
    this.#sent.delete(frame.id);
    this.#stop_timer(command);
    command.sent_id = 0;
    if (frame.err && this.#try_again(command, new Refusal(frame.err))) return;
    this.#waiting.delete(command);
    if (frame.err) command.reject(new Refusal(frame.err));
    else command.resolve(frame.ok);
    this.#flush();
  }

  /** @param {Command} command @param {Refusal} refusal */
  #try_again(command, refusal) {
    const counts = refusal.code !== 'rate_limited' && refusal.code !== 'slow_mode';
    if (!refusal.retry || !command.kept) return false;
    if (counts && ++command.tries >= TRIES_MAX) return false;
    const wait_ms = refusal.retry_after_ms ?? backoff_ms(command.tries + 1, this.#ports.random);
    command.sent_id = -1;
    command.timer = this.#ports.set_timer(() => {
      command.timer = null;
      command.sent_id = 0;
      this.#flush();
    }, wait_ms);
    this.#out.waiting(command);
    return true;
  }

  /** Sends what may go: all without a lane, and the first of each lane. */
  #flush() {
    /** @type {Set<string>} */
    const busy = new Set();
    for (const command of this.#waiting) {
      if (command.lane !== null && busy.has(command.lane)) continue;
      if (command.lane !== null) busy.add(command.lane);
      if (command.sent_id !== 0 || !this.#connected) continue;
      if (!this.#out.send(command)) return;
      this.#sent.set(command.sent_id, command);
      command.timer = this.#ports.set_timer(() => this.#out.drop(), REPLY_TIMEOUT_MS);
    }
  }

  /** What has no nonce is worth little after a long wait: it lapses. @param {Command} command */
  #be_patient(command) {
    if (command.kept) return;
    command.timer = this.#ports.set_timer(
      () => {
        this.#waiting.delete(command);
        command.reject(no_answer());
      },
      Math.max(0, command.given_at + PATIENCE_MS - this.#ports.now()),
    );
  }

  /** @param {Command} command */
  #stop_timer(command) {
    if (command.timer === null) return;
    this.#ports.clear_timer(command.timer);
    command.timer = null;
  }
}
