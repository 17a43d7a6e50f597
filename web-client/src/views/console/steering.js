// Time while a round runs: more of it, a pause, an end.

import { html } from 'htm/preact';
import { give_time, stay_in_console, steer } from '../../app/console_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Icon } from '../parts.js';
import { Countdown, round_name } from '../rounds/countdown.js';

const MINUTES = [2, 5];

/** @param {{round: import('../../store/state.js').Round}} props */
export function Steering({ round }) {
  const paused = round.paused_at !== null;
  const talking = round.phase === 'seated';
  const table = use_state((state) => state.round_table);
  const end = () => {
    if (!window.confirm(t('console.end_sure'))) return;
    void steer('round.end').then((ok) => ok && stay_in_console());
  };
  return html`<section class="pad stack" aria-label=${t('console.time')}>
    <p class="lead-now"><span class="grow">${round_name(round)}
      ${paused && html` · ${t('round.paused')}`}</span>
      <${Countdown} round=${round} table=${talking ? null : table} /></p>
    <p class="row wrap">${MINUTES.map(
      (n) => html`<button key=${n} type="button" class="button small"
        aria-label=${t('console.give_all', { n })} onClick=${() => give_time(n)}>
        ${t('console.give', { n })}</button>`,
    )}
      ${
        talking &&
        html`<button type="button" class="button small"
        onClick=${() => steer(paused ? 'round.resume' : 'round.pause')}>
        <${Icon} name=${paused ? 'play' : 'pause'} />
        ${t(paused ? 'console.resume' : 'console.pause')}</button>
      <button type="button" class="button small" onClick=${end}>${t('console.end')}</button>`
      }</p></section>`;
}
