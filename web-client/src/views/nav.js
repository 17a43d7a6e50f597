// The left column: the event, its rooms and how many are in each, my conversations, me.

import { html } from 'htm/preact';
import { enter_room } from '../app/actions.js';
import { name_of } from '../app/people.js';
import { use_state } from '../app/store.js';
import { clock_time, number, t } from '../app/text.js';
import { front, open_conversation, show_conversation, show_panel } from '../app/ui.js';
import { unread_in } from '../app/unread.js';
import { end_of } from '../store/state.js';
import { conversation_order, conversation_title } from './conversation_name.js';
import { Avatar, Badge, Icon, IconButton } from './parts.js';
import { use_roving } from './roving.js';

const CONVERSATIONS_SHOWN = 8;
const ROOM_ICONS = { lobby: 'door', plenary: 'stage', tables: 'table' };

export function Nav() {
  const event = use_state((state) => state.event);
  const waiting = use_state((state) => state.place.waiting);
  const organises = use_state((state) => state.capabilities.includes('event.manage'));
  return html`<nav class="nav" aria-label=${t('nav.label')}>
    <header class="nav-head">
      <p class="wordmark"><${Icon} name="coffee" /> ${t('app.name')}</p>
      <${IconButton} icon="close" label=${t('nav.close')} class="only-narrow"
        onClick=${() => (front.value = 'place')} />
      <p class="nav-title" dir="auto">${event?.title}</p>
      <p class="nav-when">${event && event_line(event)}</p>
      ${organises && html`<a class="link" href="#organise">${t('nav.organise')}</a>`}
    </header>
    <${Rooms} />
    ${!waiting && html`<${Conversations} />`}
    <${Me} />
  </nav>`;
}

/** @param {import('../store/state.js').HostedEvent} event */
function event_line(event) {
  if (event.state === 'over') return t('event.is_over');
  if (event.state === 'planned') return t('event.not_yet');
  const ends_at = end_of(event);
  return ends_at ? t('event.until', { time: clock_time(ends_at) }) : t('event.is_live');
}

function Rooms() {
  const order = use_state((state) => state.room_order);
  const list = use_roving();
  return html`<h2 class="nav-label" id="rooms-label">${t('nav.rooms')}</h2>
    <ul class="plain" aria-labelledby="rooms-label" ref=${list}>
      ${order.map((id) => html`<${RoomRow} key=${id} id=${id} />`)}</ul>`;
}

/** @param {{id: string}} props */
function RoomRow({ id }) {
  const room = use_state((state) => state.rooms[id], [id]);
  const here = use_state((state) => state.place.room === id, [id]);
  const news = use_state((state) => unread_in(state, `room:${id}`), [id]);
  if (!room) return null;
  return html`<li><button type="button" class="nav-row" data-rove
    aria-current=${here ? 'page' : undefined}
    onClick=${() => enter_room(id)}>
    <${Icon} name=${ROOM_ICONS[room.kind] ?? 'table'} /><span class="grow" dir="auto">
      ${room.name}</span>
    ${room.locked && html`<${Icon} name="lock" /><span class="unseen">${t('room.locked')}</span>`}
    <${Badge} n=${here ? news : 0} />
    <span class="count"><span aria-hidden="true">${number(room.count ?? 0)}</span>
      <span class="unseen">${t('nav.people_in', { n: room.count ?? 0 })}</span></span></button>
        </li>`;
}

function Conversations() {
  const order = use_state(conversation_order);
  const list = use_roving();
  return html`<h2 class="nav-label" id="talks-label">${t('panel.messages')}</h2>
    ${
      order.length === 0
        ? html`<p class="nav-empty">${t('conversation.none_short')}</p>`
        : html`<ul class="plain" aria-labelledby="talks-label" ref=${list}>
        ${order.slice(0, CONVERSATIONS_SHOWN).map((id) => html`<${ConversationRow} key=${id}
          id=${id} />`)}
      </ul>`
    }
    ${
      order.length > CONVERSATIONS_SHOWN &&
      html`<button type="button" class="link"
      onClick=${() => show_panel('messages')}>${t('conversation.all')}</button>`
    }`;
}

/** @param {{id: string}} props */
function ConversationRow({ id }) {
  const other = use_state(
    (state) => state.conversations[id]?.people.find((person) => person !== state.me) ?? '',
    [id],
  );
  const title = use_state((state) => conversation_title(state, id), [id]);
  const presence = use_state((state) => state.people[other]?.state, [other]);
  const name = use_state((state) => name_of(state, other), [other]);
  const news = use_state((state) => unread_in(state, `conversation:${id}`), [id]);
  return html`<li><button type="button" class="nav-row" data-rove
    aria-current=${open_conversation.value === id ? 'true' : undefined}
      onClick=${() => show_conversation(id)}>
    <${Avatar} id=${other} name=${name} state=${presence} small />
    <span class="grow" dir="auto">${title}</span><${Badge} n=${news} /></button></li>`;
}

function Me() {
  const me = use_state((state) => state.people[state.me]);
  if (!me) return null;
  return html`<button type="button" class="nav-me" onClick=${() => show_panel('me')}>
    <${Avatar} id=${me.id} name=${me.name} />
    <span class="grow"><bdi class="strong">${me.name}</bdi><span class="sub">${t('me.open')}</span>
      </span>
    <${Icon} name="settings" /></button>`;
}
