// What is pinned in a chat, folded to one line until opened.

import { html } from 'htm/preact';
import { name_of } from '../app/people.js';
import { current, use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { Icon } from './parts.js';
import { Words } from './words.js';

let last = {
  messages: /** @type {any} */ (null),
  pins: /** @type {import('../store/state.js').Message[]} */ ([]),
};

/** @param {import('../store/state.js').Message[]} messages */
function pins_of(messages) {
  if (last.messages !== messages) last = { messages, pins: messages.filter((each) => each.pinned) };
  return last.pins;
}

const NONE = /** @type {any[]} */ ([]);

/** @param {{stream: string}} props */
export function Pins({ stream }) {
  const messages = use_state((state) => state.streams[stream]?.messages ?? NONE, [stream]);
  const pins = pins_of(messages);
  if (pins.length === 0) return null;
  return html`<details class="pins"><summary><${Icon} name="pin"
    /> ${t('pins.title', { n: pins.length })}</summary>
    <ul class="plain">${pins.map(
      (message) => html`<li key=${message.offset}>
      <bdi class="strong">${name_of(current(), message.by)}</bdi><${Words} body=${message.body} />
        </li>`,
    )}</ul>
  </details>`;
}
