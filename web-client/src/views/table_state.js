// What a table's state is, in a word, for the list and the floor plan alike.

import { t } from '../app/text.js';

/** @typedef {import('../store/state.js').Table} Table */
/**
 * @typedef {'mine' | 'sofa' | 'round' | 'resting' | 'locked' | 'full' | 'deep' | 'empty'
 *   | 'open'} TableState
 */

/**
 * @param {Table} table @param {string | null} mine
 * @param {string[]} [closed] tables that a round which runs keeps one from
 * @returns {TableState}
 */
export function state_of(table, mine, closed = []) {
  if (table.id === mine) return 'mine';
  if (table.capacity === null) return 'sofa';
  if (closed.includes(table.id)) return table.taken > 0 ? 'round' : 'resting';
  if (table.locked) return 'locked';
  if (table.taken >= table.capacity) return 'full';
  if (table.mood === 'deep') return 'deep';
  return table.taken === 0 ? 'empty' : 'open';
}

/** @type {Record<TableState, () => string>} */
const WORDS = {
  mine: () => t('table.state_mine'),
  sofa: () => t('table.state_sofa'),
  round: () => t('table.state_round'),
  resting: () => t('table.state_empty'),
  locked: () => t('table.state_locked'),
  full: () => t('table.state_full'),
  deep: () => t('table.state_deep'),
  empty: () => t('table.state_empty'),
  open: () => t('table.state_open'),
};

/** @param {TableState} state */
export const state_word = (state) => WORDS[state]();

/** "3 of 6 taken", or how many are on the sofa. @param {Table} table */
export const taken_words = (table) =>
  table.capacity === null
    ? t('table.on_sofa', { n: table.taken })
    : t('table.taken', { taken: table.taken, capacity: table.capacity });

/** The name of the button that seats one. @param {Table} table */
export const sit_name = (table) =>
  table.capacity === null
    ? t('table.sit_sofa_name', { n: table.taken })
    : t('table.sit_name', { table: table.name, taken: table.taken, capacity: table.capacity });
