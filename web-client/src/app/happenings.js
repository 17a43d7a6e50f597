// Turns some pushes into words for the person: a note on the page, a sentence for a screen reader,
// a notification of the browser where it was asked for.

import { stream_id, stream_kind } from '../store/state.js';
import { concerns_me, desk_news, is_own, with_reports } from '../store/moderation.js';
import { table_by_id } from '../store/room_list.js';
import { announce, announce_count, announce_message } from './announcer.js';
import { load_conversations } from './chat_actions.js';
import { mentioned_in, from_wire } from './mentions.js';
import { notice } from './notices.js';
import { restore_outbox } from './outbox.js';
import { name_of, once_known } from './people.js';
import { notify, tab } from './prefs.js';
import { keep_warnings, restore_warnings } from './safety.js';
import { command, on_hello, on_push, renew } from './session.js';
import { change, current } from './store.js';
import { clock_time, t } from './text.js';
import { chosen_chat, knocking, open_conversation, show_conversation, show_panel } from './ui.js';
import { looking_at } from './unread.js';

/** @typedef {import('../connection/types.js').Push} Push */

const JUST_LEFT_MS = 2_000;

/**
 * Why staff removed this person, if they said, and for how long where they are banned.
 * @type {{reason: string, banned: boolean, until_at: number | null}}
 */
export const removal = { reason: '', banned: false, until_at: null };
/** It is told again when the page is loaded anew. */
const removal_key = () => `removal.${location.pathname}`;
Object.assign(removal, tab.get(removal_key()));

/** @param {Push} push @param {boolean} banned */
function note_removal(push, banned) {
  const { data } = push;
  // A ban in one event of a group counts in the others.
  if (banned ? !is_own(push) : !concerns_me(current(), push)) return;
  Object.assign(removal, { reason: data.reason ?? '', banned, until_at: data.until_at ?? null });
  tab.set(removal_key(), removal);
}
/** Whether the person was still waiting to be let in when last seen. */
export const arrival = { waiting: false };
let event_state = '';
let my_room = '';
/** The room before, and since when it is that. */
let moved = { from: '', at: 0 };

/** @param {string} title @param {string} body @param {() => void} [open] */
export function tell_browser(title, body, open) {
  if (!document.hidden || !notify.value || !('Notification' in window)) return;
  const shown = new Notification(title, { body, tag: title });
  shown.onclick = () => {
    window.focus();
    open?.();
    shown.close();
  };
}

/** The words of a message with names for mentions. @param {string} body */
const readable = (body) => from_wire(body, (id) => name_of(current(), id)).text;

/** @param {Push} push */
function message_posted(push) {
  const state = current();
  const { stream = '', by = '', data } = push;
  if (by === state.me || state.blocked.includes(by)) return;
  const who = name_of(state, by);
  const words = readable(data.body);
  const kind = stream_kind(stream);
  const mentions_me = (data.mentions ?? mentioned_in(data.body)).includes(state.me);
  if (kind === 'event' && looking_at.value !== stream) {
    const read = () => {
      chosen_chat.value = stream;
      show_panel('chat');
    };
    notice(t('announcement.posted', { name: who, text: words.slice(0, 200) }), {
      actions: [{ label: t('announcement.read'), run: read }],
    });
  }
  if (kind === 'conversation') {
    tell_browser(who, words, () => show_conversation(stream_id(stream)));
    announce_message(who, words);
  } else if (mentions_me) {
    tell_browser(t('mention.of_you', { name: who }), words);
    announce_message(who, words);
  } else if (looking_at.value === stream || kind === 'event') {
    announce_message(who, words);
  }
}

/** @param {Push} push */
function seat_left(push) {
  const { person, reason, table } = push.data;
  if (person !== current().me) return;
  const name = table_by_id(current(), table)?.name ?? '';
  if (reason === 'table_removed') notice(t('seat.table_removed'));
  else if (reason === 'room_closed') notice(t('seat.room_closed'));
  else if (reason === 'away') notice(t('seat.away', { table: name }));
  else if (reason === 'removed') notice(t('seat.removed'));
}

/** @param {Push} push @param {'role.given' | 'role.taken'} words */
function note_role(push, words) {
  if (!concerns_me(current(), push)) return;
  notice(t(words));
  // What one may do in one room alone is told by hello.
  if (push.data.scope in current().rooms) renew();
}

