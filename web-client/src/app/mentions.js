// Mentions: on the wire `<@id>`, on the screen @name. The field keeps names; these turn one into
// the other and find the half-typed name at the caret.

/** @typedef {{id: string, name: string}} Mention */

const WIRE = /<@(p_[A-Za-z0-9_-]{1,40})>/g;

/**
 * @param {string} text as typed
 * @param {Mention[]} mentions chosen while typing
 * @returns {string}
 */
export function to_wire(text, mentions) {
  const longest_first = [...mentions].sort((a, b) => b.name.length - a.name.length);
  let body = text;
  for (const { id, name } of longest_first) {
    const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])@${literal}(?![\\p{L}\\p{N}])`, 'gu');
    body = body.replace(whole, () => `<@${id}>`);
  }
  return body;
}

/**
 * @param {string} body
 * @param {(id: string) => string} name
 * @returns {{text: string, mentions: Mention[]}}
 */
export function from_wire(body, name) {
  /** @type {Map<string, Mention>} */
  const mentions = new Map();
  const text = body.replace(WIRE, (_all, id) => {
    mentions.set(id, { id, name: name(id) });
    return `@${name(id)}`;
  });
  return { text, mentions: [...mentions.values()] };
}

/** Every person mentioned in a body. @param {string} body */
export const mentioned_in = (body) => [...body.matchAll(WIRE)].map((match) => match[1]);

/**
 * The name being typed at the caret, if the text before it ends in "@…".
 * @param {string} text @param {number} caret @returns {{start: number, query: string} | null}
 */
export function name_at(text, caret) {
  const match = /(?:^|\s)@([^\s@]*(?: [^\s@]*)?)$/u.exec(text.slice(0, caret));
  if (!match) return null;
  return { start: caret - match[1].length - 1, query: match[1].toLocaleLowerCase() };
}

/**
 * @template {{name: string}} P
 * @param {P[]} people
 * @param {string} query
 * @param {number} most
 * @returns {P[]}
 */
export function matching(people, query, most) {
  const begins = (/** @type {P} */ each) =>
    each.name
      .toLocaleLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(query)) || each.name.toLocaleLowerCase().startsWith(query);
  return people.filter(begins).slice(0, most);
}
