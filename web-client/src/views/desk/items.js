// What is open at the desk, and going from one thing to the next by the keyboard.

import { signal } from '@preact/signals';

/** @typedef {import('./act_form.js').Doing} Doing */

/** The one item that is open. @type {import('@preact/signals').Signal<string | null>} */
export const open_item = signal(null);
/** What is being done with it. @type {import('@preact/signals').Signal<Doing | null>} */
export const doing = signal(null);

/** @param {string} item */
export function toggle_item(item) {
  doing.value = null;
  open_item.value = open_item.value === item ? null : item;
}

/** @param {string} item @param {Doing} what */
export function begin(item, what) {
  open_item.value = item;
  doing.value = doing.value === what ? null : what;
}

const heads = () =>
  /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.mod [data-item] [data-rove]')]);

/** @param {Element | null} head */
export const item_of = (head) =>
  /** @type {HTMLElement | null} */ (head?.closest('[data-item]'))?.dataset.item ?? null;

/** To the item before or after the one that has the focus. @param {1 | -1} step */
export function step_item(step) {
  const all = heads();
  const here = item_of(document.activeElement);
  const at = all.findIndex((head) => item_of(head) === here);
  all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
}

/** The focus returns to the head of an item. @param {string} item */
export function back_to(item) {
  doing.value = null;
  heads()
    .find((head) => item_of(head) === item)
    ?.focus();
}

/** An item is about to go: the focus goes on to the next. @param {string} item */
export function leave(item) {
  const all = heads();
  const at = all.findIndex((head) => item_of(head) === item);
  const next = all[at + 1] ?? all[at - 1] ?? document.getElementById('mod-title');
  doing.value = null;
  open_item.value = null;
  next?.focus();
}
