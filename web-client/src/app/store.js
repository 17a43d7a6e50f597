// The one copy of the state that views read. Changes are gathered and shown once a frame, whatever
// arrives.

import { computed, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { empty_state } from '../store/state.js';
import { next_frame } from './frame.js';

/** @typedef {import('../store/state.js').State} State */

export const state = signal(empty_state());
let latest = state.peek();

/** The state with everything that has arrived, shown or not. */
export const current = () => latest;

/** @param {(state: State) => State} step */
export function change(step) {
  const next = step(latest);
  if (next === latest) return;
  latest = next;
  next_frame(show);
}

function show() {
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
