// What one does with a standing network group: look at it, change it, its people, its rota.

import { as } from './account_actions.js';
import { request } from './http.js';

/**
 * @typedef {{person: string, name: string, role: string, since_at: number}} Member
 * @typedef {{id: string, name: string, about: string, role: string, members: Member[],
 *   rota: string[], facilitator: string | null, next_facilitator: string | null,
 *   events: GroupEvent[], calendar: string | null, memory_meetings: number, bans?: Ban[]}} Group
 * @typedef {{person: string, name: string, until_at: number | null, reason: string, event?: string,
 *   title?: string}} Ban one that counts in every event of the group
 * @typedef {{id: string, title: string, starts_at: number, ends_at: number, state: string,
 *   timezone?: string}} GroupEvent
 */

/** @param {number} slot @param {string} group @param {string} [more] */
const path = (slot, group, more = '') => as(slot, `/groups/${encodeURIComponent(group)}${more}`);

/** What answers a change: the group where the server sends it, else asked for anew. */
const group_of = (/** @type {any} */ answer) => answer.group ?? answer;

/** @param {number} slot @param {string} group @returns {Promise<Group>} */
export const get_group = async (slot, group) => group_of(await request('GET', path(slot, group)));

/** @param {number} slot @param {{name: string, about: string}} body @returns {Promise<Group>} */
export const create_group = async (slot, body) =>
  group_of(await request('POST', as(slot, '/groups'), body));

/** @param {number} slot @param {string} group @param {Record<string, any>} changes */
export const change_group = (slot, group, changes) => request('PATCH', path(slot, group), changes);

/** @param {number} slot @param {string} group */
export const delete_group = (slot, group) => request('DELETE', path(slot, group));

/** @param {number} slot @param {string} group @param {string} person @param {string} role */
export const set_member = (slot, group, person, role) =>
  request('PUT', path(slot, group, `/members/${encodeURIComponent(person)}`), { role });

/** @param {number} slot @param {string} group @param {string} person */
export const remove_member = (slot, group, person) =>
  request('DELETE', path(slot, group, `/members/${encodeURIComponent(person)}`));

/** Somebody may come to the group's events again. @param {number} slot @param {string} group */
export const lift_ban = (slot, group, /** @type {string} */ person) =>
  request('DELETE', path(slot, group, `/bans/${encodeURIComponent(person)}`));

/** A new address of one's own for the feed; the one before is worth nothing. */
export const renew_calendar = (/** @type {number} */ slot, /** @type {string} */ group) =>
  request('POST', path(slot, group, '/calendar'));

/** @param {number} slot @param {string} group @param {string[]} people in turn */
export const set_rota = (slot, group, people) =>
  request('PUT', path(slot, group, '/rota'), { people });

/** @param {number} slot @param {string} group @param {string} [to] the next one where left out */
export const hand_over = (slot, group, to) =>
  request('POST', path(slot, group, '/rota/handover'), to ? { to } : {});

/**
 * A series of events.
 * @param {number} slot @param {string} group @param {Record<string, any>} body
 * @returns {Promise<GroupEvent[]>}
 */
export const create_series = async (slot, group, body) =>
  (await request('POST', path(slot, group, '/events'), body)).events;

/** @param {Group} group @param {string | null} person */
export const member_name = (group, person) =>
  group.members.find((each) => each.person === person)?.name ?? '';

/**
 * A list with one of its elements a step further; the same list where it cannot go.
 * @template T @param {T[]} list @param {number} from @param {number} by
 */
export function moved(list, from, by) {
  const to = from + by;
  if (to < 0 || to >= list.length) return list;
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
