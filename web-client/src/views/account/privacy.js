// What is stored about me, in plain words; to take along, to have forgotten, to have erased.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { address, erase_me, forget_met } from '../../app/account_actions.js';
import { HttpProblem } from '../../app/http.js';
import { t } from '../../app/text.js';
import { Icon } from '../parts.js';
import { Ask, Trouble, use_act, use_form } from './form.js';
import { Section } from './page.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */

const STORED = /** @type {import('../../app/text.js').Key[]} */ ([
  'stored.card',
  'stored.words',
  'stored.seats',
  'stored.met',
  'stored.moderation',
  'stored.sessions',
]);

/** @param {{me: Me}} props */
export function Privacy({ me }) {
  return html`<${Section} title=${t('stored.title')}><ul class="bullets">
      ${STORED.map((key) => html`<li key=${key}>${t(key)}</li>`)}
      ${me.account && html`<li>${t('stored.account')}</li>`}</ul>
    <p><a class="button" href=${address(me.slot, '/me/export')} download="hallway-me.json">
      <${Icon} name="download" /> ${t('stored.download')}</a></p><//>
    ${!me.guest && html`<${Forget} me=${me} />`}<${Erase} me=${me} />`;
}

/** @param {{me: Me}} props */
function Forget({ me }) {
  const [done, set_done] = useState(false);
  const forget = use_act(async () => {
    await forget_met(me.slot);
    set_done(true);
  });
  const ask = () => {
    if (window.confirm(t('forget.sure'))) void forget.act();
  };
  return html`<${Section} title=${t('forget.title')}><p class="quiet">${t('forget.how')}</p>
    ${
      done
        ? html`<p role="status" class="done"><${Icon} name="check" /> ${t('forget.done')}</p>`
        : html`<p><button type="button" class="button" disabled=${forget.busy} onClick=${ask}>
          ${t('forget.do')}</button></p>`
    }${forget.trouble}<//>`;
}

/**
 * Nothing that cannot be undone happens by one press: its name is typed first.
 * @param {string} typed @param {string} name
 */
export function confirm_name(typed, name) {
  if (typed.trim().normalize() !== name.trim().normalize())
    throw new HttpProblem('differs', '', 'confirm');
}

/** @param {{me: Me}} props */
function Erase({ me }) {
  const form = use_form(
    async ({ confirm }) => {
      confirm_name(confirm, me.person.name);
      await erase_me(me.slot, me.person.name);
      location.assign('/');
    },
    { confirm: 'erase.differs', conflict: 'erase.last_organiser' },
  );
  return html`<${Section} title=${t('erase.title')} class="card-grave">
    <details class="more"><summary>${t('erase.open')}</summary>
    <form class="stack" onSubmit=${form.submit} noValidate>
    <p>${t('erase.goes')}</p><p>${t('erase.stays')}</p>
    <${Ask} form=${form} name="confirm" label=${t('erase.confirm', { name: me.person.name })}
      autocomplete="off" required /><${Trouble} form=${form} />
    <p><button class="button grave" disabled=${form.busy}>${t('erase.do')}</button></p>
    </form></details><//>`;
}
