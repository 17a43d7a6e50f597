// A socket, a clock and chance that a test moves by hand.

/** A clock whose timers run when the test lets time pass, in order. */
export class FakeTime {
  now_ms = 1_000_000;
  #next = 1;
  /** @type {Map<number, {at: number, run: () => void}>} */
  #timers = new Map();

  /** @param {() => void} run @param {number} ms */
  set(run, ms) {
    this.#timers.set(this.#next, { at: this.now_ms + ms, run });
    return this.#next++;
  }

  /** @param {number} timer */
  clear(timer) {
    this.#timers.delete(timer);
  }

  get pending() {
    return this.#timers.size;
  }

  /** @param {number} ms */
  pass(ms) {
    const until = this.now_ms + ms;
    for (;;) {
      const due = [...this.#timers]
        .filter(([, { at }]) => at <= until)
        .sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!due) break;
      const [id, { at, run }] = due;
      this.#timers.delete(id);
      this.now_ms = at;
      run();
    }
    this.now_ms = until;
  }
}

/** One socket as the connection sees it; the test plays the server. */
export class FakeSocket {
  /** @type {any[]} */
  sent = [];
  /** @type {any} */ onopen = null;
  /** @type {any} */ onmessage = null;
  /** @type {any} */ onclose = null;
  closed = false;

  /** @param {string} text */
  send(text) {
    if (this.closed) throw new Error('closed');
    this.sent.push(...text.split('\n').map((line) => JSON.parse(line)));
  }

  close() {
    this.closed = true;
  }

  open() {
    this.onopen?.({});
  }

  /** @param {...any} frames */
  receive(...frames) {
    this.onmessage?.({ data: frames.map((frame) => JSON.stringify(frame)).join('\n') });
  }

  /** @param {number} code @param {string} [reason] */
  server_closes(code, reason = '') {
    this.closed = true;
    this.onclose?.({ code, reason });
  }

  /** The last command of a kind that was sent. @param {string} cmd */
  command(cmd) {
    return this.sent.findLast((frame) => frame.cmd === cmd);
  }
}

/** The ports of a connection, all in the test's hands. @param {number} [chance] */
export function fake_ports(chance = 0.5) {
  const time = new FakeTime();
  /** @type {FakeSocket[]} */
  const sockets = [];
  let nonces = 0;
  return {
    time,
    sockets,
    get socket() {
      return sockets[sockets.length - 1];
    },
    ports: {
      open_socket: () => {
        sockets.push(new FakeSocket());
        return sockets[sockets.length - 1];
      },
      now: () => time.now_ms,
      random: () => chance,
      nonce: () => `nonce-${++nonces}`,
      set_timer: (/** @type {() => void} */ run, /** @type {number} */ ms) => time.set(run, ms),
      clear_timer: (/** @type {number} */ timer) => time.clear(timer),
    },
  };
}
