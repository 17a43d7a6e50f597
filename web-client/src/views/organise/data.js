// What becomes of an event: everything of it as a file, and its end.

import { html } from 'htm/preact';
import { delete_event, get_export } from '../../app/organise_actions.js';
import { t } from '../../app/text.js';
import { save_file } from '../account/copying.js';
import { Ask, Trouble, use_act, use_form } from '../account/form.js';
import { Section } from '../account/page.js';
import { confirm_name } from '../account/privacy.js';
import { Icon } from '../parts.js';
import { kept_words } from './event_fields.js';

/** @param {import('./organise.js').PartProps} props */
export function Data({ me, event }) {
  const form = use_form(
    async ({ confirm }) => {
      confirm_name(confirm, event.title);
      await delete_event(me.slot, event.id);
      location.assign('/');
    },
    { confirm: 'erase.differs', forbidden: 'organise.not_yours' },
  );
  const take = use_act(async () => {
    const all = await get_export(me.slot, event.id);
    save_file('event.json', JSON.stringify(all, null, 2), 'application/json');
  });
  return html`<${Section} title=${t('event.kept')}>
      <p>${kept_words(event.retention_days ?? 0)}.</p>
      <p class="quiet">${t('event.kept_hint')}</p><//>
    <${Section} title=${t('data.export')}><p class="quiet">${t('data.export_how')}</p>
      <p><button type="button" class="button" disabled=${take.busy} onClick=${take.act}>
        <${Icon} name="download" /> ${t('data.export_do')}</button></p>${take.trouble}<//>
    <${Section} title=${t('data.delete')} class="card-grave">
      <details class="more"><summary>${t('data.delete_open')}</summary>
      <form class="stack" onSubmit=${form.submit} noValidate><p>${t('data.delete_how')}</p>
      <${Ask} form=${form} name="confirm" label=${t('erase.confirm', { name: event.title })}
        autocomplete="off" required /><${Trouble} form=${form} />
      <p><button class="button grave" disabled=${form.busy}>${t('data.delete_do')}</button></p>
      </form></details><//>`;
}