/** @type {Record<string, (push: Push) => void>} */
const TOLD = {
  // Somebody from another room may be unknown here until asked for.
  'message.posted': (push) => once_known(push.by ?? '', () => message_posted(push)),
  'seat.left': seat_left,
  'seat.taken'(push) {
    const { person, moved_by, table } = push.data;
    const state = current();
    if (person !== state.me) return;
    knocking.value = null;
    const where = table_by_id(state, table)?.name ?? '';
    if (moved_by) notice(t('seat.moved', { name: name_of(state, moved_by), table: where }));
    else announce(t('seat.taken', { table: where }));
  },
  'room.closed'({ data }) {
    // The lobby may open before the room is said to be closed: streams have no order between them.
    const just_left = Date.now() - moved.at < JUST_LEFT_MS ? moved.from : '';
    if (data.room === my_room || data.room === just_left) notice(t('room.closed_on_you'));
  },
  'table.invited'({ data }) {
    const words = t('invite.asks', {
      name: name_of(current(), data.by),
      table: table_by_id(current(), data.table)?.name ?? '',
    });
    announce(words);
    tell_browser(t('app.name'), words);
  },
  'table.knocked'({ data }) {
    const words = t('knock.heard', { name: name_of(current(), data.person) });
    announce(words);
    tell_browser(t('app.name'), words);
  },
  'table.visited'({ data }) {
    if (data.on && data.person !== current().me) {
      notice(t('visit.told', { name: name_of(current(), data.person) }));
    }
  },
  'person.muted'(push) {
    if (!concerns_me(current(), push)) return;
    const { until_at, room } = push.data;
    const name = current().rooms[room]?.name;
    notice(t(name ? 'muted.in' : 'muted.until', { time: clock_time(until_at), room: name ?? '' }), {
      tone: 'warn',
    });
  },
  'person.unmuted'(push) {
    if (concerns_me(current(), push)) notice(t('muted.over'));
  },
  'person.removed': (push) => note_removal(push, false),
  'person.banned': (push) => note_removal(push, true),
  'person.warned'(push) {
    if (concerns_me(current(), push)) keep_warnings();
  },
  'person.moved'(push) {
    if (!concerns_me(current(), push)) return;
    const { data } = push;
    const room = current().rooms[data.room]?.name ?? '';
    const why = data.reason ? ` ${t('ended.because')} ${data.reason}` : '';
    notice(`${t('moved.told', { room })}${why}`, { tone: 'warn' });
  },
  'message.held'({ stream }) {
    if (stream_kind(stream) === 'desk') announce_count('announce.held');
  },
  'message.reviewed'(push) {
    if (concerns_me(current(), push))
      announce(t(push.data.approved ? 'held.approved' : 'held.refused'));
  },
  'report.filed'() {
    announce_count('announce.reports');
    tell_browser(t('app.name'), t('announce.reports', { n: 1 }), () => show_panel('desk'));
  },
  async 'report.changed'(push) {
    if (!concerns_me(current(), push)) return;
    const stream = `desk:${push.data.event}`;
    const ok = await command('stream.snapshot', { stream, limit: 1 }).catch(() => null);
    if (!ok) return;
    const before = desk_news(current());
    change((state) => with_reports(state, ok.state));
    if (desk_news(current()) > before) announce_count('announce.reports');
  },
  'report.answered'({ data }) {
    notice(t(data.outcome === 'dismissed' ? 'report.looked_at' : 'report.dealt_with'));
  },
  'role.granted': (push) => note_role(push, 'role.given'),
  'role.revoked': (push) => note_role(push, 'role.taken'),
  'person.waiting'({ data }) {
    announce_count('announce.waiting', t('waiting.arrived', { name: data.name ?? '' }));
  },
  'help.called'(push) {
    if (stream_kind(push.stream) !== 'desk') return;
    const words = t('help.asked', { table: table_by_id(current(), push.data.table)?.name ?? '' });
    announce(words);
    tell_browser(t('app.name'), words, () => show_panel('desk'));
  },
  'event.updated'() {
    const now = current().event?.state ?? '';
    if (now !== event_state && now === 'live') notice(t('event.opened'));
    if (now !== event_state && now === 'over') notice(t('event.closed'));
  },
  'stream.opened'(push) {
    const kind = stream_kind(push.stream);
    if (kind === 'event' && arrival.waiting) notice(t('waiting.admitted'));
    if (kind === 'room') {
      moved = { from: my_room, at: Date.now() };
      my_room = stream_id(push.stream);
    }
    if (kind === 'table' || kind === 'room') chosen_chat.value = null;
  },
  'stream.closed'(push) {
    if (stream_id(push.stream) === open_conversation.value) open_conversation.value = null;
  },
};

/** Where one is, for "You are back at …". */
function place_name() {
  const { place, rooms } = current();
  const table = table_by_id(current(), place.table);
  return table?.name ?? rooms[place.room ?? '']?.name ?? current().event?.title ?? '';
}

export function listen_to_happenings() {
  on_push((push) => {
    if (Object.hasOwn(TOLD, push.push)) TOLD[push.push](push);
    arrival.waiting = current().place.waiting;
    event_state = current().event?.state ?? '';
  });
  on_hello((again) => {
    const { place, event } = current();
    arrival.waiting = place.waiting;
    event_state = event?.state ?? '';
    my_room = place.room ?? '';
    tab.set(removal_key(), null);
    restore_warnings();
    restore_outbox();
    load_conversations();
    if (again) notice(t('connection.back', { place: place_name() }));
  });
}
