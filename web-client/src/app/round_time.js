// The clock of a round as people read it: whole minutes until the last one, then the seconds.

import { useEffect, useState } from 'preact/hooks';
import { server_now } from './session.js';
import { t } from './text.js';

const MINUTE_MS = 60_000;
// A correction of the clock shows within this time, however far the next change is.
const LOOK_AGAIN_MS = 15_000;

/** Whole minutes, as they are shown while more than one is left. @param {number} ms */
export const minutes_left = (ms) => Math.max(1, Math.round(ms / MINUTE_MS));

/** "8 min", and in the last minute "0:42". @param {number} ms */
export function left_words(ms) {
  if (ms > MINUTE_MS) return t('round.minutes', { n: minutes_left(ms) });
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The same for the ear. @param {number} ms */
export const left_said = (ms) =>
  ms > MINUTE_MS
    ? t('round.minutes_said', { n: minutes_left(ms) })
    : t('round.seconds_said', { n: Math.ceil(ms / 1000) });

/** How long the words for a time stay true. @param {number} ms */
export function changes_in_ms(ms) {
  if (ms <= MINUTE_MS) return ms % 1000 || Math.min(ms, 1000);
  const half = (minutes_left(ms) - 0.5) * MINUTE_MS;
  return Math.max(1, ms - Math.max(half, MINUTE_MS));
}

/**
 * What is left until a time of the server's, drawn again whenever its words change.
 * @param {(now: number) => number} left in milliseconds, 0 when it is over
 * @param {boolean} [runs] whether it changes at all
 */
export function use_left(left, runs = true) {
  const [, look_again] = useState(0);
  const ms = left(server_now());
  useEffect(() => {
    if (!runs || ms <= 0) return undefined;
    const wait = Math.min(changes_in_ms(left(server_now())), LOOK_AGAIN_MS);
    const timer = setTimeout(() => look_again((n) => n + 1), Math.max(1, wait));
    return () => clearTimeout(timer);
  });
  return ms;
}
