// Which page the address asks for, and how this tab comes back into an event.

import { signal } from '@preact/signals';
import { get_sessions } from './http.js';
import { browser, tab } from './prefs.js';
import { ended, start_session, status, arrived } from './session.js';

/**
 * @typedef {{page: 'home'} | {page: 'join', invite: string} | {page: 'event', event: string}} Route
 */

/** @returns {Route} */
function read() {
  const [, page, id] = location.pathname.split('/');
  if (page === 'j' && id) return { page: 'join', invite: decodeURIComponent(id) };
  if (page === 'e' && id) return { page: 'event', event: decodeURIComponent(id) };
  return { page: 'home' };
}

/** @type {import('@preact/signals').Signal<Route>} */
export const route = signal(read());
window.addEventListener('popstate', () => {
  // A connection belongs to one event: going back to another page starts the page anew.
  location.reload();
});

/** @param {string} event */
export const invite_of = (event) => /** @type {string | null} */ (browser.get(`invite.${event}`));

/**
 * Goes into an event as the person behind a slot.
 * @param {string} event
 * @param {number} slot
 * @param {string} [invite]
 */
export function go_in(event, slot, invite) {
  tab.set(`slot.${event}`, slot);
  if (invite) browser.set(`invite.${event}`, invite);
  history.pushState(null, '', `/e/${encodeURIComponent(event)}`);
  route.value = { page: 'event', event };
}

/** @typedef {{slot: number, name: string, event: string, title: string}} Known */

/**
 * Everyone this browser is known as; nobody if the server cannot be asked.
 * @returns {Promise<Known[]>}
 */
export const known_here = () => get_sessions().catch(() => []);

/**
 * Connects, as whoever this tab was; else as the only one this browser knows in the event.
 * @param {string} event
 * @returns {Promise<Known[] | null>} whom to choose from, or null when connected
 */
export async function come_back(event) {
  const slot = tab.get(`slot.${event}`);
  if (typeof slot === 'number') {
    start_session(event, slot);
    check_still_known(event, slot);
    return null;
  }
  const here = (await known_here()).filter((each) => each.event === event);
  if (here.length !== 1) return here;
  tab.set(`slot.${event}`, here[0].slot);
  start_session(event, here[0].slot);
  return null;
}

/**
 * A refused upgrade looks like a lost network from here: ask whether we are still known at all.
 * @param {string} event
 * @param {number} slot
 */
function check_still_known(event, slot) {
  const stop = status.subscribe((now) => {
    if (arrived.peek()) queueMicrotask(() => stop());
    else if (now === 'waiting') void ask();
  });
  const ask = async () => {
    const sessions = await get_sessions().catch(() => null);
    if (!sessions || arrived.peek()) return;
    if (sessions.some((each) => each.slot === slot && each.event === event)) return;
    stop();
    tab.set(`slot.${event}`, null);
    ended.value = { code: 4001, reason: 'unauthenticated' };
  };
}
