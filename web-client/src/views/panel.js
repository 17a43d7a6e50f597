// The right panel: tabs for the talk, the people, my conversations, and for staff their desk.

import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { panel, place_chats, show_panel, show_place } from '../app/ui.js';
import { unread_conversations, unread_in } from '../app/unread.js';
import { desk_news, is_staff, may_somewhere } from '../store/moderation.js';
import { Chat } from './chat.js';
import { Lazy } from './lazy.js';
import { desk, later, moderation } from './later_parts.js';
import { Badge, Icon, IconButton } from './parts.js';
import { use_roving } from './roving.js';

const load_letters = () => later().then(({ Letters }) => Letters);
const load_people = () => later().then(({ People }) => People);
const load_me = () => later().then(({ Me }) => Me);
const load_desk = () => desk().then(({ Desk }) => Desk);
const load_moderation = () => moderation().then(({ ModeratorDesk }) => ModeratorDesk);

/** @typedef {import('../app/ui.js').Panel} PanelName */

/** @param {{name: PanelName, icon: any, label: string, news?: number}} props */
function Tab({ name, icon, label, news = 0 }) {
  const chosen = panel.value === name;
  return html`<button type="button" role="tab" id=${`tab-${name}`} class="tab" data-rove
    aria-selected=${chosen ? 'true' : 'false'} aria-controls="panel"
      onClick=${() => show_panel(name)}>
    <${Icon} name=${icon} /><span>${label}</span><${Badge} n=${news} /></button>`;
}

export function Panel() {
  const tabs = use_roving();
  const staff = use_state(is_staff);
  const moderates = use_state((state) => may_somewhere(state, 'report.handle'));
  const talk = use_state((state) =>
    place_chats(state).reduce((sum, stream) => sum + unread_in(state, stream), 0),
  );
  const letters = use_state(unread_conversations);
  const news = use_state(desk_news);
  useEffect(() => {
    if (!staff && panel.value === 'desk') panel.value = 'chat';
  }, [staff]);
  return html`<section class="panel" aria-label=${t('panel.label')}>
    <div class="tabs" role="tablist" aria-label=${t('panel.label')} ref=${tabs}>
      <${Tab} name="chat" icon="message" label=${t('panel.chat')} news=${talk} />
      <${Tab} name="people" icon="people" label=${t('panel.people')} />
      <${Tab} name="messages" icon="messages" label=${t('panel.messages')} news=${letters} />
      ${staff && html`<${Tab} name="desk" icon="desk" label=${t('panel.desk')} news=${news} />`}
    </div>
    <div class="panel-body" role="tabpanel" id="panel"
      aria-labelledby=${panel.value === 'me' ? undefined : `tab-${panel.value}`}
      aria-label=${panel.value === 'me' ? t('me.open') : undefined}>
      ${panel.value === 'chat' && html`<${Chat} />`}
      ${panel.value === 'people' && html`<${Lazy} key="people" load=${load_people} />`}
      ${panel.value === 'messages' && html`<${Lazy} key="messages" load=${load_letters} />`}
      ${panel.value === 'me' && html`<${Lazy} key="me" load=${load_me} />`}
      ${
        panel.value === 'desk' &&
        staff &&
        html`<${Lazy} key=${`desk-${moderates}`} load=${moderates ? load_moderation : load_desk} />`
      }
    </div>
  </section>`;
}

/**
 * The head of a panel that is left again by a button, as with Esc.
 * @param {{title: string, back: () => void, children?: any}} props
 */
export function PanelHead({ title, back, children }) {
  return html`<header class="panel-head">
    <${IconButton} icon="arrow_left" label=${t('action.back')} onClick=${back} />
    <h2 dir="auto">${title}</h2>${children}</header>`;
}

export const to_place = () => {
  panel.value = 'chat';
  show_place();
};
