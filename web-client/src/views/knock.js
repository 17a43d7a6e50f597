// Knocking on a locked table: one line if wished, then up to twenty seconds of waiting.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { knock } from '../app/actions.js';
import { t } from '../app/text.js';
import { Icon } from './parts.js';

/** @param {{table: import('../store/state.js').Table}} props */
export function Knock({ table }) {
  const [open, set_open] = useState(false);
  if (!open) {
    return html`<button type="button" class="button small" data-rove
      aria-label=${t('knock.name', { table: table.name })} onClick=${() => set_open(true)}>
      <${Icon} name="wave" /> ${t('knock.action')}</button>`;
  }
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    set_open(false);
    void knock(table.id, String(form.get('line')).trim());
  };
  return html`<form class="knock" onSubmit=${submit}>
    <label class="unseen" for=${`knock-${table.id}`}>${t('knock.line')}</label>
    <input id=${`knock-${table.id}`} name="line" type="text" maxlength="140"
      placeholder=${t('knock.line')}
      ref=${(/** @type {HTMLInputElement | null} */ field) => field?.focus()} />
    <div class="row"><button class="button small primary">${t('knock.action')}</button>
    <button type="button" class="button small" onClick=${() => set_open(false)}>
      ${t('action.cancel')}</button></div>
  </form>`;
}
