// A refusal of a command, whether the server's or our own (when there was no answer in time).

/** @typedef {import('./types.js').Err} Err */

export class Refusal extends Error {
  /** @param {Err} err */
  constructor(err) {
    super(err.message || err.code);
    this.code = err.code;
    this.field = err.field ?? null;
    this.retry = err.retry === true;
    this.retry_after_ms = err.retry_after_ms ?? null;
  }
}

/**
 * No answer came while the connection was away: it is unknown whether the command was carried out.
 */
export const no_answer = () =>
  new Refusal({ code: 'no_answer', message: 'no answer', retry: true });
