// What is left of a round, in large figures that do not hurry anyone: minutes until the last one.

import { html } from 'htm/preact';
import { left_said, left_words, use_left } from '../../app/round_time.js';
import { t } from '../../app/text.js';
import { left_ms } from '../../store/round_reading.js';

/** @typedef {import('../../store/state.js').Round} Round */

/** How a round is called: alone it needs no number. @param {{number: number, of: number}} round */
export const round_name = (round) =>
  round.of > 1 ? t('round.number', { number: round.number, of: round.of }) : t('round.it');

/** @param {{round: Round, table: string | null}} props */
export function Countdown({ round, table }) {
  const runs = round.paused_at === null && round.phase !== 'plenary';
  const ms = use_left((now) => left_ms(round, table, now), runs);
  return html`<span class="countdown" role="timer" aria-label=${left_said(ms)}>
    ${left_words(ms)}</span>`;
}
