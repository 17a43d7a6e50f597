// The second guard of messages' markup: an allow-list of elements and attributes, whatever came in.

import DOMPurify from 'dompurify';
import { to_html } from './markdown.js';

const RULES = {
  ALLOWED_TAGS: [
    'p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'span',
  ],
  ALLOWED_ATTR: ['href', 'target', 'rel', 'class', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

/** @param {string} body @param {import('./markdown.js').NameOf} names */
export const safe_html = (body, names) => DOMPurify.sanitize(to_html(body, names), RULES);
