// The button against a raid: one click makes the event calm, one lifts it again; both say what they
// do.

import { html } from 'htm/preact';
import { lockdown } from '../../app/desk_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { may } from '../../store/moderation.js';
import { Icon } from '../parts.js';
import { Asking } from './act_form.js';

export function Raid() {
  const allowed = use_state((state) => may(state, 'event.lockdown'));
  const on = use_state((state) => state.event?.lockdown === true);
  const activity = use_state((state) => state.desk?.activity ?? null);
  if (!allowed) return null;
  return html`<section class=${`raid ${on ? 'is-on' : ''}`} aria-label=${t('raid.title')}>
    <p class="grow"><span class="strong">${t(on ? 'raid.is_on' : 'raid.title')}</span>
      <span class="small" id="raid-how">${t('raid.how')}</span>
      ${
        activity &&
        activity.guests > 0 &&
        html`<span class="small strong">${t('raid.guests', { n: activity.guests })}</span>`
      }</p>
    <button type="button" class=${`button small ${on ? '' : 'primary'}`}
      aria-describedby="raid-how" onClick=${() => lockdown(!on)}>
      <${Icon} name=${on ? 'unlock' : 'shield'} />
      ${t(on ? 'raid.lift' : 'raid.go')}</button>
    <${Asking} id="raid" doing=${on ? 'lift' : 'calm'} class="link small"
      run=${(/** @type {{reason: string}} */ { reason }) => lockdown(!on, reason)}>
      ${t('raid.why')}<//></section>`;
}
