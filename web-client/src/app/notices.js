// Short notes to the person, in the flow of the page and never over it: what happened, what to do.

import { signal } from '@preact/signals';
import { t } from './text.js';

/**
 * @typedef {{
 *   id: number, text: string, tone: 'info' | 'ask' | 'warn',
 *   actions: {label: string, run(): void, main?: boolean}[],
 * }} Notice
 */

const SHOWN_MS = 9_000;

/** @type {import('@preact/signals').Signal<Notice[]>} */
export const notices = signal([]);
let last_id = 0;

/**
 * @param {string} text
 * @param {{tone?: Notice['tone'], actions?: Notice['actions'], stays?: boolean}} [how]
 * @returns {number} its number, to take it back
 */
export function notice(text, { tone = 'info', actions = [], stays = actions.length > 0 } = {}) {
  const id = ++last_id;
  const same = (/** @type {Notice} */ each) => each.text === text;
  notices.value = [
    ...notices.value.filter((each) => !same(each)).slice(-3),
    { id, text, tone, actions },
  ];
  if (!stays) setTimeout(() => dismiss(id), SHOWN_MS);
  return id;
}

/** @param {number} id */
export function dismiss(id) {
  notices.value = notices.value.filter((each) => each.id !== id);
}

/** The sentence for a refusal: ours by its code, never the code itself. @param {any} refusal */
export function why(refusal) {
  switch (refusal?.code) {
    case 'rate_limited':
      return t('refused.rate_limited');
    case 'slow_mode':
      return t('refused.slow_mode');
    case 'muted':
      return t('refused.muted');
    case 'forbidden':
      return t('refused.forbidden');
    case 'not_found':
      return t('refused.not_found');
    case 'room_closed':
      return t('refused.room_closed');
    case 'locked':
      return t('refused.locked');
    case 'table_full':
      return t('refused.table_full');
    case 'too_large':
      return t('refused.too_large');
    case 'bad_request':
      return t('refused.bad_request');
    case 'conflict':
      return t('refused.conflict');
    case 'no_answer':
      return t('refused.no_answer');
    case 'unreachable':
      return t('refused.unreachable');
    default:
      return t('refused.other');
  }
}

/** @param {any} refusal */
export const tell_refusal = (refusal) => notice(why(refusal), { tone: 'warn' });
