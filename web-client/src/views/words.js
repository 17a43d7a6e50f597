// A message's words as elements, with names for those it mentions.

import { html } from 'htm/preact';
import { h } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { signal } from '@preact/signals';
import { is_emoji_only, is_plain, plain_tree } from '../app/plain_words.js';
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

/** @param {string} body @returns {Node[]} */
const as_typed = (body) => [{ tag: 'p', children: [body] }];

/** @param {{id: string}} props */
function Mention({ id }) {
  const name = use_state((state) => name_of(state, id), [id]);
  const me = use_state((state) => state.me === id, [id]);
  return html`<span class=${`mention ${me ? 'mention-me' : ''}`}>@<bdi>${name}</bdi></span>`;
}

/**
 * The parser of Markdown, fetched for the first words that need it.
 * @type {import('@preact/signals').Signal<((body: string) => Node[]) | null>}
 */
const to_tree = signal(null);
let asked = false;

async function fetch_parser() {
  if (asked) return;
  asked = true;
  try {
    to_tree.value = (await import('../app/markdown.js')).to_tree;
  } catch {
    // What is said can be read as it was typed; the next such words ask again.
    asked = false;
  }
}

/** @param {{body: string}} props */
export function Words({ body }) {
  const plain = useMemo(() => is_plain(body), [body]);
  const parse = plain ? plain_tree : (to_tree.value ?? as_typed);
  useEffect(() => {
    if (!plain) void fetch_parser();
  }, [plain]);
  const elements = useMemo(() => parse(body).map(element), [body, parse]);
  return html`<div class=${`words ${is_emoji_only(body) ? 'words-large' : ''}`} dir="auto">
    ${elements}</div>`;
}
