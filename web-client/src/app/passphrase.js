// How hard a passphrase is to guess, in a word: by its length and how much of it is new, never by
// which signs it has. The server alone decides what it takes.

export const PASSPHRASE_MIN = 10;

/** @typedef {'short' | 'guessable' | 'fair' | 'good'} Strength */

/** Signs that do not follow from the one before: `aaaa` and `1234` count as little as they are. */
function surprises(/** @type {string} */ text) {
  const signs = [...text];
  let count = 0;
  for (let i = 0; i < signs.length; i++) {
    const step = i > 0 ? Number(signs[i].codePointAt(0)) - Number(signs[i - 1].codePointAt(0)) : 9;
    if (Math.abs(step) > 1) count++;
  }
  return Math.min(count, 2 * new Set(signs).size);
}

/**
 * @param {string} passphrase
 * @param {string[]} known what others know of the person, like their login and name
 * @returns {Strength}
 */
export function strength_of(passphrase, known = []) {
  if ([...passphrase].length < PASSPHRASE_MIN) return 'short';
  const rest = known
    .flatMap((each) => each.toLowerCase().split(/[\s@.]+/))
    .filter((each) => each.length > 2)
    .reduce((text, each) => text.replaceAll(each, ''), passphrase.toLowerCase());
  const worth = surprises(rest);
  if (worth < 9) return 'guessable';
  return worth < 16 ? 'fair' : 'good';
}
