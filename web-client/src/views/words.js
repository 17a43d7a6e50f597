// A message's words as safe markup, with names for those it mentions.

import { html } from 'htm/preact';
import { useMemo } from 'preact/hooks';
import { is_emoji_only } from '../app/markdown.js';
import { mentioned_in } from '../app/mentions.js';
import { name_of } from '../app/people.js';
import { safe_html } from '../app/safe_html.js';
import { current, use_state } from '../app/store.js';

/** @param {{body: string}} props */
export function Words({ body }) {
  const mentioned = useMemo(() => mentioned_in(body), [body]);
  const names = use_state((state) => mentioned.map((id) => name_of(state, id)).join('\u0000'), [mentioned]);
  const markup = useMemo(
    () => safe_html(body, (id) => ({ name: name_of(current(), id), me: id === current().me })),
    [body, names],
  );
  return html`<div class=${`words ${is_emoji_only(body) ? 'words-large' : ''}`} dir="auto"
    dangerouslySetInnerHTML=${{ __html: markup }}></div>`;
}
