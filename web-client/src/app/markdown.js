// A message's Markdown to markup: a small subset, with everything else shown as it was typed. What
// comes out here is cleaned once more by `safe_html.js` before it reaches the page.

import { Marked } from 'marked';

/** @typedef {(id: string) => {name: string, me: boolean}} NameOf */

const ENTITIES = /** @type {Record<string, string>} */ ({
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;',
});
/** @param {string} text */
export const escape_html = (text) => text.replace(/[&<>"']/g, (char) => ENTITIES[char]);

const SAFE_LINK = /^(?:https?:\/\/|mailto:)/i;

/** @type {NameOf} */
let name_of = () => ({ name: '', me: false });

const mention = {
  name: 'mention',
  level: /** @type {'inline'} */ ('inline'),
  start: (/** @type {string} */ text) => (/<@p_/.exec(text)?.index),
  tokenizer(/** @type {string} */ text) {
    const match = /^<@(p_[A-Za-z0-9_-]{1,40})>/.exec(text);
    return match ? { type: 'mention', raw: match[0], id: match[1] } : undefined;
  },
  renderer(/** @type {any} */ token) {
    const { name, me } = name_of(token.id);
    return `<span class="mention${me ? ' mention-me' : ''}">@${escape_html(name)}</span>`;
  },
};

const marked = new Marked({ gfm: true, breaks: true, async: false });
marked.use({
  extensions: [mention],
  tokenizer: {
    // Titles, tables and bare HTML are for documents, not for talk: they stay as typed.
    heading: () => undefined,
    lheading: () => undefined,
    table: () => undefined,
    html: () => undefined,
    tag: () => undefined,
    def: () => undefined,
    hr: () => undefined,
  },
  renderer: {
    image: (token) => escape_html(token.raw),
    html: (token) => escape_html(token.raw),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    code: ({ text }) => `<pre><code>${escape_html(text)}</code></pre>`,
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      if (!SAFE_LINK.test(href)) return words;
      const attributes = 'target="_blank" rel="noopener noreferrer nofollow"';
      return `<a href="${escape_html(href)}" ${attributes}>${words}</a>`;
    },
  },
});

/** @param {string} body @param {NameOf} names @returns {string} */
export function to_html(body, names) {
  name_of = names;
  return /** @type {string} */ (marked.parse(body));
}

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s)+$/u;

/** A message of a few emoji and nothing else is shown larger. @param {string} body */
export const is_emoji_only = (body) => body.length <= 32 && EMOJI_ONLY.test(body);
