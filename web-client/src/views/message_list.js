// The messages of one stream: the latest in view, older ones as one scrolls up, at most a few
// hundred drawn. Follows the talk while one is at its end, and stays put while one reads back.

import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { load_earlier } from '../app/chat_actions.js';
import { outbox } from '../app/outbox.js';
import { name_of } from '../app/people.js';
import { server_now, status } from '../app/session.js';
import { current, use_state } from '../app/store.js';
import { day_name, join_names, t } from '../app/text.js';
import { front } from '../app/ui.js';
import { looking_at, mark_read, read_mark } from '../app/unread.js';
import { empty_stream, stream_kind } from '../store/state.js';
import { Message, PendingMessage } from './message.js';
import { Empty, Icon } from './parts.js';
import { Pins } from './pins.js';

/** @typedef {import('../store/state.js').Message} MessageShape */

const DRAWN_AT_FIRST = 80;
const DRAWN_STEP = 60;
const DRAWN_MAX = 400;
const NEAR_PX = 60;
const SAME_BREATH_MS = 5 * 60_000;
const NOTHING = empty_stream();

/** @param {MessageShape | undefined} before @param {MessageShape} message */
function follows(before, message) {
  return (
    before !== undefined &&
    before.by === message.by &&
    !message.reply_to &&
    message.at - before.at < SAME_BREATH_MS
  );
}

/** @param {{stream: string}} props */
export function MessageList({ stream }) {
  const { messages, more, loaded } = use_state(
    (state) => state.streams[stream] ?? NOTHING,
    [stream],
  );
  const blocked = use_state((state) => state.blocked);
  const pending = outbox.value.filter((each) => each.stream === stream);
  const [drawn, set_drawn] = useState(DRAWN_AT_FIRST);
  const [open, set_open] = useState(0);
  const scroller = use_scroll(stream, messages, pending.length);
  const new_from = use_first_new(stream, messages, loaded);
  useEffect(() => {
    if (!loaded && status.value === 'open') void load_earlier(stream);
  }, [stream, loaded, status.value]);

  const shown = useMemo(() => messages.slice(-Math.min(drawn, DRAWN_MAX)), [messages, drawn]);
  const earlier = async () => {
    if (drawn < messages.length) set_drawn(drawn + DRAWN_STEP);
    else if (await load_earlier(stream)) set_drawn(drawn + DRAWN_STEP);
  };
  const on_scroll = (/** @type {Event} */ event) => {
    scroller.on_scroll();
    const { scrollTop } = /** @type {HTMLElement} */ (event.currentTarget);
    if (scrollTop < NEAR_PX && (more || drawn < messages.length)) void earlier();
  };
  const can_go_back = (more || shown.length < messages.length) && drawn < DRAWN_MAX;
  return html`<${Pins} stream=${stream} />
    <div class="messages" ref=${scroller.ref} tabindex="0" role="region"
      aria-label=${t('chat.messages')}
      onScroll=${on_scroll}>
      ${
        can_go_back &&
        html`<button type="button" class="button small earlier" onClick=${earlier}>
        ${t('chat.earlier')}</button>`
      }
      ${loaded && messages.length === 0 && pending.length === 0 && html`<${Nothing} stream=${stream}
        />`}
      <ol class="plain">
        ${shown.map(
          (message, i) => html`<${Row} key=${message.offset} stream=${stream} message=${message}
          before=${shown[i - 1]} is_new=${i > 0 && message.offset === new_from}
          folded=${blocked.includes(message.by)} open=${open === message.offset}
            set_open=${set_open} />`,
        )}
        ${pending.map((each) => html`<${PendingMessage} key=${each.nonce} pending=${each} />`)}
      </ol>
    </div>
    <${Typing} stream=${stream} />`;
}

/**
 * @param {{stream: string, message: MessageShape, before?: MessageShape, is_new: boolean, folded:
 *   boolean, open: boolean, set_open: (offset: number) => void}} props
 */
function Row({ stream, message, before, is_new, folded, open, set_open }) {
  const new_day =
    !before || new Date(before.at).toDateString() !== new Date(message.at).toDateString();
  return html`${new_day && html`<li class="day"><span>${day_name(message.at)}</span></li>`}
    ${is_new && html`<li class="day day-new"><span>${t('chat.new_from_here')}</span></li>`}
    <${Message} stream=${stream} message=${message} folded=${folded} open=${open}
      set_open=${set_open}
      joined=${!new_day && !is_new && follows(before, message)} />`;
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
 * Keeps the end in view while one is there, and the same words in view when older ones are added.
 * @param {string} stream
 * @param {MessageShape[]} messages
 * @param {number} pending
 */
function use_scroll(stream, messages, pending) {
  const ref = useRef(/** @type {HTMLElement | null} */ (null));
  const kept = useRef({ at_end: true, first: 0, height: 0 });
  const seen = () => {
    if (kept.current.at_end && !document.hidden && ref.current?.offsetParent) mark_read(stream);
  };
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list) return;
    const before = kept.current;
    if (before.at_end) list.scrollTop = list.scrollHeight;
    else if (list.firstChild && list.scrollTop < NEAR_PX && list.scrollHeight > before.height) {
      list.scrollTop += list.scrollHeight - before.height;
    }
    before.height = list.scrollHeight;
  });
  useEffect(() => {
    const list = ref.current;
    if (!list) return undefined;
    const watch = new ResizeObserver(() => {
      if (kept.current.at_end) list.scrollTop = list.scrollHeight;
    });
    watch.observe(list);
    if (list.lastElementChild) watch.observe(list.lastElementChild);
    return () => watch.disconnect();
  }, [stream]);
  useEffect(seen, [messages, front.value]);
  useEffect(() => {
    kept.current.at_end = true;
    if (pending > 0 && ref.current) ref.current.scrollTop = ref.current.scrollHeight;
  }, [pending]);
  useEffect(() => {
    looking_at.value = stream;
    document.addEventListener('visibilitychange', seen);
    return () => {
      if (looking_at.value === stream) looking_at.value = null;
      document.removeEventListener('visibilitychange', seen);
    };
  }, [stream]);
  const on_scroll = () => {
    const list = ref.current;
    if (!list) return;
    kept.current.at_end = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
    seen();
  };
  return { ref, on_scroll };
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

const TYPING_SHOWN_MS = 5_000;

/** @param {{stream: string}} props */
function Typing({ stream }) {
  const typing = use_state((state) => state.streams[stream]?.typing ?? NOTHING.typing, [stream]);
  const me = use_state((state) => state.me);
  const [, tick] = useState(0);
  const who = Object.keys(typing).filter(
    (id) => id !== me && server_now() - typing[id] < TYPING_SHOWN_MS,
  );
  useEffect(() => {
    const timer = who.length ? setTimeout(() => tick((n) => n + 1), 1_000) : 0;
    return () => clearTimeout(timer);
  });
  const names = use_state(
    (state) => who.map((id) => name_of(state, id)).join('\u0000'),
    [who.join()],
  );
  const list = names.split('\u0000');
  return html`<p class="typing">${
    who.length > 0 &&
    html`<${Icon} name="edit" /> <span dir="auto">${
      who.length > 3
        ? t('typing.many')
        : t('typing.some', { n: who.length, names: join_names(list) })
    }</span>`
  }</p>`;
}
