// The rounds of the series: which are done, which runs, when the next ones come if all goes on so.

import { html } from 'htm/preact';
import { server_now } from '../../app/session.js';
import { use_state } from '../../app/store.js';
import { clock_time, t } from '../../app/text.js';
import { Icon } from '../parts.js';

/** @typedef {import('../../store/state.js').Round} Round */

const MINUTE_MS = 60_000;

/** @param {Round} round @param {number} number */
const is_done = (round, number) =>
  number < round.number || (number === round.number && round.phase === 'plenary');

/**
 * When a round that is to come starts, should each follow the one before at once.
 * @param {Round} round @param {number} number @param {{announce_s: number, wrap_s: number}} spans
 */
export function starts_about(round, number, { announce_s, wrap_s }) {
  const between_ms = (announce_s + wrap_s) * 1000;
  const length_ms = round.minutes * MINUTE_MS;
  const after = number - round.number;
  if (round.phase === 'announced') {
    return round.starts_at + after * (length_ms + between_ms);
  }
  const ends_at = round.ends_at + (round.paused_at === null ? 0 : server_now() - round.paused_at);
  const wrapped = round.phase === 'wrapping' ? announce_s * 1000 : between_ms;
  return ends_at + wrapped + (after - 1) * (length_ms + between_ms);
}

/** @param {{round: Round}} props */
export function RunSheet({ round }) {
  const announce_s = use_state((state) => state.limits.announce_s ?? 30);
  const wrap_s = use_state((state) => state.limits.wrap_s ?? 30);
  const numbers = Array.from({ length: round.of }, (_none, index) => index + 1);
  if (round.of < 2) return null;
  const told = (/** @type {number} */ number) => {
    if (is_done(round, number)) return t('sheet.done');
    if (number === round.number) {
      return round.phase === 'announced'
        ? t('sheet.starts', { time: clock_time(round.starts_at) })
        : t('sheet.ends', { time: clock_time(round.ends_at) });
    }
    if (round.phase === 'plenary') return number === round.number + 1 ? t('sheet.next') : '';
    const at = starts_about(round, number, { announce_s, wrap_s });
    return t('sheet.about', { time: clock_time(at) });
  };
  return html`<section class="pad stack"><h3>${t('sheet.title')}</h3>
    <ol class="plain sheet">${numbers.map((number) => {
      const done = is_done(round, number);
      const now = number === round.number && !done;
      return html`<li key=${number} class=${now ? 'is-now' : done ? 'is-done' : ''}
        aria-current=${now ? 'step' : undefined}>
        <${Icon} name=${done ? 'check' : now ? 'clock' : 'waiting'} />
        <span class="grow">${t('sheet.round', { number })}
          ${now && html` <span class="tag tag-staff">${t('sheet.now')}</span>`}</span>
        <span class="quiet">${told(number)}</span></li>`;
    })}</ol></section>`;
}
