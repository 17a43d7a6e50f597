// What one signs in with: an account made, its passphrase changed, its recovery codes kept.

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { change_passphrase, make_account, new_codes } from '../../app/account_actions.js';
import { t } from '../../app/text.js';
import { Icon } from '../parts.js';
import { Copy, save_file } from './copying.js';
import { Trouble, use_form } from './form.js';
import { Section } from './page.js';
import { Login, Passphrase } from './passphrase.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */
/** @typedef {(codes: string[]) => void} Made */

/** @param {{me: Me, made: Made}} props */
export function MakeAccount({ me, made }) {
  const [login, set_login] = useState('');
  const form = use_form(
    async (values) => {
      const body = { login: values.login.trim(), passphrase: values.passphrase };
      made((await make_account(me.slot, body)).recovery_codes);
    },
    {
      'login.conflict': 'account.login_taken',
      login: 'account.login_wrong',
      'passphrase.bad_request': 'passphrase.refused',
    },
  );
  return html`<${Section} title=${t('account.make')}>
    <p class="quiet">${t(me.guest ? 'account.make_how' : 'account.make_how_member')}</p>
    <form class="stack" onSubmit=${form.submit} noValidate>
    <${Login} form=${form} hint=${t('account.login_hint')}
      onInput=${(/** @type {any} */ event) => set_login(event.currentTarget.value)} />
    <${Passphrase} form=${form} fresh known=${[login, me.person.name]} />
    <${Trouble} form=${form} />
    <p><button class="button primary" disabled=${form.busy}>${t('account.make_do')}</button></p>
    </form><//>`;
}

/** @param {{me: Me, again: () => any}} props */
export function ChangePassphrase({ me, again }) {
  const [done, set_done] = useState(false);
  const login = me.account?.login ?? '';
  const form = use_form(
    async ({ passphrase, new_passphrase }, element) => {
      set_done(false);
      await change_passphrase(me.slot, { passphrase, new_passphrase });
      element.reset();
      set_done(true);
      await again();
    },
    {
      'new_passphrase.bad_request': 'passphrase.refused',
      unauthenticated: 'passphrase.wrong',
      forbidden: 'passphrase.wrong',
      passphrase: 'passphrase.wrong',
    },
  );
  return html`<${Section} title=${t('passphrase.change')}>
    ${
      done &&
      html`<p role="status" class="done"><${Icon} name="check" />
      ${t('passphrase.changed')}</p>`
    }
    <details class="more"><summary>${t('passphrase.change_open')}</summary>
    <form class="stack" onSubmit=${form.submit} noValidate>
    <input type="text" name="username" autocomplete="username" value=${login} readonly hidden />
    <${Passphrase} form=${form} label=${t('passphrase.now')} />
    <${Passphrase} form=${form} name="new_passphrase" label=${t('passphrase.new')} fresh
      known=${[login, me.person.name]} />
    <p class="hint">${t('passphrase.change_ends')}</p><${Trouble} form=${form} />
    <p><button class="button primary" disabled=${form.busy}>
      ${t('passphrase.change_do')}</button></p>
    </form></details><//>`;
}

/** @param {{me: Me, made: Made}} props */
export function NewCodes({ me, made }) {
  const form = use_form(
    async ({ confirming }) => {
      made((await new_codes(me.slot, { passphrase: confirming })).recovery_codes);
    },
    {
      unauthenticated: 'passphrase.wrong',
      forbidden: 'passphrase.wrong',
      passphrase: 'passphrase.wrong',
    },
  );
  return html`<${Section} title=${t('codes.title')}><p class="quiet">${t('codes.what')}</p>
    <details class="more"><summary>${t('codes.new_open')}</summary>
    <form class="stack" onSubmit=${form.submit} noValidate>
    <input type="text" name="username" autocomplete="username" value=${me.account?.login ?? ''}
      readonly hidden />
    <${Passphrase} form=${form} name="confirming" label=${t('passphrase.now')} />
    <p class="hint">${t('codes.new_ends')}</p><${Trouble} form=${form} />
    <p><button class="button primary" disabled=${form.busy}>${t('codes.new_do')}</button></p>
    </form></details><//>`;
}

/**
 * Shown once, so nobody leaves without having kept them.
 * @param {{codes: string[], login: string, kept: () => void}} props
 */
export function Codes({ codes, login, kept }) {
  const [sure, set_sure] = useState(false);
  const head = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => head.current?.focus(), []);
  const title = `${t('app.name')}, ${location.host}${login ? `, ${login}` : ''}`;
  const text = `${title}\n\n${codes.join('\n')}\n`;
  return html`<p ref=${head} tabindex="-1" role="status">${t('codes.keep', { n: codes.length })}</p>
    <div class="codes"><p class="only-print">${title}</p>
    <ol class="plain">
      ${codes.map((code) => html`<li key=${code}><code>${code}</code></li>`)}</ol></div>
    <p class="row wrap"><${Copy} text=${text} label=${t('codes.copy')} />
    <button type="button" class="button" onClick=${() => save_file('hallway-codes.txt', text)}>
      <${Icon} name="download" /> ${t('codes.download')}</button>
    <button type="button" class="button" onClick=${() => window.print()}>
      <${Icon} name="print" /> ${t('codes.print')}</button></p>
    <label class="check"><input type="checkbox" checked=${sure}
      onChange=${(/** @type {any} */ event) => set_sure(event.currentTarget.checked)} />
      <span>${t('codes.kept')}</span></label>
    <p><button type="button" class="button primary" disabled=${!sure} onClick=${kept}>
      ${t('codes.go_on')}</button></p>`;
}
