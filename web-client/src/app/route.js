// Which page the address asks for, and how this tab comes back into an event.

import { signal } from '@preact/signals';
import { get_sessions } from './http.js';
import { browser, tab } from './prefs.js';
import { ended, start_session, status, arrived } from './session.js';

/**
 * @typedef {{page: 'home' | 'join' | 'event' | 'group' | 'sso' | 'me', id: string, part: string}}
 *   Route `part` is what the address names within the page, behind its `#`
 */

/** @type {Record<string, Route['page']>} */
const PAGES = { j: 'join', e: 'event', g: 'group', sso: 'sso', me: 'me' };

/** @returns {Route} */
function read() {
  const [, page, id = ''] = location.pathname.split('/');
  return {
    page: PAGES[page] ?? 'home',
    id: decodeURIComponent(id),
    part: location.hash.slice(1),
  };
}

/** @type {import('@preact/signals').Signal<Route>} */
export const route = signal(read());
// A signed link is worth a session: it leaves the address before anything else happens.
if (route.value.page === 'sso') history.replaceState(null, '', '/sso');
window.addEventListener('popstate', () => {
  const next = read();
  // A connection belongs to one event: going back to another page starts the page anew.
  if (next.page !== route.value.page || next.id !== route.value.id) location.reload();
  else route.value = next;
});

/**
 * The link by which one came to an event. What gives more than members have is kept by the tab
 * alone, since others may sit down at this browser.
 * @param {string} event @returns {string | null}
 */
export const invite_of = (event) =>
  (tab.get(`invite.${event}`) ?? browser.get(`invite.${event}`))?.link ?? null;

/**
 * Goes into an event as the person behind a slot.
 * @param {string} event
 * @param {number} slot
 * @param {string} [link] @param {string} [role] the invitation one came by, and what it gives
 */
export function go_in(event, slot, link, role) {
  tab.set(`slot.${event}`, slot);
  if (link) (role === 'member' ? browser : tab).set(`invite.${event}`, { slot, link });
  history.pushState(null, '', `/e/${encodeURIComponent(event)}`);
  route.value = read();
}

/** @typedef {import('./http.js').Known} Known */

/**
 * Everyone this browser is known as; nobody if the server cannot be asked.
 * @returns {Promise<Known[]>}
 */
export const known_here = () => get_sessions().catch(() => []);

/** Connects this tab to the event it shows. @param {string} event @param {number} slot */
export function enter(event, slot) {
  tab.set(`slot.${event}`, slot);
  start_session(event, slot);
}

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
  enter(event, here[0].slot);
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
    // Whoever is in several events is told of with the latest alone.
    if (sessions.some((each) => each.slot === slot)) return;
    stop();
    tab.set(`slot.${event}`, null);
    ended.value = { code: 4001, reason: 'unauthenticated' };
  };
}
