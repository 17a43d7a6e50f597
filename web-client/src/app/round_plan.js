// The sitting somebody is planning: their wishes, kept over a reload, and what a plan of them
// achieves.

import { signal } from '@preact/signals';
import { preview } from './console_actions.js';
import { Previewer } from './previewer.js';
import { tab } from './prefs.js';

/**
 * @typedef {{
 *   size: number, minutes: number, rounds: number, met: boolean, org: boolean, came_with: boolean,
 *   asks: boolean, together: string[][], apart: string[][], hosts: [string, string][],
 *   opener: string,
 * }} Wishes
 * @typedef {{
 *   pairs: number, repeated: number, same_org: number, met_before: number,
 * }} RoundQuality
 * @typedef {{
 *   people: number, tables: number, sizes: number[], rounds: number, pairs_repeated: number,
 *   people_met_min: number, people_met_mean: number, same_org: number, met_before: number,
 *   conflicts: number, asks_met: number, by_round: RoundQuality[], bound_repeated: number,
 *   bound_same_org: number, impossible?: {reason: string, size?: number, rounds?: number},
 * }} Quality
 * @typedef {{plan: string, rounds: [string | null, string[]][][], quality: Quality}} Plan
 */

export const SIZE_MIN = 2;
export const SIZE_MAX = 12;
export const MINUTES_MAX = 240;
export const ROUNDS_MAX = 50;
export const OPENER_MAX = 200;

/** @type {Wishes} */
const FIRST = {
  size: 4,
  minutes: 10,
  rounds: 3,
  met: true,
  org: true,
  came_with: true,
  asks: false,
  together: [],
  apart: [],
  hosts: [],
  opener: '',
};

/** @type {import('@preact/signals').Signal<Wishes>} */
export const wishes = signal({ ...FIRST, ...tab.get('round_wishes') });
/**
 * The plan of the latest wishes, and for which of them.
 * @type {import('@preact/signals').Signal<{plan: Plan, options: any} | null>}
 */
export const planned = signal(null);
/** Whether a better answer is under way. */
export const thinking = signal(false);
/** @type {import('@preact/signals').Signal<any>} */
export const refusal = signal(null);

const previewer = new Previewer({
  ask: preview,
  answered: (plan, options) => {
    planned.value = { plan, options };
    refusal.value = null;
    thinking.value = false;
  },
  refused: (why) => {
    planned.value = null;
    refusal.value = why;
    thinking.value = false;
  },
  set_timer: (run, ms) => setTimeout(run, ms),
  clear_timer: (timer) => clearTimeout(timer),
});

/** What the server is asked for. @param {Wishes} wish */
export function options_of(wish) {
  const { size, minutes, rounds, met, org, came_with, asks, together, apart, hosts } = wish;
  const groups = (/** @type {string[][]} */ all) => all.filter((group) => group.length > 1);
  const opener = wish.opener.trim();
  return {
    size,
    // Nobody sits in a pair unless pairs are what is asked for.
    size_min: Math.min(3, size),
    minutes,
    rounds,
    avoid: { met, org, came_with },
    match: { asks },
    together: groups(together),
    apart: groups(apart),
    hosts: Object.fromEntries(hosts),
    ...(opener && { opener }),
  };
}

/** @param {Partial<Wishes>} change */
export function wish(change) {
  wishes.value = { ...wishes.value, ...change };
  tab.set('round_wishes', wishes.value);
  look_at_plan();
}

export function look_at_plan() {
  thinking.value = true;
  previewer.want(options_of(wishes.value));
}

/** The form is gone: no answer is waited for. */
export function stop_looking() {
  previewer.forget();
  thinking.value = false;
}
