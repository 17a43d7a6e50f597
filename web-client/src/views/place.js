// The middle: the place one is in, with a header that says who can read it and for how long.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { set_tables_as, tables_as } from '../app/prefs.js';
import { server_now } from '../app/session.js';
import { use_state } from '../app/store.js';
import { number, t, when } from '../app/text.js';
import { close_console, console_open, front, show_console, show_panel } from '../app/ui.js';
import { desk_news, is_staff } from '../store/moderation.js';
import { leads_here, my_part } from '../store/round_reading.js';
import { end_of } from '../store/state.js';
import { Lazy } from './lazy.js';
import { rounds, safety } from './later_parts.js';
import { MyTable } from './my_table.js';
import { Badge, Empty, Icon, IconButton } from './parts.js';
import { Tables } from './tables.js';

const load_my_round = () => rounds().then(({ MyRound }) => MyRound);
const load_calm = () => safety().then(({ Calm }) => Calm);
const load_plenary = () => rounds().then(({ Plenary }) => Plenary);

export function Place() {
  const room = use_state((state) => state.rooms[state.place.room ?? '']);
  const event = use_state((state) => state.event);
  const waiting = use_state((state) => state.place.waiting);
  // In a round one's own table comes first, and what else there is to know after it.
  const seated = use_state((state) => my_part(state) === 'table');
  const lockdown = use_state((state) => state.event?.lockdown === true);
  const who_reads =
    room &&
    html`<p class="who-reads"><${Icon} name="eye" /> ${t('reads.room')} ${' '}<${HowLong} /></p>`;
  return html`<header class="place-head">
      <${IconButton} icon="menu" label=${t('nav.open')} class="only-narrow"
        onClick=${() => (front.value = 'nav')} />
      <div class="grow"><h2 class="place-name" dir="auto">${room?.name ?? event?.title}</h2>
        ${
          room &&
          html`<p class="sub">${t('room.people', { n: room.count ?? 0 })}${
            room.locked && html` · <${Icon} name="lock" /> ${t('room.locked')}`
          }</p>`
        }</div>
      ${room && room.tables.length > 0 && !seated && html`<${Dress} />`}
      <${RoundsButton} /><${DeskButton} />
    </header>
    ${!seated && who_reads}
    ${lockdown && html`<${Lazy} key="calm" load=${load_calm} silent />`}
    ${waiting ? html`<${Waiting} />` : html`<${EventState} />`}
    <${MyPart} />${seated && who_reads}
    ${room && !waiting && html`<${Content} room=${room} />`}`;
}

/** My table, as it is in a round or outside of one; or the moment after a round. */
function MyPart() {
  const part = use_state(my_part);
  const table = use_state((state) => state.place.table);
  if (part === 'table') return html`<${Lazy} key="round" load=${load_my_round} />`;
  return html`${
    part === 'plenary' &&
    !table &&
    html`<${Lazy} key="plenary" load=${load_plenary}
    silent />`
  }<${MyTable} />`;
}

/** How long what is said here can be read. */
export function HowLong() {
  const ends_at = use_state((state) => end_of(state.event));
  return ends_at
    ? html`<span>${t('reads.until', { time: when(ends_at + 86_400_000, server_now()) })}</span>`
    : html`<span>${t('reads.kept')}</span>`;
}

const beside = window.matchMedia('(min-width: 80rem)');

/** The way to the console for those who lead rounds here. */
function RoundsButton() {
  const leads = use_state(leads_here);
  if (!leads) return null;
  // Beside the talk it is always in view; else it may be open behind what is in front.
  const open = console_open.value && (beside.matches || front.value === 'console');
  return html`<button type="button" class="button small not-phone"
    aria-expanded=${open ? 'true' : 'false'} onClick=${open ? close_console : show_console}>
    <${Icon} name="clock" /> ${t('rounds.lead')}</button>`;
}

/** The way to the desk for those who keep the event, with what is waiting there. */
function DeskButton() {
  const staff = use_state(is_staff);
  const news = use_state(desk_news);
  if (!staff) return null;
  return html`<button type="button" class="button small" onClick=${() => show_panel('desk')}>
    <${Icon} name="desk" /> ${t('panel.desk')} <${Badge} n=${news} /></button>`;
}

