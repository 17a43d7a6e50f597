// A room in which much is said, as the stand-in server tells it: as many messages as wished, alike
// each time, some long, some with Markdown, answers, reactions and mentions.

import { scene } from './scenes.js';

export const STREAM = 'room:rm_tables';
const PAGE = 50;
const APART_MS = 20_000;
const PEOPLE = ['anna', 'jonas', 'amina', 'lars', 'yuki', 'omar', 'sofia', 'emil', 'ida'].map(
  (name) => `p_${name}`,
);
const WORDS = [
  'we changed the washers in March and it took longer than anyone thought but nobody here would go',
  'back now the water was the worst of it and the trays came second who else has seen that',
].flatMap((line) => line.split(' '));

/** Some words, the same for the same number. @param {number} n */
function said(n) {
  const count = 3 + ((n * 7919) % 23) + (n % 17 === 0 ? 70 : 0);
  const words = Array.from({ length: count }, (_, i) => WORDS[(n * 31 + i) % WORDS.length]).join(' ');
  if (n % 23 === 0)
    return `**In short**, ${n}:\n\n- ${words}\n- see https://example.org/${n}\n- \`tray ${n}\``;
  if (n % 11 === 0) return `<@${PEOPLE[n % PEOPLE.length]}> ${words}`;
  return `${n}: ${words}`;
}

/** @param {number} offset @param {number} now */
export const message = (offset, now) => ({
  offset,
  at: now,
  by: PEOPLE[((offset / 3) | 0) % PEOPLE.length],
  body: said(offset),
  ...(offset % 13 === 0 && offset > 5 ? { reply_to: offset - 5 } : {}),
  edited: offset % 29 === 0,
  deleted: offset % 97 === 0,
  pinned: false,
  reactions: offset % 7 === 0 ? { '👍': PEOPLE.slice(0, 1 + (offset % 4)) } : {},
});

/** The push that says it. @param {number} offset @param {number} now */
export function posted(offset, now) {
  const { at, by, body, reply_to } = message(offset, now);
  const data = { body, ...(reply_to ? { reply_to } : {}) };
  return { push: 'message.posted', stream: STREAM, offset, at, by, data };
}

/** @param {number} of @param {number} offset @param {number} now */
export const reacted = (of, offset, now) => ({
  push: 'message.reacted',
  stream: STREAM,
  offset,
  at: now,
  by: PEOPLE[of % PEOPLE.length],
  data: { of, emoji: '🎉', on: true },
});

/** A scene of a room with so many messages behind it. @param {number} count */
export function long_talk(count) {
  const now = Date.now();
  const at = (/** @type {number} */ offset) =>
    message(offset, now - (count - offset) * APART_MS);
  const page = (/** @type {number} */ before, /** @type {number} */ limit) => {
    const first = Math.max(1, before - limit);
    const messages = Array.from({ length: Math.max(0, before - first) }, (_, i) => at(first + i));
    return { messages, more: first > 1 };
  };
  const made = scene({ messages: [] });
  Object.assign(made.pushes[0].data, { offset: count, ...page(count + 1, PAGE) });
  made.replies = {
    'message.history': (/** @type {any} */ { before = count + 1, limit = PAGE }) =>
      page(Math.min(before, count + 1), limit),
  };
  return made;
}
