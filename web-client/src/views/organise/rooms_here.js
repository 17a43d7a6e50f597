// The rooms of an event there is: changed over the line to it, so that everyone sees it at once.

import { html } from 'htm/preact';
import { arrived, ended } from '../../app/session.js';
import { t } from '../../app/text.js';
import { Section } from '../account/page.js';
import { Rooms } from '../staff/rooms.js';

/** @param {import('./organise.js').PartProps} props */
export function RoomsHere({ event }) {
  if (arrived.value && !ended.value)
    return html`<div class="card card-flush">
      <p class="pad quiet">${t('organise.rooms_how')}</p><${Rooms} /></div>`;
  return html`<${Section} title=${t('organise.rooms')}>
    <ul class="plain rows">${event.rooms.map(
      (
        room,
      ) => html`<li key=${room.id} class="row"><span class="grow" dir="auto">${room.name}</span>
      </li>`,
    )}</ul><${NoLine} /><//>`;
}

/** What needs the line says so where there is none. */
export const NoLine = () =>
  html`<p class="quiet" role="status">
    ${t(ended.value ? 'organise.no_line' : 'connection.connecting')}</p>`;
