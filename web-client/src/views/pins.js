// What is pinned in a chat, folded to one line until opened.

import { html } from 'htm/preact';
import { useMemo } from 'preact/hooks';
import { name_of } from '../app/people.js';
import { current, use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { pinned_in } from '../store/held.js';
import { Icon } from './parts.js';
import { Words } from './words.js';

/** @typedef {import('../store/state.js').Message} Message */

const NONE = /** @type {Message[]} */ ([]);

/**
 * The same list as before while nothing in it changed.
 * @returns {(state: any) => Message[]}
 * @param {string} stream
 */
function pins_of(stream) {
  let last = NONE;
  return (state) => {
    const held = state.streams[stream];
    const pins = held ? pinned_in(held) : NONE;
    if (pins.length !== last.length || pins.some((each, i) => each !== last[i])) last = pins;
    return last;
  };
}

/** @param {{stream: string}} props */
export function Pins({ stream }) {
  const select = useMemo(() => pins_of(stream), [stream]);
  const pins = use_state(select, [select]);
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
