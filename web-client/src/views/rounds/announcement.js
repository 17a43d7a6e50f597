// What a facilitator says to all tables: calmly, and acknowledged as seen once it was in view.

import { html } from 'htm/preact';
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { tab } from '../../app/prefs.js';
import { name_of } from '../../app/people.js';
import { tell_seen } from '../../app/round_actions.js';
import { server_now } from '../../app/session.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Icon, IconButton } from '../parts.js';

const TOLD_FOR_MS = 180_000;

/** The latest that was put away here. @type {import('@preact/signals').Signal<number>} */
const put_away = signal(tab.get('broadcast_put_away') ?? 0);

export function Announcement() {
  const broadcast = use_state((state) =>
    state.broadcast?.room === state.place.room ? state.broadcast : null,
  );
  const mine = use_state((state) => state.broadcast?.by === state.me);
  const [, look_again] = useState(0);
  const left_ms = broadcast ? broadcast.at + TOLD_FOR_MS - server_now() : 0;
  const old = left_ms <= 0;
  useEffect(() => {
    const timer = old ? 0 : setTimeout(() => look_again((n) => n + 1), left_ms + 1);
    return () => clearTimeout(timer);
  }, [broadcast, old]);
  if (!broadcast || mine || old || broadcast.at <= put_away.value) return null;
  return html`<${Card} key=${broadcast.offset} broadcast=${broadcast} />`;
}

/** @param {{broadcast: import('../../store/state.js').Broadcast}} props */
function Card({ broadcast }) {
  const name = use_state((state) => name_of(state, broadcast.by), [broadcast.by]);
  useEffect(() => {
    const look = () => {
      if (!document.hidden) tell_seen(broadcast.room, broadcast.offset);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [broadcast]);
  const put = () => {
    put_away.value = broadcast.at;
    tab.set('broadcast_put_away', broadcast.at);
  };
  return html`<div class="notice announcement"><${Icon} name="megaphone" />
    <p><span class="sub">${t('broadcast.from', { name })}</span>
      <span class="announcement-words" dir="auto">${broadcast.body}</span></p>
    <${IconButton} icon="close" label=${t('notices.dismiss')} onClick=${put} /></div>`;
}
