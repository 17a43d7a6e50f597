// Signing in: by login and passphrase, by the association's own sign-on, or with a recovery code.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { get_offers, recover, sign_in } from '../../app/account_actions.js';
import { t } from '../../app/text.js';
import { Icon } from '../parts.js';
import { Ask, Trouble, use_form } from './form.js';
import { Loading, use_loaded } from './page.js';
import { Login, Passphrase } from './passphrase.js';

/** @typedef {import('../../app/text.js').Key} Key */
/** @typedef {(answer: {slot: number, event?: string}) => any} Then */

/** One sentence for whatever is wrong: which half it was is nobody's business. */
const WRONG = /** @type {Record<string, Key>} */ ({
  unauthenticated: 'sign_in.wrong',
  not_found: 'sign_in.wrong',
  forbidden: 'sign_in.not_here',
  banned: 'sign_in.not_here',
});

/**
 * @param {{then: Then, to?: string, invite?: string}} props `to`: where the association's sign-on
 *   comes back to; `invite`: a link to come in by
 */
export function SignIn({ then, to = '/', invite }) {
  const offers = use_loaded(get_offers);
  const [forgot, set_forgot] = useState(location.hash === '#recover');
  if (!offers.value) return html`<${Loading} problem=${offers.problem} again=${offers.again} />`;
  const { accounts, sso, contact } = offers.value;
  if (!accounts && sso.length === 0) return html`<p>${t('sign_in.by_link')}</p>`;
  return html`<div class="stack">
    ${sso.map(
      ({ id, name }) => html`<a key=${id} class="button wide"
      href=${`/auth/${encodeURIComponent(id)}?to=${encodeURIComponent(to)}`}>
      <${Icon} name="key" /><span>${t('sign_in.with', { name })}</span></a>`,
    )}
    ${
      accounts &&
      !forgot &&
      sso.length > 0 &&
      html`<p class="or"><span>${t('sign_in.or')}</span></p>`
    }
    ${accounts && !forgot && html`<${WithPassphrase} then=${then} invite=${invite} />`}
    ${accounts && forgot && html`<${WithCode} then=${then} />`}
    ${
      accounts &&
      html`<p><button type="button" class="link" onClick=${() => set_forgot(!forgot)}>
      ${t(forgot ? 'recover.back' : 'recover.open')}</button></p>`
    }
    ${
      contact &&
      forgot &&
      html`<p class="hint">${t('recover.contact')} <${Contact} at=${contact}
      /></p>`
    }
  </div>`;
}

/** Whom to ask: an address that can be written to, or words. @param {{at: string}} props */
export const Contact = ({ at }) =>
  /^[^@\s]+@[^@\s]+$/.test(at)
    ? html`<a href=${`mailto:${at}`}>${at}</a>`
    : html`<span dir="auto">${at}</span>`;

/** @param {{then: Then, invite?: string}} props */
function WithPassphrase({ then, invite }) {
  const form = use_form(async ({ login, passphrase }) => {
    const body = { login: login.trim(), passphrase };
    await then(await sign_in(invite ? { ...body, invite } : body));
  }, WRONG);
  return html`<form class="stack" onSubmit=${form.submit} noValidate>
    <${Login} form=${form} /><${Passphrase} form=${form} /><${Trouble} form=${form} />
    <button class="button primary wide" disabled=${form.busy}>${t('sign_in.do')}</button></form>`;
}

/** @param {{then: Then}} props */
function WithCode({ then }) {
  const [login, set_login] = useState('');
  const form = use_form(
    async (values) =>
      then(
        await recover({
          login: values.login.trim(),
          code: values.code.trim(),
          passphrase: values.passphrase,
        }),
      ),
    {
      'passphrase.bad_request': 'passphrase.refused',
      unauthenticated: 'recover.wrong',
      not_found: 'recover.wrong',
    },
  );
  return html`<form class="stack" onSubmit=${form.submit} noValidate>
    <h2>${t('recover.title')}</h2><p class="quiet">${t('recover.how')}</p>
    <${Login} form=${form}
      onInput=${(/** @type {any} */ event) => set_login(event.currentTarget.value)} />
    <${Ask} form=${form} name="code" label=${t('recover.code')} autocomplete="one-time-code"
      autocapitalize="none" spellcheck=${false} maxlength="100" required />
    <${Passphrase} form=${form} label=${t('passphrase.new')} fresh known=${[login]} />
    <${Trouble} form=${form} />
    <button class="button primary wide" disabled=${form.busy}>${t('recover.do')}</button></form>`;
}
