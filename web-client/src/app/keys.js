// The keys of the whole page: to the message field, out of a panel, between places, the list of
// keys.

import { current } from './store.js';
import { enter_room } from './actions.js';
import {
  close_console,
  focus_wanted,
  front,
  keys_shown,
  open_conversation,
  panel,
  show_panel,
  show_place,
  writing_to,
} from './ui.js';

/** @param {EventTarget | null} target */
export const is_typing = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** @param {1 | -1} step */
function next_place(step) {
  const { room_order, place } = current();
  if (room_order.length < 2) return;
  const here = room_order.indexOf(place.room ?? '');
  const next = room_order[(here + step + room_order.length) % room_order.length];
  void enter_room(next).then(() => document.getElementById('place')?.focus());
}

function step_out() {
  if (front.value === 'console') close_console();
  else if (writing_to.value || open_conversation.value) {
    writing_to.value = null;
    open_conversation.value = null;
  } else if (panel.value !== 'chat') {
    panel.value = 'chat';
  }
  show_place();
  document.getElementById('place')?.focus();
}

/** @param {KeyboardEvent} event */
function on_key(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || keys_shown.value) return;
  if (event.altKey) {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      next_place(event.key === 'ArrowUp' ? -1 : 1);
    }
    return;
  }
  if (event.key === 'Escape') {
    if (front.value !== 'place' || panel.value !== 'chat' || is_typing(event.target)) step_out();
    return;
  }
  if (is_typing(event.target)) return;
  if (event.key === '/') {
    event.preventDefault();
    if (panel.value !== 'messages') show_panel('chat');
    else show_panel('messages');
    focus_wanted.value = true;
  } else if (event.key === '?') {
    event.preventDefault();
    keys_shown.value = true;
  }
}

export function watch_keys() {
  document.addEventListener('keydown', on_key);
  return () => document.removeEventListener('keydown', on_key);
}
