// The page inside an event: left the event, in the middle the place, on the right a panel. On a
// narrow screen one of them is in front.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { announcement } from '../app/announcer.js';
import { watch_keys } from '../app/keys.js';
import { status } from '../app/session.js';
import { use_state } from '../app/store.js';
import { t } from '../app/text.js';
import {
  console_open,
  front,
  keys_shown,
  panel,
  place_chats,
  show_console,
  show_panel,
  show_place,
} from '../app/ui.js';
import { unread_conversations, unread_in } from '../app/unread.js';
import { leads_here, round_here } from '../store/round_reading.js';
import { Lazy } from './lazy.js';
import { later, lead, rounds } from './later_parts.js';
import { Nav } from './nav.js';
import { Notices } from './notices.js';
import { Panel } from './panel.js';
import { Badge, Icon } from './parts.js';
import { Place } from './place.js';

const load_round_head = () => rounds().then(({ RoundHead }) => RoundHead);
const load_console = () => lead().then(({ Console }) => Console);
const load_keys = () => later().then(({ Keys }) => Keys);
const QUIET_FOR_MS = 800;

export function Shell() {
  useEffect(watch_keys, []);
  const title = use_state((state) => state.event?.title ?? '');
  const news = use_state(
    (state) =>
      unread_conversations(state) +
      place_chats(state).reduce((sum, stream) => sum + unread_in(state, stream), 0),
  );
  useEffect(() => {
    document.title = `${news ? `(${news}) ` : ''}${title} · ${t('app.name')}`;
  }, [title, news]);
  const in_round = use_state(
    (state) => round_here(state) !== null || state.broadcast?.room === state.place.room,
  );
  const leads = use_state(leads_here);
  return html`<div class="shell" data-front=${front.value}
    data-console=${leads && console_open.value ? 'open' : undefined}>
    <${ConnectionBar} />
    ${in_round && html`<div class="round-slot"><${Lazy} load=${load_round_head} silent /></div>`}
    <${Nav} />
    <main class="main"><h1 class="unseen">${title}</h1>
      <${Notices} />
      <section class="middle" id="place" tabindex="-1" aria-label=${t('nav.place')}>
        <${Place} /></section>
      ${
        leads &&
        console_open.value &&
        html`<section class="console"
        aria-label=${t('rounds.lead')}><${Lazy} load=${load_console} /></section>`
      }
      <${Panel} /></main>
    <${BottomBar} />
    <div class="unseen" role="status" aria-live="polite">${announcement.value}</div>
    ${keys_shown.value && html`<${Lazy} load=${load_keys} />`}
  </div>`;
}

/** Quiet while it lasts only a moment; then it says that nothing is lost. */
function ConnectionBar() {
  const away = status.value !== 'open';
  const [shown, set_shown] = useState(false);
  useEffect(() => {
    if (!away) set_shown(false);
    const timer = away ? setTimeout(() => set_shown(true), QUIET_FOR_MS) : 0;
    return () => clearTimeout(timer);
  }, [away]);
  return html`<div class="connection" role="status">${
    shown &&
    away &&
    html`<p>
    <${Icon} name="retry" class="turning" /> ${t('connection.lost')}</p>`
  }</div>`;
}

/** @param {{icon: any, label: string, current: boolean, go: () => void, news?: number}} props */
function BottomButton({ icon, label, current, go, news = 0 }) {
  return html`<button type="button" class="bottom-button"
    aria-current=${current ? 'true' : undefined}
    onClick=${go}><${Icon} name=${icon} /><span>${label}</span><${Badge} n=${news} /></button>`;
}

function BottomBar() {
  const talk = use_state((state) =>
    place_chats(state).reduce((sum, stream) => sum + unread_in(state, stream), 0),
  );
  const letters = use_state(unread_conversations);
  const leads = use_state(leads_here);
  const is = (/** @type {string} */ name) => front.value === 'panel' && panel.value === name;
  return html`<nav class="bottom" aria-label=${t('nav.views')}>
    <${BottomButton} icon="coffee" label=${t('nav.place')}
      current=${front.value === 'place' || front.value === 'nav'}
      go=${show_place} />
    <${BottomButton} icon="message" label=${t('panel.chat')} current=${is('chat')}
      go=${() => show_panel('chat')} news=${talk} />
    <${BottomButton} icon="people" label=${t('panel.people')} current=${is('people')}
      go=${() => show_panel('people')} />
    <${BottomButton} icon="messages" label=${t('panel.messages')} current=${is('messages')}
      go=${() => show_panel('messages')} news=${letters} />
    ${
      leads &&
      html`<${BottomButton} icon="clock" label=${t('rounds.tab')}
      current=${front.value === 'console'} go=${show_console} />`
    }
  </nav>`;
}
