// The desk of those who keep the event: who waits, who called for help, the event, its rooms and
// tables.

import { html } from 'htm/preact';
import { help_done, sit, visit } from '../../app/actions.js';
import { name_of } from '../../app/people.js';
import { admit, refuse, update_event } from '../../app/staff_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { chosen_chat, focus_wanted, show_panel } from '../../app/ui.js';
import { may } from '../../store/moderation.js';
import { room_of_table, table_by_id } from '../../store/room_list.js';
import { is_running } from '../../store/round_reading.js';
import { Asking } from '../desk/act_form.js';
import { Avatar, Icon, Time } from '../parts.js';
import { Rooms } from './rooms.js';

/** @typedef {import('../../app/desk_actions.js').Wishes} Wishes */

/** @param {string} capability */
export const use_may = (capability) =>
  use_state((state) => may(state, capability, state.place.room), [capability]);

export function Desk() {
  return html`<div class="desk"><${Waiting} /><${Help} /><${EventTools} /><${Rooms} /></div>`;
}

const NOBODY = /** @type {string[]} */ ([]);

export function Waiting() {
  const may = use_may('person.admit');
  const waiting = use_state((state) => state.desk?.waiting ?? NOBODY);
  if (!may) return null;
  const n = waiting.length;
  return html`<section class="pad stack"><h2>${t('desk.waiting')}</h2>
    ${
      n > 1 &&
      html`<div class="row wrap"><button type="button" class="button small primary"
          onClick=${() => admit('all')}>${t('desk.admit_all', { n })}</button>
        <${Asking} id="refuse-all" doing="refuse_all" n=${n}
          run=${(/** @type {Wishes} */ { reason }) => refuse('all', reason)}>
          ${t('desk.refuse_all', { n })}<//></div>`
    }
    ${waiting.length === 0 && html`<p class="quiet">${t('desk.nobody_waits')}</p>`}
    <ul class="plain stack">${waiting.map((id) => html`<${WaitingRow} key=${id} id=${id} />`)}</ul>
      </section>`;
}

/** @param {{id: string}} props */
function WaitingRow({ id }) {
  const name = use_state((state) => name_of(state, id), [id]);
  const about = use_state((state) => state.people[id]?.about ?? '', [id]);
  return html`<li class="row wrap"><${Avatar} id=${id} name=${name} small />
    <span class="grow"><bdi class="strong">${name}</bdi>${
      about &&
      html`<span class="sub"
      dir="auto">${about}</span>`
    }</span>
    <button type="button" class="button small primary" aria-label=${t('desk.admit_name', { name })}
      onClick=${() => admit([id])}>${t('desk.admit')}</button>
    <${Asking} id=${`refuse-${id}`} doing="refuse" aria-label=${t('desk.refuse_name', { name })}
      run=${(/** @type {Wishes} */ { reason }) => refuse(id, reason)}>
      ${t('desk.refuse')}<//></li>`;
}

const NO_CALLS = /** @type {any[]} */ ([]);

export function Help() {
  const calls = use_state((state) => state.desk?.help ?? NO_CALLS);
  return html`<section class="pad stack"><h2>${t('desk.help')}</h2>
    ${calls.length === 0 && html`<p class="quiet">${t('desk.no_help')}</p>`}
    <ul class="plain stack">${calls.map(
      (call) => html`<${Call} key=${call.table} call=${call}
      />`,
    )}</ul></section>`;
}

/** @param {{call: import('../../store/state.js').HelpCall}} props */
function Call({ call }) {
  const table = use_state((state) => table_by_id(state, call.table)?.name ?? '', [call.table]);
  const name = use_state((state) => name_of(state, call.person), [call.person]);
  const may_answer = use_may('round.run');
  // While a round runs one comes by and keeps one's own seat.
  const running = use_state(
    (state) => is_running(room_of_table(state, call.table)?.round),
    [call.table],
  );
  return html`<li class="row wrap"><${Icon} name="help" />
    <span class="grow"><span class="strong" dir="auto">${table}</span>
      <span class="sub"><bdi>${name}</bdi>, <${Time} at=${call.at} /></span>
      ${call.line && html`<q dir="auto">${call.line}</q>`}</span>
    <button type="button" class="button small"
      onClick=${() => (running ? visit(call.table, true) : sit(call.table))}>
      ${t('desk.go_there')}</button>
    ${
      may_answer &&
      html`<button type="button" class="button small primary"
        onClick=${() => help_done(call.table)}>
      ${t('desk.help_done')}</button>`
    }</li>`;
}

export function EventTools() {
  const may_open = use_may('event.open');
  const may_announce = use_may('event.announce');
  const event = use_state((state) => state.event);
  if (!event || (!may_open && !may_announce)) return null;
  const announce = () => {
    chosen_chat.value = `event:${event.id}`;
    show_panel('chat');
    focus_wanted.value = true;
  };
  const close = () => {
    if (window.confirm(t('desk.close_sure'))) void update_event({ state: 'over' });
  };
  return html`<section class="pad stack"><h2>${t('desk.event')}</h2><p class="row wrap">
    ${
      may_announce &&
      html`<button type="button" class="button small" onClick=${announce}>
      <${Icon} name="megaphone" /> ${t('desk.announce')}</button>`
    }
    ${
      may_open &&
      event.state !== 'live' &&
      html`<button type="button" class="button small primary"
      onClick=${() => update_event({ state: 'live' })}><${Icon} name="door"
        /> ${t('desk.open_event')}</button>`
    }
    ${
      may_open &&
      event.state === 'live' &&
      html`<button type="button" class="button small" onClick=${close}>
      <${Icon} name="clock" /> ${t('desk.close_event')}</button>`
    }</p></section>`;
}
