// Something to take along: a link or codes, shown whole, copied at a press.

import { html } from 'htm/preact';
import { useRef, useState } from 'preact/hooks';
import { t } from '../../app/text.js';
import { Icon } from '../parts.js';

const SAID_MS = 2_500;

/** @param {{text: string, label: string, small?: boolean}} props `label` says what is copied */
export function Copy({ text, label, small = false }) {
  const [said, set_said] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      set_said(t('copy.done'));
    } catch {
      set_said(t('copy.by_hand'));
    }
    setTimeout(() => set_said(''), SAID_MS);
  };
  const icon = said === t('copy.done') ? 'check' : 'copy';
  return html`<button type="button" class=${`button ${small ? 'small' : ''}`}
    aria-label=${said ? undefined : label} onClick=${copy}><${Icon} name=${icon} />
    ${said || t('copy.do')}</button><span class="unseen" role="status">${said}</span>`;
}

/** @param {{id: string, label: string, url: string, hint?: string}} props */
export function LinkField({ id, label, url, hint }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  return html`<div class="field"><label for=${id}>${label}</label><div class="row">
    <input ref=${field} id=${id} type="text" class="grow" readonly value=${url}
      onFocus=${() => field.current?.select()} aria-describedby=${hint ? `${id}-hint` : undefined}
      /><${Copy} text=${url} label=${t('copy.what', { what: label })} /></div>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}</div>`;
}

/**
 * Hands a text to the browser as a file.
 * @param {string} name @param {string} text @param {string} [type]
 */
export function save_file(name, text, type = 'text/plain;charset=utf-8') {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
