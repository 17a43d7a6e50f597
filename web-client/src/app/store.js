// The one copy of the state that views read. Changes are gathered and shown once a frame, whatever
// arrives; in a hidden tab, where no frame comes, a slow timer shows them for the badge in the
// title.

import { computed, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { empty_state } from '../store/state.js';

/** @typedef {import('../store/state.js').State} State */

export const state = signal(empty_state());
let latest = state.peek();
let scheduled = false;

/** The state with everything that has arrived, shown or not. */
export const current = () => latest;

/** @param {(state: State) => State} step */
export function change(step) {
  const next = step(latest);
  if (next === latest) return;
  latest = next;
  if (scheduled) return;
  scheduled = true;
  if (document.hidden) setTimeout(show, 200);
  else requestAnimationFrame(show);
}

function show() {
  scheduled = false;
  state.value = latest;
}

/**
 * A part of the state for a component, which renders again only when that part changes.
 * @template T @param {(state: State) => T} select @param {any[]} [deps] what `select` closes over
 * @returns {T}
 */
export function use_state(select, deps = []) {
  return useMemo(() => computed(() => select(state.value)), deps).value;
}
