// The field of a passphrase: shown or hidden, pasted gladly, and a new one judged in words.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { PASSPHRASE_MIN, strength_of } from '../../app/passphrase.js';
import { t } from '../../app/text.js';
import { IconButton } from '../parts.js';
import { Ask } from './form.js';

/** @type {Record<import('../../app/passphrase.js').Strength, import('../../app/text.js').Key>} */
const STRENGTH_WORDS = {
  short: 'passphrase.short',
  guessable: 'passphrase.guessable',
  fair: 'passphrase.fair',
  good: 'passphrase.good',
};

/**
 * @param {{form: import('./form.js').Form, name?: string, label?: string, fresh?: boolean,
 *   known?: string[]}} props `fresh`: one that is being chosen; `known`: what others know of them
 */
export function Passphrase({ form, name = 'passphrase', label, fresh = false, known = [] }) {
  const [shown, set_shown] = useState(false);
  const [typed, set_typed] = useState('');
  const strength = strength_of(typed, known);
  const hint =
    fresh &&
    html`<span role="status" class=${`strength strength-${typed ? strength : 'none'}`}>
      <span class="strength-bar" aria-hidden="true"></span>
      ${
        typed
          ? t(STRENGTH_WORDS[strength], { n: PASSPHRASE_MIN })
          : t('passphrase.hint', { n: PASSPHRASE_MIN })
      }</span>`;
  return html`<${Ask} form=${form} name=${name} label=${label ?? t('passphrase.label')}
    type=${shown ? 'text' : 'password'} autocomplete=${fresh ? 'new-password' : 'current-password'}
    autocapitalize="none" spellcheck=${false} required hint=${hint}
    onInput=${(/** @type {any} */ event) => set_typed(event.currentTarget.value)}
    aside=${html`<${IconButton} icon=${shown ? 'eye_off' : 'eye'} aria-pressed=${String(shown)}
      label=${t('passphrase.show')} onClick=${() => set_shown(!shown)} />`} />`;
}

/** @param {{form: import('./form.js').Form, [more: string]: any}} props */
export const Login = ({ form, ...more }) =>
  html`<${Ask} form=${form} name="login" label=${t('sign_in.login')} autocomplete="username"
    autocapitalize="none" spellcheck=${false} maxlength="100" required ...${more} />`;
