// Rooms and tables as staff arrange them: new ones, other names and sizes, closing what is done.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import {
  close_room,
  create_room,
  create_table,
  remove_table,
  rename_room,
  update_table,
} from '../../app/staff_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { may } from '../../store/moderation.js';
import { Field, Icon, IconButton } from '../parts.js';

/** @typedef {import('../../store/state.js').Room} Room */
/** @typedef {import('../../store/state.js').Table} Table */

/** @param {SubmitEvent} event */
const values_of = (event) => new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));

export function Rooms() {
  const may_rooms = use_state((state) => state.capabilities.includes('room.manage'));
  const may_tables = use_state((state) => may(state, 'table.manage', state.place.room));
  const order = use_state((state) => state.room_order);
  const here = use_state((state) => state.rooms[state.place.room ?? '']);
  return html`
    ${may_tables && here?.kind === 'tables' && html`<${TablesHere} room=${here} />`}
    ${
      may_rooms &&
      html`<section class="pad stack"><h2>${t('desk.rooms')}</h2>
      <ul class="plain stack">${order.map((id) => html`<${RoomRow} key=${id} id=${id} />`)}</ul>
      <${NewRoom} /></section>`
    }`;
}

/** @param {{id: string}} props */
function RoomRow({ id }) {
  const room = use_state((state) => state.rooms[id], [id]);
  const [editing, set_editing] = useState(false);
  if (!room) return null;
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const name = String(values_of(event).get('name')).trim();
    set_editing(false);
    if (name && name !== room.name) void rename_room(id, name);
  };
  const close = () => {
    if (window.confirm(t('desk.close_room_sure', { room: room.name }))) void close_room(id);
  };
  if (editing) {
    return html`<li><form class="row" onSubmit=${submit}>
      <label class="unseen" for=${`name-${id}`}>${t('desk.room_name')}</label>
      <input id=${`name-${id}`} name="name" type="text" class="grow" maxlength="60"
        defaultValue=${room.name} />
      <button class="button small primary">${t('action.save')}</button></form></li>`;
  }
  return html`<li class="row"><span class="grow" dir="auto">${room.name}</span>
    <${IconButton} icon="edit" label=${t('desk.rename', { name: room.name })}
      onClick=${() => set_editing(true)} />
    ${
      room.kind !== 'lobby' &&
      html`<${IconButton} icon="trash" label=${t('desk.close_room', { room: room.name })}
      onClick=${close} />`
    }</li>`;
}

function NewRoom() {
  const [kind, set_kind] = useState('tables');
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const values = values_of(event);
    const name = String(values.get('name')).trim();
    if (!name) return;
    const tables =
      kind === 'tables'
        ? { tables: Number(values.get('tables')), capacity: Number(values.get('capacity')) }
        : {};
    if (await create_room({ name, kind, ...tables })) form.reset();
  };
  return html`<details class="more"><summary>${t('desk.new_room')}</summary><form class="stack"
    onSubmit=${submit}>
    <${Field} name="name" id="room-name" label=${t('desk.room_name')} maxlength="60" required />
    <div class="field"><label for="room-kind">${t('desk.room_kind')}</label>
      <select id="room-kind" value=${kind}
        onChange=${(/** @type {any} */ event) => set_kind(event.currentTarget.value)}>
        <option value="tables">${t('desk.kind_tables')}</option>
        <option value="plenary">${t('desk.kind_plenary')}</option></select></div>
    ${
      kind === 'tables' &&
      html`<div class="row">
      <${Field} name="tables" label=${t('desk.how_many_tables')} type="number" min="1" max="100"
        defaultValue="6" />
      <${Field} name="capacity" label=${t('desk.chairs_each')} type="number" min="2" max="50"
        defaultValue="6" /></div>`
    }
    <button class="button small primary"><${Icon} name="plus" /> ${t('desk.make_room')}</button>
      </form></details>`;
}

/** @param {{room: Room}} props */
function TablesHere({ room }) {
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const values = values_of(event);
    const name = String(values.get('name')).trim();
    const topic = String(values.get('topic')).trim();
    const capacity = Number(values.get('capacity'));
    if (
      await create_table({
        room: room.id,
        capacity,
        ...(name ? { name } : {}),
        ...(topic ? { topic } : {}),
      })
    )
      form.reset();
  };
  return html`<section class="pad stack"><h2>${t('desk.tables_here')}</h2>
    <ul class="plain stack">${room.tables
      .filter((table) => table.capacity !== null)
      .map((table) => html`<${TableRow} key=${table.id} table=${table} />`)}</ul>
    <details class="more"><summary>${t('desk.new_table')}</summary><form class="stack"
      onSubmit=${submit}>
      <${Field} name="name" id="table-name" label=${t('desk.table_name')} maxlength="60" />
      <${Field} name="topic" id="table-topic" label=${t('my_table.topic')} maxlength="200" />
      <${Field} name="capacity" id="table-capacity" label=${t('desk.chairs')} type="number" min="2"
        max="50" defaultValue="6" />
      <button class="button small primary"><${Icon} name="plus" /> ${t('desk.make_table')}</button>
        </form></details>
  </section>`;
}

/** @param {{table: Table}} props */
function TableRow({ table }) {
  const [editing, set_editing] = useState(false);
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const values = values_of(event);
    set_editing(false);
    void update_table(table.id, {
      name: String(values.get('name')).trim() || table.name,
      topic: String(values.get('topic')).trim(),
      capacity: Number(values.get('capacity')) || table.capacity || undefined,
    });
  };
  const remove = () => {
    if (table.taken === 0 || window.confirm(t('desk.remove_table_sure', { table: table.name }))) {
      void remove_table(table.id);
    }
  };
  if (editing) {
    return html`<li><form class="stack" onSubmit=${submit}>
      <${Field} name="name" id=${`n-${table.id}`} label=${t('desk.table_name')} maxlength="60"
        defaultValue=${table.name} />
      <${Field} name="topic" id=${`t-${table.id}`} label=${t('my_table.topic')} maxlength="200"
        defaultValue=${table.topic} />
      <${Field} name="capacity" id=${`c-${table.id}`} label=${t('desk.chairs')} type="number"
        min="2" max="50"
        defaultValue=${table.capacity} />
      <div class="row"><button class="button small primary">${t('action.save')}</button>
      <button type="button" class="button small" onClick=${() => set_editing(false)}>
        ${t('action.cancel')}</button></div>
    </form></li>`;
  }
  return html`<li class="row"><span class="grow"><span dir="auto">${table.name}</span>
      <span class="sub">
        ${t('table.taken', { taken: table.taken, capacity: table.capacity ?? 0 })}</span></span>
    <${IconButton} icon="edit" label=${t('desk.rename', { name: table.name })}
      onClick=${() => set_editing(true)} />
    <${IconButton} icon="trash" label=${t('desk.remove_table', { table: table.name })}
      onClick=${remove} /></li>`;
}
