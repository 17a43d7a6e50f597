// Moving one person to another table, and taking it back while that is still possible.

import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { move, undo_move } from '../../app/console_actions.js';
import { name_of } from '../../app/people.js';
import { current, use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { room_here } from '../../store/round_reading.js';
import { table_by_id } from '../../store/room_list.js';
import { Icon } from '../parts.js';

const UNDO_MS = 10_000;

/** Whom a table is being chosen for. @type {import('@preact/signals').Signal<string | null>} */
export const moving = signal(null);
/**
 * @type {import('@preact/signals').Signal<{number: number, words: string, until: number} | null>}
 */
const last_move = signal(null);

/** @param {string} person @param {string} table */
export async function move_to(person, table) {
  const ok = await move(person, table);
  if (!ok) return;
  const state = current();
  const where = table_by_id(state, table)?.name ?? '';
  const words = t('move.done', { name: name_of(state, person), table: where });
  last_move.value = { number: ok.move, words, until: performance.now() + UNDO_MS };
}

/** What was moved last, with the way back while there is one. */
export function Moved() {
  const last = last_move.value;
  useEffect(() => {
    if (!last) return undefined;
    const forget = () => {
      if (last_move.value === last) last_move.value = null;
    };
    const timer = setTimeout(forget, Math.max(0, last.until - performance.now()));
    return () => clearTimeout(timer);
  }, [last]);
  const undo = async () => {
    if (last) await undo_move(last.number);
    last_move.value = null;
  };
  return html`<div role="status">${
    last &&
    html`<p class="notice"><span class="grow">${last.words}</span>
      <button type="button" class="button small" onClick=${undo}><${Icon} name="undo" />
        ${t('move.undo')}</button></p>`
  }</div>`;
}

/** @param {{person: string, from: string}} props */
export function MoveForm({ person, from }) {
  const field = useRef(/** @type {HTMLSelectElement | null} */ (null));
  const name = use_state((state) => name_of(state, person), [person]);
  const room = use_state(room_here);
  const running = new Set(room?.round?.tables.map(([table]) => table));
  const tables = (room?.tables ?? []).filter(
    (table) => table.id !== from && (running.has(table.id) || table.capacity === null),
  );
  const [table, set_table] = useState(tables[0]?.id ?? '');
  useLayoutEffect(() => field.current?.focus(), []);
  const close = () => {
    moving.value = null;
    document.getElementById(`sitter-${person}`)?.focus();
  };
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    close();
    if (table) void move_to(person, table);
  };
  const on_key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return html`<form class="move-form" onSubmit=${submit} onKeyDown=${on_key}>
    <label for="move-to">${t('move.to', { name })}</label>
    <div class="row"><select ref=${field} id="move-to" value=${table}
        onChange=${(/** @type {any} */ event) => set_table(event.currentTarget.value)}>
        ${tables.map(
          (each) => html`<option key=${each.id} value=${each.id}>
          ${each.name} · ${t('console.here', { n: each.taken })}</option>`,
        )}</select>
      <button class="button small primary">${t('move.go')}</button>
      <button type="button" class="button small" onClick=${close}>${t('action.cancel')}</button>
    </div></form>`;
}
