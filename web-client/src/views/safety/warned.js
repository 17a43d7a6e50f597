// A warning by a moderator: calm, with its reason, until it is acknowledged.

import { html } from 'htm/preact';
import { acknowledge } from '../../app/safety_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Icon } from '../parts.js';

export function Warned() {
  const warned = use_state((state) => state.warned);
  return html`${warned.map(
    ({ at, reason }) => html`<div key=${at} class="notice notice-ask warned" role="alert">
      <${Icon} name="shield" /><div class="grow"><p class="strong">${t('warned.title')}</p>
        <p><q dir="auto">${reason}</q></p><p class="quiet small">${t('warned.how')}</p></div>
      <button type="button" class="button small" onClick=${() => acknowledge(at)}>
        ${t('warned.read')}</button></div>`,
  )}`;
}
