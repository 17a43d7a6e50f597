// What an event is, when, for whom, and how long it is kept: changed.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { change_event } from '../../app/organise_actions.js';
import { t } from '../../app/text.js';
import { Trouble, use_form } from '../account/form.js';
import { Section } from '../account/page.js';
import { Icon } from '../parts.js';
import { EVENT_WRONG, EventFields, read_event_fields } from './event_fields.js';

/** @param {import('./organise.js').PartProps} props */
export function Details({ me, event, set }) {
  const [done, set_done] = useState(false);
  const form = use_form(async (values) => {
    set_done(false);
    set(await change_event(me.slot, event.id, read_event_fields(values, event)));
    set_done(true);
  }, EVENT_WRONG);
  return html`<${Section} title=${t('organise.details')}>
    <form class="stack" onSubmit=${form.submit} noValidate>
    <${EventFields} form=${form} event=${event} /><${Trouble} form=${form} />
    <p class="row wrap"><button class="button primary" disabled=${form.busy}>
      ${t('action.save')}</button><${Saved} shown=${done} /></p></form><//>`;
}

/** @param {{shown: boolean}} props */
export const Saved = ({ shown }) =>
  html`<span role="status" class="done">${
    shown && html`<${Icon} name="check" /> ${t('form.saved')}`
  }</span>`;
