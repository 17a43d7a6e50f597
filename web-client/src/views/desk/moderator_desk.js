// The moderator's desk: the queue, the people, what is happening where, the log, and the event.

import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { more_keys } from '../../app/ui.js';
import { desk_news, may } from '../../store/moderation.js';
import { Badge } from '../parts.js';
import { use_roving } from '../roving.js';
import { Help, EventTools } from '../staff/desk.js';
import { Rooms } from '../staff/rooms.js';
import { desk_key_rows, on_desk_key } from './desk_keys.js';
import { Filter } from './filter.js';
import { doing, open_item } from './items.js';
import { Log } from './log.js';
import { PeopleDesk } from './people_desk.js';
import { Queue } from './queue.js';
import { Raid } from './raid.js';
import { RoomsNow } from './rooms_now.js';

/** @typedef {'queue' | 'people' | 'now' | 'log' | 'event'} Page */

/** @type {import('@preact/signals').Signal<Page>} */
const page = signal('queue');

/** @param {Page} name */
function turn_to(name) {
  page.value = name;
  open_item.value = null;
  doing.value = null;
}

export function ModeratorDesk() {
  const tabs = use_roving();
  const news = use_state(desk_news);
  const reads = use_state((state) => may(state, 'audit.read'));
  useEffect(() => {
    more_keys.value = desk_key_rows;
    return () => (more_keys.value = null);
  }, []);
  const all = /** @type {const} */ (['queue', 'people', 'now', 'log', 'event']);
  const pages = all.filter((name) => name !== 'log' || reads);
  const shown = pages.find((name) => name === page.value) ?? 'queue';
  return html`<div class="mod desk" onKeyDown=${on_desk_key}>
    <h2 class="unseen" id="mod-title" tabindex="-1">${t('panel.desk')}</h2>
    <${Raid} />
    <div class="mod-tabs chips" role="tablist" aria-label=${t('mod.pages')} ref=${tabs}>${pages.map(
      (name) => html`<button key=${name} type="button" class="chip" role="tab" data-rove
        id=${`mod-tab-${name}`} aria-controls="mod-page"
        aria-selected=${String(shown === name)} onClick=${() => turn_to(name)}>
        <span>${t(`mod.${name}`)}</span> <${Badge} n=${name === 'queue' ? news : 0} /></button>`,
    )}</div>
    <div role="tabpanel" id="mod-page" aria-labelledby=${`mod-tab-${shown}`}>
      ${shown === 'queue' && html`<${Queue} />`}
      ${shown === 'people' && html`<${PeopleDesk} />`}
      ${shown === 'now' && html`<${RoomsNow} />`}
      ${shown === 'log' && html`<${Log} />`}
      ${shown === 'event' && html`<${Event} />`}</div></div>`;
}

/** What the other desk has, and the word filter. */
function Event() {
  return html`<div class="desk"><${Help} /><${EventTools} /><${Rooms} /><${Filter} /></div>`;
}
