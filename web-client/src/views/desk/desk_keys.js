// The single keys of the desk. They work while the focus is in it, and never while one types.

import { claim } from '../../app/desk_actions.js';
import { is_typing } from '../../app/keys.js';
import { current } from '../../app/store.js';
import { t } from '../../app/text.js';
import { choose, chosen, doing_to_all } from './chosen.js';
import { item_key as held_key } from './held_item.js';
import { begin, item_of, step_item } from './items.js';
import { item_key as report_key } from './report_item.js';

/** @typedef {import('./act_form.js').Doing} Doing */

/** What each key begins with whatever has the focus. @type {Record<string, Doing>} */
const BEGINS = { w: 'warn', m: 'mute', v: 'move', r: 'remove', b: 'ban' };

/** The rows of the card of all keys. @returns {[string, string][]} */
export const desk_key_rows = () => [
  ['j k', t('keys.desk_step')],
  ['Enter', t('keys.desk_open')],
  ['c', t('keys.desk_claim')],
  ['w m v r b', t('keys.desk_acts')],
  ['d', t('keys.desk_delete')],
  ['x', t('keys.desk_dismiss')],
  ['a', t('keys.desk_let_through')],
];

/** @param {string} key @param {string} item @returns {boolean} whether it meant something */
function on_report(key, item) {
  const report = current().desk?.reports.find((each) => report_key(each) === item);
  if (!report) return false;
  if (key === 'c') void claim(report.report);
  else if (key === 'x') begin(item, 'dismiss');
  else if (key === 'd') begin(item, 'delete');
  else if (BEGINS[key]) begin(item, BEGINS[key]);
  else return false;
  return true;
}

/** @param {string} key @param {string} item */
function on_held(key, item) {
  const held = current().desk?.held.find((each) => held_key(each) === item);
  if (!held) return false;
  if (key === 'a') begin(item, 'let_through');
  else if (key === 'd') begin(item, 'withhold');
  else return false;
  return true;
}

/** @param {string} key @param {string} item */
function on_person(key, item) {
  const person = item.startsWith('person-') ? item.slice('person-'.length) : '';
  if (!person) return false;
  if (key === 'x') choose(person);
  else if (BEGINS[key]) begin(item, BEGINS[key]);
  else return false;
  return true;
}

/** With several chosen, a key means all of them. @param {string} key */
function on_chosen(key) {
  const act = /** @type {any} */ (BEGINS[key]);
  if (chosen.value.length === 0 || !['mute', 'remove', 'ban'].includes(act)) return false;
  doing_to_all.value = act;
  return true;
}

/** @param {KeyboardEvent} event */
export function on_desk_key(event) {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (is_typing(target)) return;
  const item = item_of(/** @type {Element} */ (target)) ?? '';
  if (key === 'j' || key === 'k') step_item(key === 'j' ? 1 : -1);
  else if (!on_chosen(key) && !on_report(key, item) && !on_held(key, item) && !on_person(key, item))
    return;
  event.preventDefault();
}
