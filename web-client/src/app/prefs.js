// What this browser remembers for its person: language, theme, drafts, which slot a tab uses.
// Storage may be refused or full; then things are simply not remembered.

import { signal } from '@preact/signals';

const PREFIX = 'hallway.';

/** @param {() => Storage} storage */
const kept_in = (storage) => ({
  /** What is remembered, by its keys. @returns {string[]} */
  keys() {
    try {
      const kept = Object.keys(storage()).filter((key) => key.startsWith(PREFIX));
      return kept.map((key) => key.slice(PREFIX.length));
    } catch {
      return [];
    }
  },
  /** @param {string} key @returns {any} */
  get(key) {
    try {
      return JSON.parse(storage().getItem(PREFIX + key) ?? 'null');
    } catch {
      return null;
    }
  },
  /** @param {string} key @param {any} value null forgets */
  set(key, value) {
    try {
      if (value === null || value === '') storage().removeItem(PREFIX + key);
      else storage().setItem(PREFIX + key, JSON.stringify(value));
    } catch {
      // A full or forbidden storage only means that a reload forgets.
    }
  },
});

export const browser = kept_in(() => window.localStorage);
export const tab = kept_in(() => window.sessionStorage);

/** @type {import('@preact/signals').Signal<'system' | 'light' | 'dark'>} */
export const theme = signal(browser.get('theme') ?? 'system');
/** @type {import('@preact/signals').Signal<'list' | 'plan'>} */
export const tables_as = signal(browser.get('tables_as') ?? 'list');
export const notify = signal(browser.get('notify') === true);

/** @param {'system' | 'light' | 'dark'} choice */
export function set_theme(choice) {
  theme.value = choice;
  browser.set('theme', choice === 'system' ? null : choice);
  show_theme();
}

export function show_theme() {
  if (theme.value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
}

/** @param {'list' | 'plan'} choice */
export function set_tables_as(choice) {
  tables_as.value = choice;
  browser.set('tables_as', choice);
}

/** @param {boolean} on */
export async function set_notify(on) {
  const allowed = on && (await Notification.requestPermission()) === 'granted';
  notify.value = allowed;
  browser.set('notify', allowed || null);
  return allowed || !on;
}
