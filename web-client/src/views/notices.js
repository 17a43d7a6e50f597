// Notes and invitations at the head of the place: in the flow of the page, covering nothing.

import { html } from 'htm/preact';
import { decline_invite, sit } from '../app/actions.js';
import { dismiss, notices } from '../app/notices.js';
import { name_of } from '../app/people.js';
import { use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { table_by_id } from '../store/room_list.js';
import { Lazy } from './lazy.js';
import { safety } from './later_parts.js';
import { IconButton } from './parts.js';

const load_warned = () => safety().then(({ Warned }) => Warned);

export function Notices() {
  const warned = use_state((state) => state.warned.length > 0);
  const invites = use_state((state) => state.invites);
  return html`<div class="notices" role="region" aria-label=${t('notices.label')}>
    ${warned && html`<${Lazy} load=${load_warned} silent />`}
    ${invites.map((invite) => html`<${Invitation} key=${invite.table} invite=${invite} />`)}
    <div role="status">${notices.value.map((each) => html`<${Note} key=${each.id} each=${each}
      />`)}</div>
  </div>`;
}

/** @param {{each: import('../app/notices.js').Notice}} props */
function Note({ each }) {
  const run = (/** @type {() => void} */ action) => () => {
    dismiss(each.id);
    action();
  };
  return html`<div class=${`notice notice-${each.tone}`}>
    <p dir="auto">${each.text}</p>
    ${each.actions.map(
      ({ label, run: action, main }) => html`<button key=${label} type="button"
      class=${`button small ${main ? 'primary' : ''}`} onClick=${run(action)}>${label}</button>`,
    )}
    <${IconButton} icon="close" label=${t('notices.dismiss')} onClick=${() => dismiss(each.id)} />
  </div>`;
}

/** @param {{invite: import('../store/state.js').Invite}} props */
function Invitation({ invite }) {
  const words = use_state(
    (state) =>
      t('invite.asks', {
        name: name_of(state, invite.by),
        table: table_by_id(state, invite.table)?.name ?? '',
      }),
    [invite],
  );
  return html`<div class="notice notice-ask">
    <p dir="auto">${words}</p>
    <button type="button" class="button small primary" onClick=${() => {
      decline_invite(invite.table);
      void sit(invite.table);
    }}>${t('invite.accept')}</button>
    <button type="button" class="button small" onClick=${() => decline_invite(invite.table)}>
      ${t('invite.decline')}</button>
  </div>`;
}
