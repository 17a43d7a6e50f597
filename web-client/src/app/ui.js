// Where the person is looking: which panel, which chat, what is open. Nothing here is the server's.

import { signal } from '@preact/signals';
import { current } from './store.js';

/** @typedef {'chat' | 'people' | 'messages' | 'desk' | 'me'} Panel */

/** @type {import('@preact/signals').Signal<Panel>} */
export const panel = signal('chat');
/**
 * On a narrow screen one thing is in front.
 * @type {import('@preact/signals').Signal<'place' | 'panel' | 'nav' | 'console'>}
 */
export const front = signal('place');
/**
 * The chat a person chose, if not the nearest.
 * @type {import('@preact/signals').Signal<string | null>}
 */
export const chosen_chat = signal(null);
/** @type {import('@preact/signals').Signal<string | null>} */
export const open_conversation = signal(null);
/**
 * People a new conversation is being written to.
 * @type {import('@preact/signals').Signal<string[] | null>}
 */
export const writing_to = signal(null);
/** @type {import('@preact/signals').Signal<string | null>} */
export const open_person = signal(null);
/** @type {import('@preact/signals').Signal<{table: string, until: number} | null>} */
export const knocking = signal(null);
export const keys_shown = signal(false);
/**
 * The keys that what is open has beside those of the whole page.
 * @type {import('@preact/signals').Signal<(() => [string, string][]) | null>}
 */
export const more_keys = signal(null);
/** Whether whoever leads rounds has their console beside the place. */
export const console_open = signal(false);
/** Whether the message field should take the focus as soon as it is there. */
export const focus_wanted = signal(false);

/**
 * A message that was asked to be shown; the list that has it goes there.
 * @type {import('@preact/signals').Signal<{stream: string, offset: number} | null>}
 */
export const jump = signal(null);

/** @param {Panel} name */
export function show_panel(name) {
  panel.value = name;
  front.value = 'panel';
}

export function show_place() {
  front.value = 'place';
}

export function show_console() {
  console_open.value = true;
  front.value = 'console';
}

export function close_console() {
  console_open.value = false;
  front.value = 'place';
}

/** @param {string} conversation */
export function show_conversation(conversation) {
  writing_to.value = null;
  open_conversation.value = conversation;
  show_panel('messages');
}

/** A message to these people: the conversation there is, or a new one. @param {string[]} people */
export function write_to(people) {
  const { conversations, me } = current();
  const wanted = [...people, me].sort().join();
  const known = Object.values(conversations).find(
    (each) => [...new Set([...each.people, me])].sort().join() === wanted,
  );
  if (known) {
    show_conversation(known.id);
  } else {
    open_conversation.value = null;
    writing_to.value = people;
    show_panel('messages');
  }
  focus_wanted.value = true;
}

/**
 * The chats of the place one is in, nearest first.
 * @param {import('../store/state.js').State} state
 */
export function place_chats(state) {
  const { room, table } = state.place;
  const visits = Object.keys(state.streams).filter(
    (name) => name.startsWith('table:') && name !== `table:${table}`,
  );
  const chats = [table && `table:${table}`, ...visits, room && `room:${room}`, event_stream(state)];
  return chats.filter((name) => name !== null && name in state.streams).map(String);
}

/** @param {import('../store/state.js').State} state */
const event_stream = (state) => (state.event ? `event:${state.event.id}` : null);

/** @param {import('../store/state.js').State} state @param {string | null} chosen */
export function chat_in_view(state, chosen) {
  const chats = place_chats(state);
  return chosen && chats.includes(chosen) ? chosen : (chats[0] ?? null);
}
