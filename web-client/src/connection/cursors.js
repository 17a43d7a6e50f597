// Where we stand in each stream: which push is the next one, which came too early and is held.

import { HELD_MAX } from './limits.js';

/** @typedef {import('./types.js').Push} Push */
/** @typedef {{epoch: string, offset: number, held: Map<number, Push>}} Cursor */

export class Cursors {
  /** @type {Map<string, Cursor>} */
  #cursors = new Map();

  /** @param {string} stream @param {string} epoch @param {number} offset */
  open(stream, epoch, offset) {
    this.#cursors.set(stream, { epoch, offset, held: new Map() });
  }

  /** @param {string} stream */
  close(stream) {
    this.#cursors.delete(stream);
  }

  clear() {
    this.#cursors.clear();
  }

  /** @param {string} stream @returns {{epoch: string, offset: number} | null} */
  at(stream) {
    const cursor = this.#cursors.get(stream);
    return cursor ? { epoch: cursor.epoch, offset: cursor.offset } : null;
  }

  /**
   * What `hello` names to resume from.
   * @returns {Record<string, {epoch: string, offset: number}>}
   */
  resume() {
    return Object.fromEntries(
      [...this.#cursors].map(([stream, { epoch, offset }]) => [stream, { epoch, offset }]),
    );
  }

  /** Whether a push of this stream is being held for an earlier one. @param {string} stream */
  has_gap(stream) {
    return (this.#cursors.get(stream)?.held.size ?? 0) > 0;
  }

  /**
   * Takes a durable push and says what can be applied now, in order. A push that was seen already,
   * or of a stream we do not hold, gives nothing. `overflow` means that too much is held to wait.
   * @param {Push} push @returns {{ready: Push[], gap: boolean, overflow: boolean}}
   */
  take(push) {
    const cursor = this.#cursors.get(push.stream ?? '');
    const offset = push.offset ?? 0;
    if (!cursor || offset <= cursor.offset) return { ready: [], gap: false, overflow: false };
    if (offset > cursor.offset + 1) {
      const overflow = cursor.held.size >= HELD_MAX && !cursor.held.has(offset);
      if (!overflow) cursor.held.set(offset, push);
      return { ready: [], gap: true, overflow };
    }
    const ready = [push];
    cursor.offset = offset;
    for (let next; (next = cursor.held.get(cursor.offset + 1));) {
      cursor.held.delete(++cursor.offset);
      ready.push(next);
    }
    return { ready, gap: cursor.held.size > 0, overflow: false };
  }
}
