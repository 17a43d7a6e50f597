// That the event is in lockdown, and what that means for whoever reads it.

import { html } from 'htm/preact';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { is_staff } from '../../store/moderation.js';
import { Icon } from '../parts.js';

export function Calm() {
  const how = use_state(is_staff) ? 'calm.how_staff' : 'calm.how';
  return html`<div class="callout"><${Icon} name="shield" />
    <div><p class="strong">${t('calm.title')}</p><p>${t(how)}</p></div></div>`;
}
