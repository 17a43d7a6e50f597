// Who is writing in a stream just now.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { name_of } from '../app/people.js';
import { server_now } from '../app/session.js';
import { use_state } from '../app/store.js';
import { join_names, t } from '../app/text.js';
import { Icon } from './parts.js';

/** @type {Record<string, number>} */
const NOBODY = {};
const TYPING_SHOWN_MS = 5_000;

/** @param {{stream: string}} props */
export function Typing({ stream }) {
  const typing = use_state((state) => state.streams[stream]?.typing ?? NOBODY, [stream]);
  const me = use_state((state) => state.me);
  const [, tick] = useState(0);
  const who = Object.keys(typing).filter(
    (id) => id !== me && server_now() - typing[id] < TYPING_SHOWN_MS,
  );
  useEffect(() => {
    const timer = who.length ? setTimeout(() => tick((n) => n + 1), 1_000) : 0;
    return () => clearTimeout(timer);
  });
  const names = use_state(
    (state) => who.map((id) => name_of(state, id)).join('\u0000'),
    [who.join()],
  );
  const list = names.split('\u0000');
  return html`<p class="typing">${
    who.length > 0 &&
    html`<${Icon} name="edit" /> <span dir="auto">${
      who.length > 3
        ? t('typing.many')
        : t('typing.some', { n: who.length, names: join_names(list) })
    }</span>`
  }</p>`;
}
