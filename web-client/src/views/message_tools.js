// What can be done with a message: feel about it, answer, pin, change or delete it.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { pin, react, remove_message } from '../app/chat_actions.js';
import { composing } from '../app/composing.js';
import { use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { focus_wanted } from '../app/ui.js';
import { stream_id, stream_kind } from '../store/state.js';
import { Lazy } from './lazy.js';
import { safety } from './later_parts.js';
import { Icon } from './parts.js';

/** @typedef {import('../store/state.js').Message} MessageShape */

const load_report = () => safety().then(({ Report }) => Report);
const EMOJI = ['👍', '❤️', '😄', '🎉', '🙏', '👀'];

/**
 * Whether one may pin in this stream.
 * @param {import('../store/state.js').State} state
 * @param {string} stream
 */
function may_pin(state, stream) {
  const kind = stream_kind(stream);
  if (kind === 'conversation') return true;
  if (kind === 'table')
    return state.place.table === stream_id(stream) || state.capabilities.includes('message.pin');
  return state.capabilities.includes('message.pin');
}

/** @param {{stream: string, message: MessageShape, close: () => void}} props */
export function Tools({ stream, message, close }) {
  const mine = use_state((state) => state.me === message.by);
  const [reporting, set_reporting] = useState(false);
  const pins = use_state((state) => may_pin(state, stream), [stream]);
  const moderates = use_state(
    (state) =>
      state.capabilities.includes('message.delete') && stream_kind(stream) !== 'conversation',
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
  if (reporting) {
    return html`<div class="message-tools"><${Lazy} load=${load_report} stream=${stream}
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
    ${!mine && tool('flag', t('message.report'), () => set_reporting(true))}
    ${mine && tool('edit', t('message.edit'), compose('edit'))}
    ${
      (mine || moderates) &&
      tool(
        'trash',
        t('message.delete'),
        then(() => void remove_message(stream, message.offset)),
      )
    }
  </div>`;
}