/** The same tables as a list or as a floor plan. */
function Dress() {
  const choice = (
    /** @type {'list' | 'plan'} */ name,
    /** @type {any} */ icon,
    /** @type {string} */ label,
  ) =>
    html`<button type="button" class="segment"
      aria-pressed=${tables_as.value === name ? 'true' : 'false'}
      aria-label=${label} title=${label} onClick=${() => set_tables_as(name)}><${Icon} name=${icon}
        /></button>`;
  return html`<div class="segments" role="group" aria-label=${t('tables.view')}>
    ${choice('list', 'list', t('tables.as_list'))}
    ${choice('plan', 'plan', t('tables.as_plan'))}</div>`;
}

function Waiting() {
  return html`<div class="callout"><${Icon} name="waiting" />
    <div><p class="strong">${t('waiting.title')}</p><p>${t('waiting.how')}</p></div></div>`;
}

function EventState() {
  const event = use_state((state) => state.event);
  if (!event || event.state === 'live') return null;
  const over = event.state === 'over';
  const at = over ? event.ends_at : event.starts_at;
  const how = over
    ? t('event.over_how')
    : at
      ? t('event.planned_how', { time: when(at, server_now()) })
      : t('event.planned_soon');
  return html`<div class="callout"><${Icon} name=${over ? 'coffee' : 'clock'} />
    <div><p class="strong">${t(over ? 'event.over_title' : 'event.planned_title')}</p><p>${how}</p>
      </div></div>`;
}

/** @param {{room: import('../store/state.js').Room}} props */
function Content({ room }) {
  const seated = use_state((state) => my_part(state) === 'table');
  if (seated) return html`<${OtherTables} room=${room} />`;
  if (room.kind === 'tables' || room.tables.length > 0) return html`<${Tables} room=${room} />`;
  return html`<${Around} room=${room} />`;
}

/**
 * The other tables of a round, drawn only for whoever wants to see them: there may be hundreds.
 * @param {{room: import('../store/state.js').Room}} props
 */
function OtherTables({ room }) {
  const [open, set_open] = useState(false);
  const on_toggle = (/** @type {any} */ event) => set_open(event.currentTarget.open);
  return html`<details class="more other-tables" onToggle=${on_toggle}>
    <summary>${t('round.tables')}</summary>${open && html`<${Tables} room=${room} />`}</details>`;
}

/**
 * A room without tables: who is here, and where the talk is.
 * @param {{room: import('../store/state.js').Room}} props
 */
function Around({ room }) {
  const others = use_state((state) => state.present.length > 1);
  const rooms = use_state((state) => state.room_order.length);
  const title = room.kind === 'lobby' ? t('lobby.title') : t('plenary.title');
  const over = use_state((state) => state.event?.state === 'over');
  if (over) return html`<${Programme} />`;
  return html`<${Programme} />
    <${Empty} icon=${room.kind === 'lobby' ? 'coffee' : 'stage'} title=${title}>
      <p>${others ? t('lobby.how', { n: room.count }) : t('lobby.alone')}</p>
      <p class="row centre">
        <button type="button" class="button primary" onClick=${() => show_panel('people')}>
          <${Icon} name="people" /> ${t('lobby.see_people')}</button>
        ${
          rooms > 1 &&
          html`<button type="button" class="button only-narrow"
            onClick=${() => (front.value = 'nav')}>
          ${t('lobby.see_rooms')}</button>`
        }</p>
    <//>`;
}

function Programme() {
  const programme = use_state((state) => state.event?.programme);
  if (!programme?.length) return null;
  return html`<section class="programme"><h2>${t('programme.title')}</h2>
    <ol class="plain">${programme.map(
      (each) => html`<li key=${each.at}>
      <span class="programme-time">${when(each.at, server_now())}</span>
      <span class="grow" dir="auto">${each.title}</span>
      <span class="quiet">
        ${t('programme.minutes', { n: each.minutes, count: number(each.minutes) })}</span>
    </li>`,
    )}</ol></section>`;
}
