// Tables that called for help, the one that has waited longest first.

import { html } from 'htm/preact';
import { help_done, visit } from '../../app/actions.js';
import { name_of } from '../../app/people.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { table_by_id } from '../../store/room_list.js';
import { Icon, Time } from '../parts.js';

/** @typedef {import('../../store/state.js').HelpCall} HelpCall */

const NONE = /** @type {HelpCall[]} */ ([]);

export function HelpCalls() {
  const calls = use_state((state) => state.desk?.help ?? NONE);
  if (calls.length === 0) return null;
  const oldest_first = [...calls].sort((a, b) => a.at - b.at);
  return html`<section class="pad stack"><h3>${t('console.calls')}</h3>
    <ul class="plain stack">${oldest_first.map(
      (call) => html`<${Call} key=${call.table}
      call=${call} />`,
    )}</ul></section>`;
}

/** @param {{call: HelpCall}} props */
function Call({ call }) {
  const table = use_state((state) => table_by_id(state, call.table)?.name ?? '', [call.table]);
  const name = use_state((state) => name_of(state, call.person), [call.person]);
  const visiting = use_state((state) => `table:${call.table}` in state.streams, [call.table]);
  return html`<li class="row wrap"><${Icon} name="help" />
    <span class="grow"><span class="strong" dir="auto">${table}</span>
      <span class="sub"><bdi>${name}</bdi>, <${Time} at=${call.at} /></span>
      ${call.line && html`<q dir="auto">${call.line}</q>`}</span>
    <button type="button" class="button small"
      aria-label=${t(visiting ? 'visit.end_name' : 'visit.start_name', { table })}
      onClick=${() => visit(call.table, !visiting)}>
      ${t(visiting ? 'visit.end' : 'visit.start')}</button>
    <button type="button" class="button small primary" onClick=${() => help_done(call.table)}>
      ${t('console.done')}</button></li>`;
}
