// A message's words as elements, with names for those it mentions.

import { html } from 'htm/preact';
import { h } from 'preact';
import { useMemo } from 'preact/hooks';
import { is_emoji_only, to_tree } from '../app/markdown.js';
import { name_of } from '../app/people.js';
import { use_state } from '../app/store.js';

/** @typedef {import('../app/markdown.js').Node} Node */

/** @param {Node} node @returns {any} */
function element(node) {
  if (typeof node === 'string') return node;
  const { tag, href, id, start, children } = node;
  if (tag === 'mention') return html`<${Mention} id=${id} />`;
  const inner = children.map(element);
  if (tag === 'a')
    return h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...inner);
  return h(tag, start === undefined ? {} : { start }, ...inner);
}

/** @param {{id: string}} props */
function Mention({ id }) {
  const name = use_state((state) => name_of(state, id), [id]);
  const me = use_state((state) => state.me === id, [id]);
  return html`<span class=${`mention ${me ? 'mention-me' : ''}`}>@<bdi>${name}</bdi></span>`;
}

/** @param {{body: string}} props */
export function Words({ body }) {
  const elements = useMemo(() => to_tree(body).map(element), [body]);
  return html`<div class=${`words ${is_emoji_only(body) ? 'words-large' : ''}`} dir="auto">
    ${elements}</div>`;
}
