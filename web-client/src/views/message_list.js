// The messages of one stream, of which only those near the view are drawn: the latest at first,
// others as one scrolls to them. Follows the talk while one is at its end, and stays put while one
// reads back.

import { html } from 'htm/preact';
import { Component } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { load_earlier, load_later, read_at } from '../app/chat_actions.js';
import { next_frame } from '../app/frame.js';
import { rows_of } from '../app/message_rows.js';
import { outbox } from '../app/outbox.js';
import { status } from '../app/session.js';
import { current, use_state } from '../app/store.js';
import { day_name, t } from '../app/text.js';
import { front, jump } from '../app/ui.js';
import { looking_at, mark_read, read_mark, seen_as_it_comes, unread_in } from '../app/unread.js';
import { empty_stream, stream_kind } from '../store/state.js';
import { ListPlace } from './list_place.js';
import { HeldMessage, Message, PendingMessage } from './message.js';
import { Badge, Empty, Icon } from './parts.js';
import { Pins } from './pins.js';
import { Typing } from './typing.js';

/** @typedef {import('../store/state.js').Message} MessageShape */
/** @typedef {import('../app/message_rows.js').Row} RowShape */

/** So near to the edge of what is held, more is fetched. */
const AHEAD_PX = 2_000;
/** So many messages one reads on before the store is told. */
const TOLD_EVERY = 50;
const NOTHING = empty_stream();

