// What a list of messages shows, row by row: the messages, the day they were said on, and the line
// from which they are new.

/** @typedef {import('../store/state.js').Message} Message */

/**
 * `nth` counts messages from 1. `joined` continues what the same person said just before.
 * @typedef {{key: string | number, day: number, message: Message | null, joined: boolean,
 *   nth: number}} Row
 */

const SAME_BREATH_MS = 5 * 60_000;

/** @param {Message | undefined} before @param {Message} message */
const follows = (before, message) =>
  before !== undefined &&
  before.by === message.by &&
  !message.reply_to &&
  message.at - before.at < SAME_BREATH_MS;

/** The day of a moment where we are: when it begins and when the next does. @param {number} at */
function day_of(at) {
  const date = new Date(at);
  const begins = date.setHours(0, 0, 0, 0);
  return { begins, ends: date.setDate(date.getDate() + 1) };
}

/**
 * @param {Message[]} messages
 * @param {number} new_from the offset of the first that is new, 0 for none
 * @returns {Row[]}
 */
export function rows_of(messages, new_from) {
  /** @type {Row[]} */
  const rows = [];
  let day = { begins: 0, ends: 0 };
  for (const [i, message] of messages.entries()) {
    const { at, offset } = message;
    const same_day = i > 0 && at >= day.begins && at < day.ends;
    if (!same_day) {
      day = day_of(at);
      rows.push({ key: `day ${offset}`, day: at, message: null, joined: false, nth: 0 });
    }
    const is_new = i > 0 && offset === new_from;
    if (is_new) rows.push({ key: 'new', day: 0, message: null, joined: false, nth: 0 });
    const joined = same_day && !is_new && follows(messages[i - 1], message);
    rows.push({ key: offset, day: 0, message, joined, nth: i + 1 });
  }
  return rows;
}

/**
 * Where the row of a message is, or of the first after it.
 * @param {Row[]} rows
 * @param {number} offset
 */
export function row_of(rows, offset) {
  let found = -1;
  for (let i = rows.length - 1; i >= 0; i--) {
    const { message } = rows[i];
    if (!message) continue;
    if (message.offset < offset) break;
    found = i;
  }
  return found;
}
