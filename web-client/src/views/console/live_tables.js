// The tables of a running round: who is alone first, who asks for time, who sits where. A person is
// moved by choosing their name, or by dragging it to another table.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { visit } from '../../app/actions.js';
import { give_time } from '../../app/console_actions.js';
import { name_of } from '../../app/people.js';
import { use_state } from '../../app/store.js';
import { clock_time, t } from '../../app/text.js';
import { may } from '../../store/moderation.js';
import { live_tables, room_here } from '../../store/round_reading.js';
import { Avatar } from '../parts.js';
import { use_roving } from '../roving.js';
import { MoveForm, Moved, move_to, moving } from './move.js';

/** @typedef {import('../../store/state.js').Round} Round */
/** @typedef {import('../../store/state.js').Table} Table */
/** @typedef {ReturnType<typeof live_tables>[number]} Live */

const PERSON = 'application/x-hallway-person';
const MINUTES = 2;

/** @param {{round: Round}} props */
export function LiveTables({ round }) {
  const room = use_state(room_here);
  const people = use_state((state) => state.people);
  const desk = use_state((state) => state.desk);
  const list = use_roving();
  if (!room) return null;
  const live = live_tables(/** @type {any} */ ({ people, desk }), room);
  const sofa = room.tables.find((table) => table.capacity === null);
  return html`<section class="pad stack" aria-labelledby="live-title">
    <h3 id="live-title">${t('console.tables')}</h3>
    <p class="hint" id="move-hint">${t('move.hint')}</p>
    <${Moved} />
    <ul class="plain live-tables" ref=${list}>
      ${live.map((each) => html`<${LiveTable} key=${each.table.id} live=${each} round=${round} />`)}
      ${sofa && sofa.taken > 0 && html`<${Row} key=${sofa.id} table=${sofa} />`}
    </ul></section>`;
}

/** @param {{live: Live, round: Round}} props */
function LiveTable({ live, round }) {
  const { table, ends_at, awake, asked, help } = live;
  const own_end = ends_at !== round.ends_at;
  const visiting = use_state((state) => `table:${table.id}` in state.streams, [table.id]);
  const mine = use_state((state) => state.place.table === table.id, [table.id]);
  const may_visit = use_state((state) => may(state, 'round.run', state.place.room));
  const visit_name = t(visiting ? 'visit.end_name' : 'visit.start_name', { table: table.name });
  const tags = [
    awake < 2 && html`<span class="tag tag-warn">${t('console.alone')}</span>`,
    help && html`<span class="tag tag-warn">${t('console.asks_help')}</span>`,
    asked &&
      html`<span class="tag tag-staff">
        ${t('console.asks_time', { yes: asked.yes, of: asked.of })}</span>`,
    own_end &&
      html`<span class="tag">${t('console.own_end', { time: clock_time(ends_at) })}</span>`,
  ];
  return html`<${Row} table=${table} alone=${awake < 2} awake=${awake} tags=${tags}>
    <button type="button" class="button small" data-rove
      aria-label=${t('console.give_table', { n: MINUTES, table: table.name })}
      onClick=${() => give_time(MINUTES, table.id)}>${t('console.give', { n: MINUTES })}</button>
    ${
      !mine &&
      may_visit &&
      html`<button type="button" class="button small" data-rove aria-label=${visit_name}
      onClick=${() => visit(table.id, !visiting)}>
      ${t(visiting ? 'visit.end' : 'visit.start')}</button>`
    }<//>`;
}

/**
 * @param {{table: Table, awake?: number, alone?: boolean, tags?: any, children?: any}} props
 */
function Row({ table, awake = table.taken, alone = false, tags, children }) {
  const [over, set_over] = useState(false);
  const carries = (/** @type {DragEvent} */ event) =>
    event.dataTransfer?.types.includes(PERSON) === true;
  const drag_over = (/** @type {DragEvent} */ event) => {
    if (!carries(event)) return;
    event.preventDefault();
    set_over(true);
  };
  const drop = (/** @type {DragEvent} */ event) => {
    set_over(false);
    const person = event.dataTransfer?.getData(PERSON);
    if (!person) return;
    event.preventDefault();
    if (!table.seats?.some((seat) => seat.person === person)) void move_to(person, table.id);
  };
  const away = table.taken - awake;
  const words = [
    t('console.here', { n: awake }),
    ...(away > 0 ? [t('console.away', { n: away })] : []),
  ].join(', ');
  const here = table.seats?.some(({ person }) => person === moving.value);
  return html`<li class=${`live-table ${alone ? 'is-alone' : ''} ${over ? 'is-over' : ''}`}
    onDragOver=${drag_over} onDragLeave=${() => set_over(false)} onDrop=${drop}>
    <p class="live-head"><span class="strong" dir="auto">${table.name}</span>
      <span class="quiet">${words}</span>${tags}</p>
    <div class="live-buttons">${children}</div>
    <ul class="plain live-people">${(table.seats ?? []).map(
      ({ person }) => html`<${Sitter} key=${person} id=${person} />`,
    )}</ul>
    ${
      here &&
      moving.value &&
      html`<${MoveForm} key=${moving.value} person=${moving.value}
      from=${table.id} />`
    }</li>`;
}

/** @param {{id: string}} props */
function Sitter({ id }) {
  const name = use_state((state) => name_of(state, id), [id]);
  const presence = use_state((state) => state.people[id]?.state ?? 'online', [id]);
  const chosen = moving.value === id;
  const drag = (/** @type {DragEvent} */ event) => {
    event.dataTransfer?.setData(PERSON, id);
    event.dataTransfer?.setData('text/plain', name);
  };
  return html`<li><button type="button" class="chip sitter" data-rove draggable=${true}
    id=${`sitter-${id}`} aria-describedby="move-hint"
    aria-expanded=${chosen ? 'true' : 'false'} onDragStart=${drag}
    onClick=${() => (moving.value = chosen ? null : id)}>
    <${Avatar} id=${id} name=${name} state=${presence} small /><bdi>${name}</bdi></button></li>`;
}
