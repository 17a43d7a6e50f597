// Most of what people say has no Markdown in it: lines, names, nothing more. Such words are laid
// out here, exactly as the parser would, so that it is fetched only when somebody's words need it.

/** @typedef {import('./markdown.js').Node} Node */

const MENTION = /<@(p_[A-Za-z0-9_-]{1,40})>/g;
// Anything that Markdown could take for more than text, or that the parser would trim.
const MARKS = /[*_~`[\]\\#|&<]|:\/\/|www\.|\S@\S/i;
const LINE_MARKS = /^(?:[-+>=:]|\d+[.)]|\s)|\s$/;

/** @param {string} body */
export function is_plain(body) {
  const words = body.replace(MENTION, '');
  if (MARKS.test(words) || body !== body.trim()) return false;
  return !body.split('\n').some((line) => LINE_MARKS.test(line));
}

/** The words of a line and the people named in it. @param {string} line @returns {Node[]} */
function pieces(line) {
  /** @type {Node[]} */
  const all = line
    .split(MENTION)
    .map((piece, index) => (index % 2 ? { tag: 'mention', id: piece, children: [] } : piece));
  return all.filter((piece) => piece !== '');
}

/**
 * Paragraphs of lines. Precondition: the body is plain.
 * @param {string} body @returns {Node[]}
 */
export const plain_tree = (body) =>
  body.split(/\n{2,}/).map((paragraph) => ({
    tag: 'p',
    children: paragraph
      .split('\n')
      .flatMap((line, index) => [
        ...(index ? [{ tag: /** @type {const} */ ('br'), children: [] }] : []),
        ...pieces(line),
      ]),
  }));

const EMOJI_ONLY =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s)+$/u;

/** A message of a few emoji and nothing else is shown larger. @param {string} body */
export const is_emoji_only = (body) => body.length <= 32 && EMOJI_ONLY.test(body);
