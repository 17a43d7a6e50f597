// What can be done with a message: feel about it, answer, pin, change or delete it.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { pin, react, remove_message } from '../app/chat_actions.js';
import { composing } from '../app/composing.js';
import { use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { focus_wanted } from '../app/ui.js';
import { may } from '../store/moderation.js';
import { room_of_stream } from '../store/room_list.js';
import { stream_id, stream_kind } from '../store/state.js';
import { Lazy } from './lazy.js';
import { moderation, safety } from './later_parts.js';
import { Icon } from './parts.js';

/** @typedef {import('../store/state.js').Message} MessageShape */

/** What asks for more than a click. */
const LOADS = {
  report: () => safety().then(({ Report }) => Report),
  delete: () => moderation().then(({ DeleteMessage }) => DeleteMessage),
};
const EMOJI = ['👍', '❤️', '😄', '🎉', '🙏', '👀'];

/**
 * Whether one may pin in this stream.
 * @param {import('../store/state.js').State} state
 * @param {string} stream
 */
function may_pin(state, stream) {
  const kind = stream_kind(stream);
  if (kind === 'conversation') return true;
  if (kind === 'table' && state.place.table === stream_id(stream)) return true;
  return may(state, 'message.pin', room_of_stream(state, stream)?.id);
}

/** @param {{stream: string, message: MessageShape, close: () => void}} props */
export function Tools({ stream, message, close }) {
  const mine = use_state((state) => state.me === message.by);
  const [asked, set_asked] = useState(/** @type {keyof typeof LOADS | null} */ (null));
  const pins = use_state((state) => may_pin(state, stream), [stream]);
  const moderates = use_state(
    (state) =>
      stream_kind(stream) !== 'conversation' &&
      may(state, 'message.delete', room_of_stream(state, stream)?.id),
    [stream],
  );
  const me = use_state((state) => state.me);
  const felt = (/** @type {string} */ emoji) => message.reactions?.[emoji]?.includes(me) === true;
  const then = (/** @type {() => void} */ run) => () => {
    close();
    // The focus returns where it came from; what is run may take it on.
    const row = document.getElementById(`m-${message.offset}`);
    /** @type {HTMLElement | null} */ (row?.querySelector('.message-more'))?.focus();
    run();
  };
  const compose = (/** @type {'reply' | 'edit'} */ kind) =>
    then(() => {
      composing.value = { stream, kind, message };
      focus_wanted.value = true;
    });
  const tool = (
    /** @type {any} */ icon,
    /** @type {string} */ label,
    /** @type {() => void} */ run,
  ) =>
    html`<button type="button" class="tool" onClick=${run}><${Icon} name=${icon}
      /> ${label}</button>`;
  if (asked) {
    return html`<div class="message-tools"><${Lazy} load=${LOADS[asked]} stream=${stream}
      message=${message} close=${then(() => {})} /></div>`;
  }
  return html`<div class="message-tools" role="group" aria-label=${t('message.tools')}>
    <p class="emoji-row">${EMOJI.map(
      (emoji) => html`<button key=${emoji} type="button" class="reaction"
      aria-label=${t('reaction.add', { emoji })}
      onClick=${then(() => void react(stream, message.offset, emoji, !felt(emoji)))}>
      ${emoji}</button>`,
    )}</p>
    ${tool('reply', t('message.reply'), compose('reply'))}
    ${
      pins &&
      tool(
        'pin',
        t(message.pinned ? 'message.unpin' : 'message.pin'),
        then(() => void pin(stream, message.offset, !message.pinned)),
      )
    }
    ${!mine && tool('flag', t('message.report'), () => set_asked('report'))}
    ${mine && tool('edit', t('message.edit'), compose('edit'))}
    ${
      (mine || moderates) &&
      tool(
        'trash',
        t('message.delete'),
        mine
          ? then(() => void remove_message(stream, message.offset))
          : () => set_asked('delete'),
      )
    }
  </div>`;
}
