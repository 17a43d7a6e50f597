// The console of whoever leads rounds, in a panel of its own beside the talk: plan, run sheet, live
// tables, words to all, and who sat where.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { announce_round, stay_in_console, steer } from '../../app/console_actions.js';
import { name_of } from '../../app/people.js';
import { sit_out } from '../../app/round_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { close_console } from '../../app/ui.js';
import { is_running, round_here } from '../../store/round_reading.js';
import '../later_icons.js';
import { Icon, IconButton } from '../parts.js';
import { Countdown, round_name } from '../rounds/countdown.js';
import { Debrief } from './debrief.js';
import { HelpCalls } from './help_calls.js';
import { LiveTables } from './live_tables.js';
import { Plan } from './plan.js';
import { RunSheet } from './run_sheet.js';
import { Say } from './say.js';
import { Steering } from './steering.js';

/** @typedef {import('../../store/state.js').Round} Round */

export function Console() {
  const round = use_state(round_here);
  const running = is_running(round);
  return html`<div class="lead">
    <header class="lead-head"><h2 class="grow" id="lead-title" tabindex="-1">
      ${t('rounds.lead')}</h2>
      <${IconButton} icon="close" label=${t('console.close')} onClick=${close_console} /></header>
    <${Chair} round=${round} />
    ${round?.phase === 'announced' && html`<${Announced} round=${round} />`}
    ${running && html`<${Steering} round=${round} />`}
    ${(!round || round.phase === 'plenary') && html`<${Next} round=${round} />`}
    ${round && html`<${RunSheet} round=${round} />`}
    ${running && html`<${HelpCalls} /><${LiveTables} round=${round} />`}
    ${round && html`<${Say} />`}
    ${round && round.number > 0 && html`<${Debrief} round=${round} />`}
  </div>`;
}

/** @param {Promise<any>} done */
const then_stay = (done) => void done.then((ok) => ok && stay_in_console());

/** Who else leads, if somebody does. @param {{round: Round | null}} props */
function Chair({ round }) {
  const other = use_state(
    (state) => (round?.chair && round.chair !== state.me ? name_of(state, round.chair) : ''),
    [round?.chair],
  );
  if (!other) return null;
  return html`<p class="quiet pad-side">${t('console.chair_is', { name: other })}</p>`;
}

/** @param {{round: Round}} props */
function Announced({ round }) {
  return html`<section class="pad stack"><p class="lead-now">
      <span class="grow">${t('round.starts_in', { round: round_name(round) })}</span>
      <${Countdown} round=${round} table=${null} /></p>
    <p class="row wrap"><button type="button" class="button small"
      onClick=${() => then_stay(steer('round.cancel'))}>${t('console.call_off')}</button>
      <${SeatMe} /></p>
  </section>`;
}

/**
 * Between the rounds of a series: the next one, the same groups again, or something new.
 * @param {{round: Round | null}} props
 */
function Next({ round }) {
  const [fresh, set_fresh] = useState(false);
  const more = round && round.number < round.of;
  const seated = use_state((state) => state.seating !== null);
  if (!round || fresh) {
    return html`<${Plan} announced=${() => set_fresh(false)} />
      <p class="pad-side"><${SeatMe} /></p>`;
  }
  return html`<section class="pad stack"><p class="row wrap">
      ${
        more &&
        html`<button type="button" class="button primary"
          onClick=${() => then_stay(announce_round({}))}>
        <${Icon} name="next" /> ${t('console.announce_next', {
          number: round.number + 1,
          of: round.of,
        })}</button>`
      }
      ${
        (seated || round.number > 0) &&
        html`<button type="button" class="button"
          onClick=${() => then_stay(announce_round({ same_groups: true }))}>
        ${t('console.announce_again')}</button>`
      }
      <button type="button" class="button" onClick=${() => set_fresh(true)}>
        ${t('console.new_series')}</button></p><${SeatMe} /></section>`;
}

/** Staff are seated only if they say so. */
function SeatMe() {
  const staff = use_state((state) => (state.people[state.me]?.role ?? 'member') !== 'member');
  const joins = use_state((state) => state.joining_in.includes(state.me));
  if (!staff) return null;
  return html`<label class="check"><input type="checkbox" checked=${joins}
    onChange=${() => sit_out(joins)} /> ${t('console.seat_me')}</label>`;
}
