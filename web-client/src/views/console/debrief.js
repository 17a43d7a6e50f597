// Who sat where in the last round, to read, copy or print for the debrief.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { planned_rounds } from '../../app/console_actions.js';
import { notice } from '../../app/notices.js';
import { name_of } from '../../app/people.js';
import { current, use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { table_by_id } from '../../store/room_list.js';
import { Icon } from '../parts.js';
import { round_name } from '../rounds/countdown.js';

/** @typedef {import('../../store/state.js').Round} Round */
/** @typedef {[string | null, string[]][]} Seats */

/**
 * As the round began, if this page saw it; else as it was planned.
 * @param {Round} round @param {boolean} wanted
 */
function use_seats(round, wanted) {
  const seen = use_state((state) => state.seating);
  const [planned, set_planned] = useState(/** @type {{of: string, seats: Seats} | null} */ (null));
  const known = seen?.plan === round.plan && seen.number === round.number;
  const of = `${round.plan} ${round.number}`;
  useEffect(() => {
    if (!wanted || known || planned?.of === of) return;
    void planned_rounds(round.plan, round.number).then((rounds) =>
      set_planned({ of, seats: rounds?.[0] ?? [] }),
    );
  }, [wanted, known, of]);
  if (known) return /** @type {Seats} */ (seen?.seats ?? []);
  return planned?.of === of ? planned.seats : null;
}

/** @param {string | null} table */
const table_name = (table) => table_by_id(current(), table)?.name ?? t('plan.new_table');

/** @param {{round: Round}} props */
export function Debrief({ round }) {
  const [open, set_open] = useState(false);
  const seats = use_seats(round, open);
  const title = t('debrief.title', { round: round_name(round) });
  const lines = use_state(
    (state) =>
      (open && seats ? seats : [])
        .map(([table, people]) => {
          const names = people.map((person) => name_of(state, person)).join(', ');
          return `${table_name(table)}\u0000${names}`;
        })
        .join('\n'),
    [seats, open],
  )
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\u0000'));
  const copy = async () => {
    const text = [title, ...lines.map(([table, names]) => `${table}: ${names}`)].join('\n');
    try {
      await navigator.clipboard.writeText(text);
      notice(t('debrief.copied'));
    } catch {
      notice(t('debrief.copy_failed'), { tone: 'warn' });
    }
  };
  return html`<details class="pad more debrief"
    onToggle=${(/** @type {any} */ event) => set_open(event.currentTarget.open)}>
    <summary>${title}</summary>
    ${seats?.length === 0 && html`<p class="quiet">${t('debrief.none')}</p>`}
    <dl class="seating">${lines.map(
      ([table, names]) => html`<div key=${table}><dt dir="auto">${table}</dt>
        <dd dir="auto">${names}</dd></div>`,
    )}</dl>
    ${
      lines.length > 0 &&
      html`<p class="row wrap no-print"><button type="button" class="button small" onClick=${copy}>
        <${Icon} name="copy" /> ${t('debrief.copy')}</button>
      <button type="button" class="button small" onClick=${() => window.print()}>
        <${Icon} name="print" /> ${t('debrief.print')}</button></p>`
    }</details>`;
}
