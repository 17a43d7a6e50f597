// What a message field is doing besides a plain message: answering one or changing one; and drafts.

import { signal } from '@preact/signals';
import { browser } from './prefs.js';
import { current } from './store.js';

/** @typedef {import('./mentions.js').Mention} Mention */
/** @typedef {{text: string, mentions: Mention[]}} Draft */

/**
 * @type {import('@preact/signals').Signal<{
 *   stream: string, kind: 'reply' | 'edit', message: import('../store/state.js').Message,
 * } | null>}
 */
export const composing = signal(null);

/** @param {string} place */
const key = (place) => `draft.${current().me}.${place}`;

/** @param {string} place @returns {Draft} */
export const draft_of = (place) => browser.get(key(place)) ?? { text: '', mentions: [] };

/** @param {string} place @param {Draft} draft */
export const keep_draft = (place, draft) => browser.set(key(place), draft.text ? draft : null);
