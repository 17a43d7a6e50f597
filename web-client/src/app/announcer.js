// What a screen reader is told: one polite region, and a burst of messages becomes one sentence.

import { signal } from '@preact/signals';
import { t } from './text.js';

const GATHER_MS = 2_500;
const WORDS_SHOWN = 120;

export const announcement = signal('');

/** @type {{who: string, what: string}[]} */
let gathered = [];
/** @type {any} */
let timer = null;
/** @type {Map<string, {n: number}>} */
const counted = new Map();

/** Says one thing soon. @param {string} text */
export function announce(text) {
  announcement.value = text;
}

/** @param {string} who @param {string} what */
export function announce_message(who, what) {
  gathered.push({ who, what });
  timer ??= setTimeout(say_gathered, GATHER_MS);
}

/**
 * Says how many of something came: what comes in a burst is one sentence.
 * @param {'announce.reports' | 'announce.held' | 'announce.waiting'} key
 * @param {string} [words] for one alone
 */
export function announce_count(key, words = t(key, { n: 1 })) {
  const gathering = counted.get(key);
  if (gathering) {
    gathering.n++;
    return;
  }
  const mine = { n: 1 };
  counted.set(key, mine);
  setTimeout(() => {
    counted.delete(key);
    announce(mine.n === 1 ? words : t(key, { n: mine.n }));
  }, GATHER_MS);
}

function say_gathered() {
  timer = null;
  const messages = gathered;
  gathered = [];
  if (messages.length === 1) {
    const [{ who, what }] = messages;
    announce(`${who}: ${what.slice(0, WORDS_SHOWN)}`);
  } else {
    announce(t('announce.messages', { n: messages.length }));
  }
}
