// The rooms of an event that is being made: their kind, their tables and chairs. The lobby, where
// everyone arrives, comes of itself.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { t } from '../../app/text.js';
import { Ask, choices } from '../account/form.js';
import { Icon, IconButton } from '../parts.js';

/** @typedef {import('../account/form.js').Form} Form */
/** @typedef {{key: number, kind: 'tables' | 'plenary'}} Row */

/**
 * What the fields mean, the lobby first.
 * @param {Record<string, string>} values
 */
export function read_rooms(values) {
  const rooms = [/** @type {Record<string, any>} */ ({ name: t('rooms.lobby'), kind: 'lobby' })];
  while (values[`rooms[${rooms.length}].name`] !== undefined) {
    const of = (/** @type {string} */ field) => values[`rooms[${rooms.length}].${field}`];
    const kind = of('kind');
    const tables =
      kind === 'tables' ? { tables: Number(of('tables')), capacity: Number(of('capacity')) } : {};
    rooms.push({ name: of('name').trim(), kind, ...tables });
  }
  return rooms;
}

/** @param {{form: Form}} props */
export function RoomsField({ form }) {
  const [rows, set_rows] = useState(
    /** @type {Row[]} */ ([
      { key: 1, kind: 'plenary' },
      { key: 2, kind: 'tables' },
    ]),
  );
  const change = (/** @type {number} */ key, /** @type {Row['kind']} */ kind) =>
    set_rows(rows.map((row) => (row.key === key ? { key, kind } : row)));
  const add = () => {
    const key = Math.max(0, ...rows.map((row) => row.key)) + 1;
    set_rows([...rows, { key, kind: 'tables' }]);
  };
  return html`<fieldset class="stack"><legend>${t('rooms.title')}</legend>
    <p class="hint">${t('rooms.how')}</p>
    ${rows.map(
      ({ key, kind }, i) => html`<div key=${key} class="room-row" role="group"
      aria-label=${t('rooms.nth', { n: i + 1 })}>
      <${Ask} form=${form} name=${`rooms[${i + 1}].name`} id=${`room-${key}`}
        label=${t('desk.room_name')} maxlength="60" required
        defaultValue=${t(kind === 'plenary' ? 'rooms.plenary_name' : 'rooms.tables_name')} />
      <${Ask} form=${form} name=${`rooms[${i + 1}].kind`} id=${`kind-${key}`}
        label=${t('desk.room_kind')}
        onChange=${(/** @type {any} */ event) => change(key, event.currentTarget.value)}>
        ${choices(
          [
            ['tables', t('desk.kind_tables')],
            ['plenary', t('desk.kind_plenary')],
          ],
          kind,
        )}<//>
      ${
        kind === 'tables' &&
        html`<${Ask} form=${form} name=${`rooms[${i + 1}].tables`} id=${`tables-${key}`}
          label=${t('desk.how_many_tables')} type="number" min="1" max="100" defaultValue="6" />
        <${Ask} form=${form} name=${`rooms[${i + 1}].capacity`} id=${`chairs-${key}`}
          label=${t('desk.chairs_each')} type="number" min="2" max="100" defaultValue="6" />`
      }
      <${IconButton} icon="trash" label=${t('rooms.remove', { n: i + 1 })}
        onClick=${() => set_rows(rows.filter((row) => row.key !== key))} /></div>`,
    )}
    <p><button type="button" class="button small" onClick=${add}><${Icon} name="plus" />
      ${t('rooms.add')}</button></p></fieldset>`;
}
