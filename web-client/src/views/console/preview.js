// What the plan achieves, in plain words, and how the first tables would sit.

import { html } from 'htm/preact';
import { why_no_round } from '../../app/console_actions.js';
import { name_of } from '../../app/people.js';
import { quality_sentences, tables_in_words } from '../../app/plan_quality.js';
import { planned, refusal, thinking } from '../../app/round_plan.js';
import { use_state } from '../../app/store.js';
import { join_names, t } from '../../app/text.js';
import { table_by_id } from '../../store/room_list.js';
import { Icon } from '../parts.js';

const TABLES_SHOWN = 4;
const dot = () => html`<span class="dot" aria-hidden="true">·</span>`;

export function Preview() {
  const ready = planned.value;
  if (refusal.value) {
    return html`<p class="callout plan-refused" role="status"><${Icon} name="alert" />
      <span>${why_no_round(refusal.value)}</span></p>`;
  }
  if (!ready) {
    return html`<p class="quiet" role="status">${t('plan.thinking')}</p>`;
  }
  const { quality, rounds } = ready.plan;
  const tables = tables_in_words(quality.sizes, join_names);
  return html`<div class=${`plan-preview ${thinking.value ? 'is-old' : ''}`}>
    <div role="status"><p class="strong">${t('quality.people', { n: quality.people, tables })}</p>
      <ul class="plain quality">${quality_sentences(quality).map(
        ({ text, good }) => html`<li key=${text} class=${good ? 'is-good' : ''}>
          ${good ? html`<${Icon} name="check" />` : dot()}
          <span>${text}</span></li>`,
      )}</ul></div>
    <${FirstTables} round=${rounds[0] ?? []} /></div>`;
}

/** @param {{round: [string | null, string[]][]}} props */
function FirstTables({ round }) {
  const shown = round.slice(0, TABLES_SHOWN);
  const more = round.length - shown.length;
  return html`<details class="more"><summary>${t('plan.first_tables')}</summary>
    <dl class="seating">${shown.map(
      ([table, people], index) => html`<${FirstTable} key=${index} table=${table}
        people=${people} />`,
    )}</dl>
    ${more > 0 && html`<p class="quiet small">${t('plan.more_tables', { n: more })}</p>`}
  </details>`;
}

/** @param {{table: string | null, people: string[]}} props */
function FirstTable({ table, people }) {
  const name = use_state(
    (state) => table_by_id(state, table)?.name ?? t('plan.new_table'),
    [table],
  );
  const names = use_state(
    (state) => people.map((person) => name_of(state, person)).join(', '),
    [people],
  );
  return html`<div><dt dir="auto">${name}</dt><dd dir="auto">${names}</dd></div>`;
}
