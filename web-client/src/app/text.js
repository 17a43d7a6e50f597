// Words in the person's language: message files by language, plurals and dates by Intl. What views
// fetched later say comes in files of their own, with them.

import { signal } from '@preact/signals';
import en from '../text/en.js';
import { browser } from './prefs.js';

/**
 * @typedef {typeof en & typeof import('../text/later_en.js').default
 *   & typeof import('../text/desk_en.js').default & typeof import('../text/rounds_en.js').default
 *   & typeof import('../text/console_en.js').default
 *   & typeof import('../text/safety_en.js').default
 *   & typeof import('../text/moderation_en.js').default
 *   & typeof import('../text/account_en.js').default
 *   & typeof import('../text/groups_en.js').default
 *   & typeof import('../text/organise_en.js').default} Messages
 * @typedef {keyof Messages} Key
 * @typedef {() => Promise<{default: Partial<Messages>}>} Load
 */

/** @type {Record<string, string>} */
export const LANGUAGES = { en: 'English', da: 'Dansk' };

/** The message files: `first` for what is there at once, the others by the part that needs them. */
const FILES = /** @type {Record<string, Record<string, Load>>} */ ({
  first: { en: async () => ({ default: en }), da: () => import('../text/da.js') },
  later: {
    en: () => import('../text/later_en.js'),
    da: () => import('../text/later_da.js'),
  },
  desk: { en: () => import('../text/desk_en.js'), da: () => import('../text/desk_da.js') },
  rounds: { en: () => import('../text/rounds_en.js'), da: () => import('../text/rounds_da.js') },
  console: {
    en: () => import('../text/console_en.js'),
    da: () => import('../text/console_da.js'),
  },
  safety: { en: () => import('../text/safety_en.js'), da: () => import('../text/safety_da.js') },
  moderation: {
    en: () => import('../text/moderation_en.js'),
    da: () => import('../text/moderation_da.js'),
  },
  account: {
    en: () => import('../text/account_en.js'),
    da: () => import('../text/account_da.js'),
  },
  groups: { en: () => import('../text/groups_en.js'), da: () => import('../text/groups_da.js') },
  organise: {
    en: () => import('../text/organise_en.js'),
    da: () => import('../text/organise_da.js'),
  },
});

export const language = signal('en');
/** @type {import('@preact/signals').Signal<Partial<Messages>>} */
const messages = signal(en);
const parts = new Set(['first']);

/** The language chosen before, else the first of the browser's that we speak. */
export function preferred_language() {
  const wished = [browser.get('language'), ...navigator.languages.map((each) => each.slice(0, 2))];
  return wished.find((each) => each && each in LANGUAGES) ?? 'en';
}

/** @param {string} code */
export async function set_language(code) {
  const files = await Promise.all([...parts].map((part) => FILES[part][code]()));
  messages.value = Object.assign({}, ...files.map((file) => file.default));
  language.value = code;
  document.documentElement.lang = code;
}

/** Fetches the words of a part that is about to be shown. @param {string} part */
export async function load_words(part) {
  if (parts.has(part)) return;
  const code = language.value;
  const file = await FILES[part][code]();
  parts.add(part);
  if (language.value === code) messages.value = { ...messages.value, ...file.default };
  else await set_language(language.value);
}

/** @param {string} code */
export function choose_language(code) {
  browser.set('language', code);
  return set_language(code);
}

/**
 * The sentence for a key. `{name}` in it is replaced; where it has plural forms, `n` chooses.
 * @param {Key} key @param {Record<string, string | number>} [values] @returns {string}
 */
export function t(key, values = {}) {
  const message = /** @type {string | Record<string, string>} */ (messages.value[key] ?? '');
  const text = typeof message === 'string' ? message : plural(message, Number(values.n));
  return text.replace(/\{(\w+)\}/g, (_all, name) => String(values[name] ?? ''));
}

/** @param {Record<string, string>} forms @param {number} n */
function plural(forms, n) {
  if (n === 0 && forms.zero) return forms.zero;
  return forms[new Intl.PluralRules(language.value).select(n)] ?? forms.other;
}

/** The language as it is written where the person is: 14:30 or 2:30 pm depends on that too. */
export const region = () =>
  globalThis.navigator?.languages?.find((each) => each.split('-')[0] === language.value) ??
  language.value;

/**
 * Times written one way. A formatter takes longer to make than a message to draw, so each is kept.
 * @param {Intl.DateTimeFormatOptions} options @returns {(at: number) => string}
 */
function written(options) {
  /** @type {Map<string, Intl.DateTimeFormat>} */
  const formats = new Map();
  return (at) => {
    const where = region();
    const format = formats.get(where) ?? new Intl.DateTimeFormat(where, options);
    formats.set(where, format);
    return format.format(at);
  };
}

export const clock_time = written({ timeStyle: 'short' });
export const day_name = written({ weekday: 'long', day: 'numeric', month: 'long' });
export const full_time = written({ dateStyle: 'full', timeStyle: 'short' });

/**
 * As people say it: "in 5 min", "14:30", "Tuesday 4 March, 14:30".
 * @param {number} at
 * @param {number} now
 */
export function when(at, now) {
  const minutes = Math.round((at - now) / 60_000);
  if (minutes > 0 && minutes < 60) {
    return new Intl.RelativeTimeFormat(language.value, { style: 'short' }).format(
      minutes,
      'minute',
    );
  }
  if (new Date(at).toDateString() === new Date(now).toDateString()) return clock_time(at);
  return `${day_name(at)}, ${clock_time(at)}`;
}

/** @param {string[]} names */
export const join_names = (names) =>
  new Intl.ListFormat(language.value, { type: 'conjunction' }).format(names);

/** @param {number} n */
export const number = (n) => new Intl.NumberFormat(language.value).format(n);
