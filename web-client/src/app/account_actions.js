// Who one is here, outside any event: signing in and out, the account, one's own data.

import { HttpProblem, get_sessions, request } from './http.js';
import { browser, tab } from './prefs.js';

/**
 * @typedef {{id: string, title: string, starts_at?: number, ends_at?: number, state?: string,
 *   role?: string, group?: string}} MyEvent
 * @typedef {{id: string, name: string, role: string}} MyGroup
 * @typedef {{id: string, created_at: number, seen_at: number, client?: string, current: boolean}}
 *   MySession
 * @typedef {{slot: number, person: {id: string, name: string}, account: {login: string} | null,
 *   guest: boolean, sessions: MySession[], events: MyEvent[], groups: MyGroup[],
 *   can_create_events: boolean}} Me
 * @typedef {{accounts: boolean, sso: {id: string, name: string}[], contact?: string}} Offers
 */

/** The same path, asked as the person behind a slot. @param {number} slot @param {string} path */
export const as = (slot, path) => `${path}${path.includes('?') ? '&' : '?'}as=${slot}`;

/** An address of the API, for links and downloads. @param {number} slot @param {string} path */
export const address = (slot, path) => `/api/v1${as(slot, path)}`;

/** What one can sign in with; by links alone where the server offers nothing more. */
export async function get_offers() {
  try {
    return /** @type {Offers} */ (await request('GET', '/sign-in'));
  } catch (error) {
    if (/** @type {HttpProblem} */ (error).code !== 'not_found') throw error;
    return { accounts: false, sso: [] };
  }
}

/** @param {number} slot @returns {Promise<Me>} */
export const get_me = async (slot) => ({ slot, ...(await request('GET', as(slot, '/me'))) });

/** Someone of whom the server says no more than that they are known. @returns {Me} */
const barely_known = (/** @type {import('./http.js').Known} */ known) => ({
  slot: known.slot,
  person: { id: known.person, name: known.name },
  account: null,
  guest: true,
  sessions: [],
  events: known.event ? [{ id: known.event, title: known.title ?? '' }] : [],
  groups: [],
  can_create_events: false,
});

/**
 * Everyone this browser is signed in as, each person once: first whoever this tab is, then those
 * with more than a guest's link.
 * @returns {Promise<Me[]>}
 */
export async function get_everyone() {
  const known = await get_sessions();
  const all = await Promise.all(
    known.map((each) =>
      get_me(each.slot).catch((error) => {
        if (error.code === 'unreachable') throw error;
        return barely_known(each);
      }),
    ),
  );
  const chosen = tab.get('slot');
  const rank = (/** @type {Me} */ me) => (me.slot === chosen ? 0 : me.guest ? 2 : 1);
  all.sort((a, b) => rank(a) - rank(b));
  return all.filter((me, i) => all.findIndex((each) => each.person.id === me.person.id) === i);
}

/** @param {number} slot who this tab is from now on */
export const be = (slot) => tab.set('slot', slot);

/**
 * Signs in; gives the slot, and the event where the server says one.
 * @param {{login: string, passphrase: string, invite?: string} | {jwt: string}} body
 * @returns {Promise<{slot: number, event?: string}>}
 */
export async function sign_in(body) {
  const answer = await request('POST', '/sessions', body);
  be(answer.slot);
  return answer;
}

/**
 * With a recovery code, which is spent.
 * @param {{login: string, code: string, passphrase: string}} body
 */
export async function recover(body) {
  const answer = await request('POST', '/recoveries', body);
  be(answer.slot);
  return answer;
}

/** Nothing of whoever leaves is left to the next person at this browser. @param {number} slot */
function forget(slot) {
  if (tab.get('slot') === slot) tab.set('slot', null);
  for (const kept of [browser, tab]) {
    for (const key of kept.keys()) {
      if (key.startsWith('invite.') && kept.get(key)?.slot === slot) kept.set(key, null);
    }
  }
}

/** @param {number} slot */
export async function sign_out(slot) {
  await request('DELETE', as(slot, '/sessions/current'));
  forget(slot);
}

/** @param {number} slot @param {string} session */
export const end_session = (slot, session) =>
  request('DELETE', as(slot, `/me/sessions/${encodeURIComponent(session)}`));
/** Everywhere, here too. @param {number} slot */
export async function end_all_sessions(slot) {
  await request('DELETE', as(slot, '/me/sessions'));
  forget(slot);
}

/**
 * @param {number} slot @param {{login: string, passphrase: string}} body
 * @returns {Promise<{login: string, recovery_codes: string[]}>}
 */
export const make_account = (slot, body) => request('POST', as(slot, '/me/account'), body);
/** @param {number} slot @param {{passphrase: string, new_passphrase: string}} body */
export const change_passphrase = (slot, body) => request('PATCH', as(slot, '/me/account'), body);
/**
 * @param {number} slot @param {{passphrase: string}} body
 * @returns {Promise<{recovery_codes: string[]}>}
 */
export const new_codes = (slot, body) => request('POST', as(slot, '/me/recovery-codes'), body);

/** @param {number} slot @param {string} [group] of this group alone */
export const forget_met = (slot, group) =>
  request('DELETE', as(slot, `/me/memory${group ? `?group=${encodeURIComponent(group)}` : ''}`));

/** @param {number} slot @param {string} name typed to confirm */
export async function erase_me(slot, name) {
  await request('DELETE', as(slot, '/me'), { confirm: name });
  forget(slot);
  browser.set('name', null);
}

/**
 * Makes a signed-in member one of a group's event: the one named, else the live or next one.
 * @param {number} slot @param {string} group @param {string} [event]
 * @returns {Promise<string>} which
 */
export async function enter_group(slot, group, event) {
  const path = as(slot, `/groups/${encodeURIComponent(group)}/sessions`);
  return (await request('POST', path, event ? { event } : {})).event;
}

/**
 * Whether someone of those may go into an event: they are in it, or it is one of a group's of
 * theirs, which makes them one of it.
 * @param {Me[]} people @param {string} event
 * @returns {Promise<Me[]>}
 */
export async function way_into(people, event) {
  const inside = people.filter((me) => me.events.some(({ id }) => id === event));
  if (inside.length > 0) return inside;
  for (const me of people) {
    for (const group of me.groups) {
      try {
        if ((await enter_group(me.slot, group.id, event)) === event) return [me];
      } catch (error) {
        if (/** @type {HttpProblem} */ (error).code === 'unreachable') throw error;
      }
    }
  }
  return [];
}

const ID = '[\\w~-]+(?:\\.[\\w~-]+)*';
/** Where a signed link may lead: a page of ours, and nothing that only looks like one. */
const OWN_PAGE = new RegExp(`^/(?:[ejg]/${ID}|g/${ID}#in|me)?$`);

/** @param {string | null} to */
export const own_page = (to) => (to && OWN_PAGE.test(to) ? to : null);
