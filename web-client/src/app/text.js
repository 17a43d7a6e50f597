// Words in the person's language: one message file a language, plurals and dates by Intl.

import { signal } from '@preact/signals';
import en from '../text/en.js';
import { browser } from './prefs.js';

/** @typedef {typeof en} Messages */
/** @typedef {keyof Messages} Key */

/** @type {Record<string, {name: string, load(): Promise<Messages>}>} */
export const LANGUAGES = {
  en: { name: 'English', load: async () => en },
  da: { name: 'Dansk', load: async () => (await import('../text/da.js')).default },
};

export const language = signal('en');
/** @type {import('@preact/signals').Signal<Messages>} */
const messages = signal(en);

/** The language chosen before, else the first of the browser's that we speak. */
export function preferred_language() {
  const wished = [browser.get('language'), ...navigator.languages.map((each) => each.slice(0, 2))];
  return wished.find((each) => each && each in LANGUAGES) ?? 'en';
}

/** @param {string} code */
export async function set_language(code) {
  const loaded = await LANGUAGES[code].load();
  messages.value = loaded;
  language.value = code;
  document.documentElement.lang = code;
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
  const message = /** @type {string | Record<string, string>} */ (
    messages.value[key] ?? en[key] ?? ''
  );
  const text = typeof message === 'string' ? message : plural(message, Number(values.n));
  return text.replace(/\{(\w+)\}/g, (_all, name) => String(values[name] ?? ''));
}

/** @param {Record<string, string>} forms @param {number} n */
function plural(forms, n) {
  if (n === 0 && forms.zero) return forms.zero;
  return forms[new Intl.PluralRules(language.value).select(n)] ?? forms.other;
}

/** The language as it is written where the person is: 14:30 or 2:30 pm depends on that too. */
const region = () =>
  globalThis.navigator?.languages?.find((each) => each.split('-')[0] === language.value) ??
  language.value;

/** @param {Intl.DateTimeFormatOptions} options @param {number} at */
const format = (options, at) => new Intl.DateTimeFormat(region(), options).format(at);

/** @param {number} at */
export const clock_time = (at) => format({ timeStyle: 'short' }, at);
/** @param {number} at */
export const day_name = (at) => format({ weekday: 'long', day: 'numeric', month: 'long' }, at);
/** @param {number} at */
export const full_time = (at) => format({ dateStyle: 'full', timeStyle: 'short' }, at);

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
