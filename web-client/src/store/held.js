// Which messages of a stream are held. While one follows the talk: the latest. While one reads
// back: those around the place one reads at and, apart from them, the last few, so that the end is
// found again at once. What is let go of is fetched again when one comes to it; what is pinned or
// answered is kept aside.

/** @typedef {import('./state.js').Message} Message */
/** @typedef {import('./state.js').Stream} Stream */

export const MESSAGES_KEPT = 600;
const TRIM_AT = 800;
/** While one reads back, on either side of the place. */
export const AROUND = 400;
const TRIM_READING_AT = 1_200;
export const LATE_KEPT = 100;
const ASIDE_KEPT = 100;

/**
 * Where a message of an offset is or would be, in what is ordered by it.
 * @param {Message[]} messages
 * @param {number} offset
 */
export function place_of(messages, offset) {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].offset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {Stream | undefined} stream @param {number} offset @returns {Message | undefined} */
export function message_of(stream, offset) {
  if (!stream) return undefined;
  const found = stream.messages[place_of(stream.messages, offset)];
  if (found?.offset === offset) return found;
  const fits = (/** @type {Message} */ each) => each.offset === offset;
  return stream.late.find(fits) ?? stream.aside.find(fits);
}

/**
 * The latest message that is known.
 * @param {Stream | undefined} stream
 * @returns {Message | undefined}
 */
export const latest_of = (stream) => stream?.late.at(-1) ?? stream?.messages.at(-1);

/** What is pinned, in order. @param {Stream} stream @returns {Message[]} */
export function pinned_in({ aside, messages, late }) {
  const pinned = [aside, messages, late].map((list) => list.filter((each) => each.pinned));
  return merged(pinned[0], [...pinned[1], ...pinned[2]]);
}

/**
 * Changes a message wherever it is held.
 * @param {Stream} stream
 * @param {number} of
 * @param {(message: Message) => Message} change
 * @returns {Stream}
 */
export function with_changed(stream, of, change) {
  const changed = (/** @type {Message[]} */ list) => {
    const index = list.findIndex(({ offset }) => offset === of);
    if (index < 0) return list;
    const next = list.slice();
    next[index] = change(list[index]);
    return next;
  };
  const [messages, late, aside] = [stream.messages, stream.late, stream.aside].map(changed);
  if (messages === stream.messages && late === stream.late && aside === stream.aside) return stream;
  return { ...stream, messages, late, aside };
}

/**
 * Changes all messages of one person that are held.
 * @param {Stream} stream
 * @param {string} by
 * @param {(message: Message) => Message} change
 * @returns {Stream}
 */
export function with_changed_by(stream, by, change) {
  const changed = (/** @type {Message[]} */ list) =>
    list.map((message) => (message.by === by ? change(message) : message));
  const [messages, late, aside] = [stream.messages, stream.late, stream.aside].map(changed);
  return { ...stream, messages, late, aside };
}

/** @param {Stream} stream @param {Message[]} more @returns {Message[]} */
function aside_with({ aside }, more) {
  if (more.length === 0) return aside;
  const new_ones = new Set(more.map(({ offset }) => offset));
  return [...aside.filter(({ offset }) => !new_ones.has(offset)), ...more].slice(-ASIDE_KEPT);
}

/**
 * Keeps a part, [from, to).
 * @param {Stream} stream
 * @param {number} from
 * @param {number} to
 * @returns {Stream}
 */
function keep(stream, from, to) {
  const { messages, late, more } = stream;
  const gone = [...messages.slice(0, from), ...messages.slice(to)];
  return {
    ...stream,
    messages: messages.slice(from, to),
    more: more || from > 0,
    late: late.length ? late : messages.slice(to).slice(-LATE_KEPT),
    aside: aside_with(
      stream,
      gone.filter((each) => each.pinned),
    ),
  };
}

/** Lets go of what is too much. @param {Stream} stream @returns {Stream} */
function bounded(stream) {
  const { messages, reading } = stream;
  const { length } = messages;
  if (reading === 0)
    return length < TRIM_AT ? stream : keep(stream, length - MESSAGES_KEPT, length);
  if (length < TRIM_READING_AT) return stream;
  const at = place_of(messages, reading);
  return keep(stream, Math.max(0, at - AROUND), Math.min(length, at + AROUND));
}

/** @param {Message[]} one @param {Message[]} other what it says wins */
function merged(one, other) {
  const by_offset = new Map(one.map((message) => [message.offset, message]));
  for (const message of other) by_offset.set(message.offset, message);
  return [...by_offset.values()].sort((a, b) => a.offset - b.offset);
}

/**
 * A message that was just said.
 * @param {Stream} stream
 * @param {Message} message
 * @returns {Stream}
 */
export function with_said(stream, message) {
  if (message.offset <= (latest_of(stream)?.offset ?? 0)) return stream;
  if (stream.late.length)
    return { ...stream, late: [...stream.late, message].slice(-LATE_KEPT) };
  return bounded({ ...stream, messages: [...stream.messages, message] });
}

/**
 * A page that stands before what is held, or is the first; what comes from the server replaces
 * what we had.
 * @param {Stream} stream @param {Message[]} page @param {boolean} more @returns {Stream}
 */
export const with_earlier = (stream, page, more) =>
  bounded({ ...stream, messages: merged(stream.messages, page), more, loaded: true });

/**
 * Where what is held reaches the last few, the two become one again.
 * @param {Stream} stream @param {number} upto all that was said up to here is held
 * @returns {Stream}
 */
function joined(stream, upto) {
  const { messages, late } = stream;
  if (late.length === 0 || upto < late[0].offset - 1) return bounded(stream);
  return bounded({ ...stream, messages: merged(late, messages), late: [] });
}

/**
 * What stands after what is held, all of it up to an offset.
 * @param {Stream} stream @param {Message[]} page @param {number} upto @returns {Stream}
 */
export const with_later = (stream, page, upto) =>
  joined({ ...stream, messages: merged(stream.messages, page) }, upto);

/**
 * A page from elsewhere, to read there: it joins what is held where they meet, and takes its place
 * where they do not.
 * @param {Stream} stream @param {Message[]} page @param {boolean} more @param {number} reading
 * @returns {Stream}
 */
export function with_page_at(stream, page, more, reading) {
  const { messages } = stream;
  const last = page.at(-1)?.offset ?? 0;
  const starts_before = page.length > 0 && page[0].offset < (messages[0]?.offset ?? 0);
  const meets =
    last >= (messages[0]?.offset ?? 0) && page[0]?.offset <= (messages.at(-1)?.offset ?? 0);
  const next = meets
    ? { ...stream, messages: merged(messages, page), more: starts_before ? more : stream.more }
    : { ...keep(stream, 0, 0), messages: page, more };
  return joined({ ...next, reading }, last);
}

/** @param {Stream} stream @param {Message} message @returns {Stream} */
export const with_aside = (stream, message) => ({
  ...stream,
  aside: aside_with(stream, [message]),
});

/** Back to following the talk. @param {Stream} stream @returns {Stream} */
export function at_latest(stream) {
  if (stream.reading === 0 && stream.late.length === 0) return stream;
  if (stream.late.length === 0) return bounded({ ...stream, reading: 0 });
  return { ...keep(stream, 0, 0), messages: stream.late, late: [], more: true, reading: 0 };
}
