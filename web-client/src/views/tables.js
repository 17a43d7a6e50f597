// The tables of a room, as a list or as a floor plan: the same items in the same order, with the
// same one thing to do at each.

import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { sit, stand, visit } from '../app/actions.js';
import { tables_as } from '../app/prefs.js';
import { name_of } from '../app/people.js';
import { use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { knocking } from '../app/ui.js';
import { may } from '../store/moderation.js';
import { is_running, round_here } from '../store/round_reading.js';
import { Knock } from './knock.js';
import { later } from './later_parts.js';
import { Avatar, Empty, Icon } from './parts.js';
import { use_roving } from './roving.js';
import { sit_name, state_of, state_word, taken_words } from './table_state.js';

/** @typedef {import('../store/state.js').Table} Table */
/** @typedef {import('../store/state.js').Room} Room */

const FACES_SHOWN = 8;
const CLOSED = new Set(['full', 'round', 'resting']);
const STATE_ICONS = {
  mine: 'check',
  sofa: 'sofa',
  round: 'clock',
  resting: 'armchair',
  locked: 'lock',
  full: 'people',
  deep: 'message',
  empty: 'armchair',
  open: 'armchair',
};

/**
 * The drawing of the floor plan, once it was asked for and is there; until then the list serves.
 * @type {import('@preact/signals').Signal<{FloorTable: any, Sofa: any} | null>}
 */
const drawing = signal(null);

/** @param {boolean} wanted */
function use_drawing(wanted) {
  useEffect(() => {
    if (!wanted || drawing.value) return;
    later().then(
      ({ FloorTable, Sofa }) => (drawing.value = { FloorTable, Sofa }),
      () => {},
    );
  }, [wanted]);
  return drawing.value;
}

const NONE = /** @type {string[]} */ ([]);
let last = { of: /** @type {any} */ (null), mine: /** @type {any} */ (null), closed: NONE };

/**
 * While a round runs one sits where it says: at its other tables there is no chair to take.
 * @param {import('../store/state.js').State} state
 */
function closed_by_round(state) {
  const round = round_here(state);
  if (!is_running(round)) return NONE;
  const tables = state.rooms[state.place.room ?? ''].tables;
  const mine = state.round_table;
  if (last.of !== tables || last.mine !== mine) {
    const others = tables.filter((table) => table.capacity !== null && table.id !== mine);
    last = { of: tables, mine, closed: others.map((table) => table.id) };
  }
  return last.closed;
}

/** @param {{room: Room}} props */
export function Tables({ room }) {
  const list = use_roving();
  const drawn = use_drawing(tables_as.value === 'plan');
  const plan = tables_as.value === 'plan' && drawn !== null;
  if (room.tables.length === 0) {
    return html`<${Empty} icon="table" title=${t('tables.none')}><p>${t('tables.none_how')}</p>
      <//>`;
  }
  // The sofa stands last, whatever its place among the tables.
  const tables = [...room.tables].sort(
    (a, b) => Number(a.capacity === null) - Number(b.capacity === null),
  );
  return html`<section aria-labelledby="tables-title">
    <h2 id="tables-title" class="unseen">${t('tables.title')}</h2>
    <ul class=${`plain ${plan ? 'floor' : 'table-list'}`} ref=${list}>
      ${tables.map((table) => html`<${TableItem} key=${table.id} table=${table} plan=${plan} />`)}
    </ul></section>`;
}

/** @param {{table: Table, plan: boolean}} props */
function TableItem({ table, plan }) {
  const mine = use_state((state) => state.place.table);
  const closed = use_state(closed_by_round);
  const what = state_of(table, mine, closed);
  const sofa = table.capacity === null;
  const dress = sofa ? drawing.value?.Sofa : drawing.value?.FloorTable;
  return html`<li class=${`table-item is-${what} ${sofa ? 'is-sofa' : ''}`}>
    ${plan && html`<${dress} table=${table} what=${what} />`}
    <div class="table-words">
      <h3 dir="auto">${table.name}</h3>
      ${table.topic && html`<p class="topic" dir="auto">${table.topic}</p>`}
      <p class="table-state"><${Icon} name=${STATE_ICONS[what]} />
        <span>${state_word(what)}</span><span class="quiet">${taken_words(table)}</span></p>
      <${Faces} table=${table} seen=${!plan} />
    </div>
    <${TableButton} table=${table} what=${what} plan=${plan} />
  </li>`;
}

/**
 * Who sits there; in the floor plan the chairs show it to the eye already.
 * @param {{table: Table, seen: boolean}} props
 */
function Faces({ table, seen }) {
  const names = use_state(
    (state) => (table.seats ?? []).map(({ person }) => name_of(state, person)).join('\u0000'),
    [table],
  );
  const people = use_state((state) => state.people);
  if (!table.seats?.length) return null;
  const list = names.split('\u0000');
  const words = t('table.people', { names: list.join(', ') });
  if (!seen) return html`<p class="unseen">${words}</p>`;
  return html`<p class="avatars"><span class="unseen">${words}</span>
    ${table.seats.slice(0, FACES_SHOWN).map(
      ({ person, state }, i) => html`<${Avatar} key=${person}
      id=${person} name=${list[i]} state=${people[person]?.state ?? state} small />`,
    )}
    ${
      table.seats.length > FACES_SHOWN &&
      html`<span class="quiet" aria-hidden="true">
      +${table.seats.length - FACES_SHOWN}</span>`
    }</p>`;
}

/** The one thing to do at a table. @param {{table: Table, what: string, plan: boolean}} props */
function TableButton({ table, what, plan }) {
  const may_visit = use_state(
    (state) =>
      may(state, 'round.run', state.place.room) || may(state, 'person.moderate', state.place.room),
  );
  const visiting = use_state((state) => `table:${table.id}` in state.streams, [table.id]);
  const waiting = knocking.value?.table === table.id;
  const sofa = table.capacity === null;
  const visit_name = t(visiting ? 'visit.end_name' : 'visit.start_name', { table: table.name });
  let button = null;
  if (what === 'mine') {
    button = html`<button type="button" class="button small" data-rove onClick=${stand}>
      <${Icon} name="stand" /> ${t(sofa ? 'table.leave_sofa' : 'table.stand')}</button>`;
  } else if (waiting) {
    button = html`<p class="knocking" role="status"><${Icon} name="waiting"
      /> ${t('knock.waiting')}</p>`;
  } else if (what === 'locked') {
    button = html`<${Knock} table=${table} />`;
  } else if (!CLOSED.has(what) && (sofa || !plan)) {
    button = html`<button type="button" class="button small" data-rove aria-label=${sit_name(table)}
      onClick=${() => sit(table.id)}>${t(sofa ? 'table.sit_sofa' : 'table.sit')}</button>`;
  }
  return html`<div class="table-buttons">${button}
    ${
      may_visit &&
      what !== 'mine' &&
      table.taken > 0 &&
      html`<button type="button" class="link"
      data-rove aria-label=${visit_name}
      onClick=${() => visit(table.id, !visiting)}>
        ${t(visiting ? 'visit.end' : 'visit.start')}</button>`
    }
  </div>`;
}
