// Hosts who stay at one table in every round.

import { html } from 'htm/preact';
import { name_of } from '../../app/people.js';
import { wish, wishes } from '../../app/round_plan.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { room_here } from '../../store/round_reading.js';
import { IconButton } from '../parts.js';
import { PeoplePicker } from './people_picker.js';

const NO_TABLES = /** @type {import('../../store/state.js').Table[]} */ ([]);

export function Hosts() {
  const { hosts } = wishes.value;
  const tables = use_state((state) => room_here(state)?.tables ?? NO_TABLES).filter(
    (table) => table.capacity !== null,
  );
  const add = (/** @type {string[]} */ [person]) => {
    const busy = new Set(hosts.map(([, table]) => table));
    const free = tables.find((table) => !busy.has(table.id)) ?? tables[0];
    if (person && free) wish({ hosts: [...hosts, [person, free.id]] });
  };
  if (tables.length === 0) return null;
  return html`<fieldset class="plan-groups"><legend>${t('plan.hosts')}</legend>
    <p class="hint">${t('plan.hosts_hint')}</p>
    ${hosts.map(
      ([person, table], index) => html`<${Host} key=${person} person=${person} table=${table}
        tables=${tables}
        set=${(/** @type {string} */ at) =>
          wish({ hosts: hosts.map((each, i) => (i === index ? [person, at] : each)) })}
        drop=${() => wish({ hosts: hosts.filter((_each, i) => i !== index) })} />`,
    )}
    <${PeoplePicker} id="plan-host" label=${t('plan.host_add')} people=${[]} most=${1}
      taken=${hosts.map(([person]) => person)} set=${add} /></fieldset>`;
}

/**
 * @param {{person: string, table: string, tables: import('../../store/state.js').Table[],
 *   set: (table: string) => void, drop: () => void}} props
 */
function Host({ person, table, tables, set, drop }) {
  const name = use_state((state) => name_of(state, person), [person]);
  return html`<div class="row"><bdi class="grow">${name}</bdi>
    <select class="host-table" aria-label=${t('plan.host_at', { name })} value=${table}
      onChange=${(/** @type {any} */ event) => set(event.currentTarget.value)}>
      ${tables.map((each) => html`<option key=${each.id} value=${each.id}>${each.name}</option>`)}
    </select>
    <${IconButton} icon="close" label=${t('plan.person_drop', { name })} onClick=${drop} /></div>`;
}
