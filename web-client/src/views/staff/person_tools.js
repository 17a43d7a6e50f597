// What a moderator can do about one person, each with a reason that the person is told.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { mute, remove_person, unmute } from '../../app/staff_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Field, Icon } from '../parts.js';

const MINUTES = [5, 15, 60];

/** @param {{person: string}} props */
export function PersonTools({ person }) {
  const [doing, set_doing] = useState(/** @type {'mute' | 'remove' | null} */ (null));
  const may_mute = use_state((state) => state.capabilities.includes('person.mute'));
  const may_remove = use_state((state) => state.capabilities.includes('person.remove'));
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const values = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const reason = String(values.get('reason')).trim();
    const done =
      doing === 'mute'
        ? await mute(person, Number(values.get('minutes')), reason)
        : await remove_person(person, reason);
    if (done) set_doing(null);
  };
  const toggle = (/** @type {'mute' | 'remove'} */ what) => () =>
    set_doing(doing === what ? null : what);
  return html`<div class="person-tools"><p class="row wrap">
      ${
        may_mute &&
        html`<button type="button" class="button small"
          aria-expanded=${doing === 'mute' ? 'true' : 'false'}
        onClick=${toggle('mute')}><${Icon} name="mute" /> ${t('staff.mute')}</button>
        <button type="button" class="link" onClick=${() => unmute(person)}>
          ${t('staff.unmute')}</button>`
      }
      ${
        may_remove &&
        html`<button type="button" class="button small"
          aria-expanded=${doing === 'remove' ? 'true' : 'false'}
        onClick=${toggle('remove')}><${Icon} name="door" /> ${t('staff.remove')}</button>`
      }</p>
    ${
      doing &&
      html`<form class="stack" onSubmit=${submit}>
      ${
        doing === 'mute' &&
        html`<div class="field"><label for="minutes">${t('staff.how_long')}</label>
        <select id="minutes" name="minutes">${MINUTES.map(
          (n) => html`<option key=${n} value=${n}>
          ${t('staff.minutes', { n })}</option>`,
        )}</select></div>`
      }
      <${Field} name="reason" label=${t('staff.reason')} hint=${t('staff.reason_hint')}
        maxlength="300" required />
      <button class="button small primary">
        ${t(doing === 'mute' ? 'staff.mute_now' : 'staff.remove_now')}</button>
    </form>`
    }</div>`;
}
