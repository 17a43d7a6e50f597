// The line over everything while there is a round in the room: which one, how long it still goes,
// and what is asked of one just now. On a phone it stays in view whatever is in front.

import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { sit_out, take_chair } from '../../app/round_actions.js';
import { name_of } from '../../app/people.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { is_wrapping, my_part, round_here, sits_out } from '../../store/round_reading.js';
import { show_place } from '../../app/ui.js';
import { table_by_id } from '../../store/room_list.js';
import { Icon } from '../parts.js';
import { Announcement } from './announcement.js';
import { Countdown, round_name } from './countdown.js';
import { Merge } from './merge.js';
import { declined_chair, said, use_said } from './said.js';

/** @typedef {import('../../store/state.js').Round} Round */

export function RoundHead() {
  const round = use_state(round_here);
  return html`<section class="round-head" aria-label=${t('round.it')}>
    ${round && html`<${Line} round=${round} />`}
    <${Announcement} />
    ${round && html`<${Merge} /><${Chair} round=${round} />`}
  </section>`;
}

/** @param {{round: Round}} props */
function Line({ round }) {
  const part = use_state(my_part);
  const table = use_state((state) => table_by_id(state, state.place.table));
  use_said();
  const over = part === 'plenary';
  if (part === 'none' || (over && round.number >= round.of)) return null;
  return html`<div class=${`round-line is-${round.phase}`}>
    <p class="round-what"><${Icon} name="clock" /> <span class="grow"><${What} round=${round}
      part=${part} /></span>
      ${
        part === 'table' &&
        html`<button type="button" class="round-where" dir="auto" onClick=${show_place}>
        ${table?.name}</button>`
      }
      ${!over && html`<${Countdown} round=${round} table=${table?.id ?? null} />`}</p>
    ${said.value && html`<p class="round-said">${said.value.text}</p>`}
    ${
      part !== 'table' &&
      html`<${SitOut} part=${part}
      last=${round.number >= round.of} />`
    }
  </div>`;
}

/** @param {{round: Round, part: ReturnType<typeof my_part>}} props */
function What({ round, part }) {
  const table = use_state((state) => state.place.table);
  const name = round_name(round);
  if (part === 'announced') return t('round.starts_in', { round: name });
  if (part === 'plenary') {
    return t('round.next_here', { number: round.number + 1, of: round.of });
  }
  if (round.paused_at !== null) return `${name} · ${t('round.paused')}`;
  if (is_wrapping(round, table) && part === 'table') return t('round.wrapping');
  return name;
}

/** @param {string} part @param {boolean} last */
function when_seated(part, last) {
  if (part === 'announced') return t('round.seat_soon');
  if (part === 'plenary') return t('round.next_soon');
  return t(last ? 'round.last_one' : 'round.next_after');
}

/**
 * No reason is asked, and one can always come back to it.
 * @param {{part: string, last: boolean}} props `last`: the last round of its series
 */
function SitOut({ part, last }) {
  const out = use_state(sits_out);
  const staff = use_state((state) => (state.people[state.me]?.role ?? 'member') !== 'member');
  const join = t(staff ? 'round.join_staff' : 'round.join_next');
  const words = t(staff ? 'round.out_staff' : 'round.out');
  const nothing_left = part === 'sofa' && last && !staff;
  return html`<div class="round-choice">
    <span class="grow">${out ? words : when_seated(part, last)}</span>
    ${
      !nothing_left &&
      html`<button type="button" class="button small" onClick=${() => sit_out(!out)}>
      ${out ? join : t('round.sit_out')}</button>`
    }</div>`;
}

/** Whoever may take over from a facilitator who vanished is asked. @param {{round: Round}} props */
function Chair({ round }) {
  const offered = use_state(
    (state) => round_here(state)?.chair_offered.includes(state.me) === true,
  );
  const name = use_state(
    (state) => (round.chair ? name_of(state, round.chair) : ''),
    [round.chair],
  );
  useEffect(() => {
    if (!offered) declined_chair.value = '';
  }, [offered]);
  if (!offered || declined_chair.value === round.plan) return null;
  return html`<div class="notice notice-ask">
    <p>${name ? t('chair.gone', { name }) : t('chair.gone_nobody')}</p>
    <button type="button" class="button small primary" onClick=${take_chair}>
      ${t('chair.take')}</button>
    <button type="button" class="button small"
      onClick=${() => (declined_chair.value = round.plan)}>${t('chair.not_me')}</button></div>`;
}
