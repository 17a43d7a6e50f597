// A message's Markdown as a small tree: a safe subset, with everything else shown as it was typed.
// No markup text is ever made of it: views turn the tree into elements, so nothing in a message can
// become an element or an attribute that is not named here.

import { Marked } from 'marked';

/**
 * @typedef {'p' | 'br' | 'strong' | 'em' | 'del' | 'code' | 'pre' | 'blockquote' | 'ul' | 'ol'
 *   | 'li' | 'a' | 'mention'} Tag
 * @typedef {string | {tag: Tag, href?: string, id?: string, start?: number, children: Node[]}} Node
 */

const SAFE_LINK = /^(?:https?:\/\/|mailto:)[^\s]/i;
const MENTION = /^<@(p_[A-Za-z0-9_-]{1,40})>/;
const DEPTH_MAX = 12;

// Titles, tables, rules and bare HTML are for documents, not for talk: they stay as typed.
const nothing = () => undefined;
const marked = new Marked(
  { gfm: true, breaks: true },
  {
    tokenizer: /** @type {any} */ ({
      heading: nothing,
      lheading: nothing,
      table: nothing,
      html: nothing,
      tag: nothing,
      def: nothing,
      hr: nothing,
      reflink: nothing,
    }),
    extensions: [
      {
        name: 'mention',
        level: 'inline',
        start: (text) => text.indexOf('<@p_'),
        tokenizer(text) {
          const match = MENTION.exec(text);
          return match ? { type: 'mention', raw: match[0], id: match[1] } : undefined;
        },
      },
    ],
  },
);

/** @param {string} body @returns {Node[]} */
export const to_tree = (body) => marked.lexer(body).flatMap((token) => node_of(token, 0));

/** @param {any} token @param {number} depth @returns {Node[]} */
function node_of(token, depth) {
  const make = MAKERS[token.type];
  // Deeper than anyone writes by hand is shown as typed rather than followed.
  if (!make || depth > DEPTH_MAX) return token.type === 'space' ? [] : [token.raw];
  return make(token, () =>
    (token.tokens ?? []).flatMap((/** @type {any} */ each) => node_of(each, depth + 1)),
  );
}

/** @param {Tag} tag */
const plain = (tag) => (/** @type {any} */ _token, /** @type {() => Node[]} */ inner) => [
  { tag, children: inner() },
];

/** @type {Record<string, (token: any, inner: () => Node[]) => Node[]>} */
const MAKERS = {
  paragraph: plain('p'),
  blockquote: plain('blockquote'),
  strong: plain('strong'),
  em: plain('em'),
  del: plain('del'),
  br: () => [{ tag: 'br', children: [] }],
  code: ({ text }) => [{ tag: 'pre', children: [{ tag: 'code', children: [text] }] }],
  codespan: ({ text }) => [{ tag: 'code', children: [text] }],
  escape: ({ text }) => [text],
  text: ({ tokens, text }, inner) => (tokens ? inner() : [text]),
  mention: ({ id }) => [{ tag: 'mention', id, children: [] }],
  link: ({ href, raw }, inner) =>
    SAFE_LINK.test(href) ? [{ tag: 'a', href, children: inner() }] : [raw],
  list: ({ ordered, start, items }) => [
    {
      tag: ordered ? 'ol' : 'ul',
      ...(ordered && Number.isSafeInteger(start) ? { start } : {}),
      children: items.map((/** @type {any} */ item) => ({
        tag: 'li',
        children: [
          ...(item.task ? [item.checked ? '☑ ' : '☐ '] : []),
          ...item.tokens
            .filter((/** @type {any} */ each) => each.type !== 'checkbox')
            .flatMap((/** @type {any} */ each) => node_of(each, 2)),
        ],
      })),
    },
  ],
};
