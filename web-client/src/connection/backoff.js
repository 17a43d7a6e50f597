// How long to wait before the next attempt to connect, and which closes mean not to try again.

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const RETURN_MS = 2_000;

/**
 * Full jitter: anywhere between nothing and a ceiling that doubles, so that a hall full of clients
 * does not come back in one wave.
 * @param {number} attempt counted from 0 @param {() => number} random in [0, 1)
 */
export function backoff_ms(attempt, random) {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.floor(random() * ceiling);
}

/**
 * What a close code asks of a client: stop for good, come back with backoff, or come back within a
 * time that the server names in the reason (as JSON or as plain digits).
 * @param {number} code @param {string} reason
 * @returns {{kind: 'stop'} | {kind: 'backoff'} | {kind: 'return', within_ms: number}}
 */
export function after_close(code, reason) {
  if (code >= 4000 && code < 4100) return { kind: 'stop' };
  if (code >= 4200 && code < 4300) {
    const named = /\d+/.exec(reason);
    return {
      kind: 'return',
      within_ms: named ? Math.min(Number(named[0]), LONGEST_MS) : RETURN_MS,
    };
  }
  return { kind: 'backoff' };
}
