// The talk of the place: the nearest chat, with the others of the place one tap away.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { current, use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { chat_in_view, chosen_chat, place_chats } from '../app/ui.js';
import { unread_in } from '../app/unread.js';
import { room_of_table, table_by_id } from '../store/room_list.js';
import { stream_id, stream_kind } from '../store/state.js';
import { Composer } from './composer.js';
import { MessageList } from './message_list.js';
import { Badge, Icon, IconButton } from './parts.js';
import { HowLong } from './place.js';
import { Lazy } from './lazy.js';
import { later } from './later_parts.js';

/** @typedef {import('../store/state.js').State} State */

const load_search = () => later().then(({ Search }) => Search);

/** @param {State} state @param {string} stream */
export function chat_name(state, stream) {
  const id = stream_id(stream);
  switch (stream_kind(stream)) {
    case 'table':
      return table_by_id(state, id)?.name ?? t('chat.table');
    case 'room':
      return state.rooms[id]?.name ?? t('chat.room');
    default:
      return t('chat.announcements');
  }
}

/** @param {string} stream */
function who_reads(stream) {
  switch (stream_kind(stream)) {
    case 'table': {
      const room = room_of_table(current(), stream_id(stream));
      const sofa = room?.tables.some(
        (table) => table.id === stream_id(stream) && table.capacity === null,
      );
      return t(sofa ? 'reads.sofa' : 'reads.table');
    }
    case 'room':
      return t('reads.room');
    default:
      return t('reads.announcements');
  }
}

let last_chats = /** @type {string[]} */ ([]);
/** @param {State} state */
function stable_chats(state) {
  const chats = place_chats(state);
  if (chats.join() !== last_chats.join()) last_chats = chats;
  return last_chats;
}

export function Chat() {
  const [searching, set_searching] = useState(false);
  const chats = use_state(stable_chats);
  const chosen = chosen_chat.value;
  const stream = use_state((state) => chat_in_view(state, chosen), [chosen]);
  const waiting = use_state((state) => state.place.waiting);
  if (!stream) return html`<p class="quiet pad">${t('chat.nowhere')}</p>`;
  return html`<div class="chat">
    <header class="chat-head">
      <div class="chips" role="group" aria-label=${t('chat.choose')}>
        ${chats.map(
          (each) => html`<${Chip} key=${each} stream=${each} chosen=${each === stream}
          />`,
        )}
      </div>
      ${
        !waiting &&
        html`<${IconButton} icon="search" label=${t('search.open')}
        aria-expanded=${searching ? 'true' : 'false'} onClick=${() => set_searching(!searching)} />`
      }
    </header>
    <p class="who-reads"><${Icon} name="eye" /> ${who_reads(stream)} ${' '}<${HowLong} /></p>
    ${
      searching
        ? html`<${Lazy} load=${load_search} stream=${stream} close=${() => set_searching(false)} />`
        : html`<${MessageList} key=${stream} stream=${stream} /><${Composer} key=${`c-${stream}`}
          stream=${stream} />`
    }
  </div>`;
}

/** @param {{stream: string, chosen: boolean}} props */
function Chip({ stream, chosen }) {
  const name = use_state((state) => chat_name(state, stream), [stream]);
  const news = use_state((state) => unread_in(state, stream), [stream]);
  return html`<button type="button" class="chip" aria-pressed=${chosen ? 'true' : 'false'}
    onClick=${() => (chosen_chat.value = stream)}><span dir="auto">${name}</span>
    <${Badge} n=${chosen ? 0 : news} /></button>`;
}
