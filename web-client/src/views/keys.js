// All keys on one card; closing it gives the focus back to where it came from.

import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../app/text.js';
import { keys_shown, more_keys } from '../app/ui.js';
import { IconButton } from './parts.js';

export function Keys() {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => (keys_shown.value = false);
  /** @type {[string, string][]} */
  const rows = [
    ['/', t('keys.write')],
    ['Esc', t('keys.leave')],
    ['Alt + ↑ ↓', t('keys.places')],
    ['↑ ↓ ← →', t('keys.move')],
    ['Enter', t('keys.send')],
    ['Shift + Enter', t('keys.line')],
    ['@', t('keys.mention')],
    ['?', t('keys.this')],
    ...(more_keys.value?.() ?? []),
  ];
  return html`<dialog ref=${dialog} class="keys" aria-labelledby="keys-title" onClose=${close}>
    <header><h2 id="keys-title">${t('keys.title')}</h2>
      <${IconButton} icon="close" label=${t('action.close')} onClick=${close} /></header>
    <dl>${rows.map(([key, what]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${what}</dd>
      </div>`)}</dl>
  </dialog>`;
}