/** @param {{stream: string}} props */
export function MessageList({ stream }) {
  const held = use_state((state) => state.streams[stream] ?? NOTHING, [stream]);
  const { messages, more, loaded, late } = held;
  const blocked = use_state((state) => state.blocked);
  const pending = outbox.value.filter((each) => each.stream === stream);
  const all_held = use_state((state) => state.my_held);
  const waiting = all_held.filter((each) => each.stream === stream);
  const [open, set_open] = useState(0);
  const [, redraw] = useState({});
  const place = useMemo(() => new ListPlace(), [stream]);
  const scroller = useRef(/** @type {HTMLElement | null} */ (null));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const new_from = use_first_new(stream, messages, loaded);
  const rows = useMemo(() => rows_of(messages, new_from), [messages, new_from]);
  const draw_again = useMemo(() => () => redraw({}), [stream]);

  const wanted = jump.value?.stream === stream ? jump.value.offset : 0;
  const sought = rows.some(({ key }) => key === wanted) ? wanted : 0;
  if (sought) place.go_to(sought);
  const has_focus = list.current?.contains(document.activeElement) === true;
  const drawn = place.draw(rows, [...place.kept_offsets(), open, sought]);

  useEffect(() => {
    if (!loaded && status.value === 'open') void load_earlier(stream);
  }, [stream, loaded, status.value]);
  useLayoutEffect(() => {
    place.attach(scroller.current, list.current);
    place.settle();
    if (!place.is_covered) next_frame(draw_again);
    // The row that had the focus may be one that is no longer held.
    if (has_focus && document.activeElement === document.body)
      scroller.current?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => {
    if (!sought) return;
    document.getElementById(`m-${sought}`)?.focus({ preventScroll: true });
    jump.value = null;
  }, [sought]);
  use_sizes(scroller, list, place, draw_again);
  use_seen(stream, place, messages);
  use_own_words(stream, place, pending.length + waiting.length, draw_again);
  use_browser_search(place, draw_again);

  const to_end = () => {
    go_to_end(stream, place, draw_again);
    scroller.current?.focus({ preventScroll: true });
  };
  const on_scroll = () => {
    const was_at_end = place.at_end;
    place.on_scroll(late.length === 0);
    if (place.at_end !== was_at_end || !place.is_covered) next_frame(draw_again);
    if (place.at_end) mark_if_seen(stream, place);
    follow(stream, place);
  };
  const earlier = () => {
    if (drawn[0] > 0) scroller.current?.scrollBy(0, -scroller.current.clientHeight);
    else void load_earlier(stream);
  };
  return html`<${Pins} stream=${stream} />
    <div class="messages" ref=${scroller} tabindex="0" role="region"
      aria-label=${t('chat.messages')}
      onScroll=${on_scroll}>
      ${
        (more || drawn[0] > 0) &&
        html`<button type="button" class="button small earlier" onClick=${earlier}>
        ${t('chat.earlier')}</button>`
      }
      ${
        loaded &&
        messages.length + pending.length + waiting.length === 0 &&
        html`<${Nothing} stream=${stream} />`
      }
      <ol class="plain rows" ref=${list}>
        ${drawn.map((i) => {
          const row = rows[i];
          const { message } = row;
          if (!message) return html`<${Divider} key=${row.key} day=${row.day} />`;
          return html`<${Row} key=${row.key} stream=${stream} message=${message}
            joined=${row.joined} nth=${row.nth} folded=${blocked.includes(message.by)}
            open=${open === message.offset} set_open=${set_open} />`;
        })}
      </ol>
      ${
        pending.length + waiting.length > 0 &&
        html`<ol class="plain">${waiting.map(
          (each) => html`<${HeldMessage} key=${each.held} held=${each} />`,
        )}${pending.map(
          (each) => html`<${PendingMessage} key=${each.nonce} pending=${each} />`,
        )}</ol>`
      }
    </div>
    ${!place.at_end && html`<${ToLatest} stream=${stream} to_end=${to_end} />`}
    <${Typing} stream=${stream} />`;
}

/** A row is drawn again only when something of it changed. @extends {Component<any>} */
class Row extends Component {
  /** @param {any} next */
  shouldComponentUpdate(next) {
    return Object.keys(next).some((key) => next[key] !== this.props[key]);
  }

  render() {
    return html`<${Message} ...${this.props} />`;
  }
}

/** @param {{stream: string, to_end: () => void}} props */
function ToLatest({ stream, to_end }) {
  const news = use_state((state) => unread_in(state, stream), [stream]);
  return html`<div class="to-latest"><button type="button" class="button small" onClick=${to_end}>
    <${Icon} name="down" /> ${t('chat.latest')} <${Badge} n=${news} /></button></div>`;
}

/** The line above a new day, or, without a day, above what is new. @param {{day: number}} props */
function Divider({ day }) {
  return html`<li class=${day ? 'day' : 'day day-new'}><span>${
    day ? day_name(day) : t('chat.new_from_here')
  }</span></li>`;
}

/** @param {{stream: string}} props */
function Nothing({ stream }) {
  const kind = stream_kind(stream);
  if (kind === 'event')
    return html`<${Empty} icon="megaphone" title=${t('chat.no_announcements')} />`;
  const how = kind === 'table' ? t('chat.empty_table') : t('chat.empty_room');
  return html`<${Empty} icon="message" title=${t('chat.empty')}>
    ${kind !== 'conversation' && html`<p>${how}</p>`}<//>`;
}

/**
 * Tells the store where one reads, and fetches what comes next there.
 * @param {string} stream
 * @param {ListPlace} place
 */
function follow(stream, place) {
  const held = current().streams[stream];
  if (!held || jump.peek()?.stream === stream) return;
  if (place.at_end) {
    read_at(stream, 0);
    return;
  }
  const moved = Math.abs(place.offset - held.reading);
  if (held.reading === 0 || moved > TOLD_EVERY) read_at(stream, place.offset);
  if (held.more && place.room_above < AHEAD_PX) void load_earlier(stream);
  if (held.late.length && place.room_below < AHEAD_PX) void load_later(stream);
}

/** @param {string} stream @param {ListPlace} place @param {() => void} draw_again */
function go_to_end(stream, place, draw_again) {
  read_at(stream, 0);
  // The end may not be held until then.
  next_frame(() => {
    place.go_to_end();
    draw_again();
  });
}

/** @param {string} stream @param {ListPlace} place */
function mark_if_seen(stream, place) {
  if (place.at_end && !document.hidden && place.is_shown) mark_read(stream);
}

/**
 * @param {import('preact').RefObject<HTMLElement | null>} scroller
 * @param {import('preact').RefObject<HTMLElement | null>} list
 * @param {ListPlace} place @param {() => void} draw_again
 */
function use_sizes(scroller, list, place, draw_again) {
  useEffect(() => {
    const watch = new ResizeObserver(() => {
      place.settle();
      if (!place.is_covered) next_frame(draw_again);
    });
    for (const each of [scroller.current, list.current]) if (each) watch.observe(each);
    return () => watch.disconnect();
  }, [place]);
}

/**
 * What is shown at the end of the talk is read.
 * @param {string} stream
 * @param {ListPlace} place
 * @param {MessageShape[]} messages
 */
function use_seen(stream, place, messages) {
  useEffect(() => mark_if_seen(stream, place), [messages, front.value]);
  useEffect(() => {
    const seen = () => mark_if_seen(stream, place);
    looking_at.value = stream;
    seen_as_it_comes.stream = stream;
    seen_as_it_comes.now = () => place.at_end && !document.hidden && place.is_shown;
    document.addEventListener('visibilitychange', seen);
    return () => {
      if (looking_at.value === stream) looking_at.value = null;
      if (seen_as_it_comes.stream === stream) seen_as_it_comes.stream = '';
      document.removeEventListener('visibilitychange', seen);
      read_at(stream, 0);
    };
  }, [stream]);
}

/**
 * Whoever says something goes where it is shown.
 * @param {string} stream
 * @param {ListPlace} place
 * @param {number} pending
 * @param {() => void} draw_again
 */
function use_own_words(stream, place, pending, draw_again) {
  const before = useRef(0);
  useLayoutEffect(() => {
    if (pending > before.current) go_to_end(stream, place, draw_again);
    before.current = pending;
  }, [pending]);
}

/**
 * The browser's own search finds what is drawn: when one begins to search, all that is held is,
 * until one turns back to the page.
 * @param {ListPlace} place @param {() => void} draw_again
 */
function use_browser_search(place, draw_again) {
  useEffect(() => {
    const turn = (/** @type {boolean} */ whole) => {
      if (place.whole === whole) return;
      place.whole = whole;
      draw_again();
    };
    const on_key = (/** @type {KeyboardEvent} */ event) => {
      const { key, ctrlKey, metaKey } = event;
      const searches = ((ctrlKey || metaKey) && /^[fg]$/i.test(key)) || key === 'F3';
      if (searches || !(ctrlKey || metaKey)) turn(searches);
    };
    const on_pointer = () => turn(false);
    document.addEventListener('keydown', on_key);
    document.addEventListener('pointerdown', on_pointer);
    return () => {
      document.removeEventListener('keydown', on_key);
      document.removeEventListener('pointerdown', on_pointer);
    };
  }, [place]);
}

/**
 * The first message that was new when the person turned to this chat; what comes while they look,
 * and what they wrote themselves, is not.
 * @param {string} stream
 * @param {MessageShape[]} messages
 * @param {boolean} loaded
 */
function use_first_new(stream, messages, loaded) {
  const [mark] = useState(() => read_mark(current(), stream));
  const first = useRef(-1);
  if (loaded && first.current < 0) {
    const { me } = current();
    first.current = messages.find(({ offset, by }) => offset > mark && by !== me)?.offset ?? 0;
  }
  return first.current;
}
