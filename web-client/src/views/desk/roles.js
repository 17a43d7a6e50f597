// The roles of one person: those they hold, with the way to take each back, and a new one.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { grant, revoke } from '../../app/desk_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Icon } from '../parts.js';
import { Asking, Reason } from './act_form.js';

const ROLES = /** @type {const} */ (['facilitator', 'moderator', 'organiser']);
const NONE = /** @type {{person: string, role: string, scope: string}[]} */ ([]);

/** @param {import('../../store/state.js').State} state @param {string} scope */
const scope_name = (state, scope) =>
  state.rooms[scope] ? t('roles.in_room', { room: state.rooms[scope].name }) : t('roles.in_event');

/** @param {{person: string}} props */
export function Roles({ person }) {
  const all = use_state((state) => state.desk?.roles ?? NONE);
  const held = all.filter((each) => each.person === person);
  const event = use_state((state) => state.event?.id ?? '');
  const room = use_state((state) => state.rooms[state.place.room ?? '']);
  const [role, set_role] = useState('facilitator');
  const [reason, set_reason] = useState('');
  // An organiser answers for the whole event.
  const rooms_too = room && role !== 'organiser';
  const submit = (/** @type {SubmitEvent} */ submitted) => {
    submitted.preventDefault();
    const values = new FormData(/** @type {HTMLFormElement} */ (submitted.currentTarget));
    const given = grant(
      person,
      String(values.get('role')),
      String(values.get('scope')),
      reason.trim(),
    );
    void given.then((ok) => ok && set_reason(''));
  };
  return html`<div class="stack roles">
    ${held.length === 0 && html`<p class="quiet">${t('roles.none')}</p>`}
    ${
      held.length > 0 &&
      html`<ul class="plain">${held.map(
        (each) => html`<${Held} key=${`${each.role} ${each.scope}`} each=${each} />`,
      )}</ul>`
    }
    <form class="row wrap" onSubmit=${submit}>
      <label class="unseen" for=${`role-${person}`}>${t('roles.role')}</label>
      <select id=${`role-${person}`} name="role" value=${role}
        onChange=${(/** @type {any} */ event) => set_role(event.currentTarget.value)}>${ROLES.map(
        (each) => html`<option key=${each} value=${each}>${t(`role.${each}`)}</option>`,
      )}</select>
      <label class="unseen" for=${`scope-${person}`}>${t('roles.where')}</label>
      <select id=${`scope-${person}`} name="scope">
        <option value=${event}>${t('roles.in_event')}</option>
        ${
          rooms_too &&
          html`<option value=${room.id}>${t('roles.in_room', { room: room.name })}</option>`
        }
      </select>
      <${Reason} id=${`role-${person}`} reason=${reason} set_reason=${set_reason} />
      <button class="button small primary">${t('roles.give')}</button></form></div>`;
}

/** @param {{each: {person: string, role: string, scope: string}}} props */
function Held({ each }) {
  const { person, role, scope } = each;
  const where = use_state((state) => scope_name(state, scope), [scope]);
  const name = t(/** @type {any} */ (`role.${role}`));
  return html`<li class="row wrap"><span class="grow">${name}${' '}
      <span class="quiet small">${where}</span></span>
    <${Asking} id=${`revoke-${scope}`} doing="revoke" class="icon-button"
      aria-label=${t('roles.take_back', { role: name, where })}
      title=${t('roles.take_back', { role: name, where })}
      run=${(/** @type {{reason: string}} */ { reason }) => revoke(person, scope, reason)}>
      <${Icon} name="close" /><//></li>`;
}
