// What an organiser does with an event: made, changed, its links, its roles, who came, its end.

import { computed, signal } from '@preact/signals';
import { as } from './account_actions.js';
import { parse_csv } from './csv.js';
import { create_session, get_invite, read_text, request } from './http.js';
import { tab } from './prefs.js';
import { command, on_push } from './session.js';

/**
 * @typedef {{id: string, title: string, starts_at: number, ends_at: number, timezone: string,
 *   state: string, admission: string, retention_days?: number, group?: string,
 *   programme: {at: number, minutes: number, title: string, room?: string}[],
 *   rooms: {id: string, name: string, kind: string, tables: any[]}[]}} HostedEvent
 * @typedef {{id: string, role: string, created_at: number, expires_at?: number, uses?: number,
 *   used: number}} Invite
 * @typedef {{role: string, token: string, id?: string}} Link its secret is told once, and kept by
 *   this tab alone
 * @typedef {{person: string, role: string, scope: string}} Role
 */

/** @param {number} slot @param {string} event @param {string} [more] */
const path = (slot, event, more = '') => as(slot, `/events/${encodeURIComponent(event)}${more}`);

// --- The event

/** @param {number} slot @param {string} event @returns {Promise<HostedEvent>} */
export const get_event = (slot, event) => request('GET', path(slot, event));

/**
 * Makes an event and comes into it as its organiser; its first links are kept by this tab.
 * @param {number} slot @param {Record<string, any>} body @returns {Promise<string>} its id
 */
export async function create_event(slot, body) {
  const { event, invites } = await request('POST', as(slot, '/events'), body);
  const inside = await get_event(slot, event.id).catch(() => null);
  if (!inside) await create_session({ invite: invites.organiser, slot });
  keep_links(
    event.id,
    Object.entries(invites).map(([role, token]) => ({ role, token: String(token) })),
  );
  tab.set(`slot.${event.id}`, slot);
  return event.id;
}

/**
 * @param {number} slot @param {string} event @param {Record<string, any>} changes
 * @returns {Promise<HostedEvent>}
 */
export const change_event = (slot, event, changes) => request('PATCH', path(slot, event), changes);

/** @param {number} slot @param {string} event */
export const delete_event = (slot, event) => request('DELETE', path(slot, event));

/**
 * Everything of an event, however much was said in it: the server tells it in parts.
 * @param {number} slot @param {string} event
 */
export async function get_export(slot, event) {
  const whole = await request('GET', path(slot, event, '/export'));
  for (let part = whole; part.more;) {
    part = await request('GET', path(slot, event, `/export?after=${part.after}`));
    whole.pushes.push(...part.pushes);
  }
  const { more: _more, after: _after, ...all } = whole;
  return all;
}

// --- Its links

/** @param {string} token */
export const link_of = (token) => `${location.origin}/j/${encodeURIComponent(token)}`;

/** @param {string} event @returns {Link[]} */
const kept_links = (event) => tab.get(`links.${event}`) ?? [];
/** @param {string} event @param {Link[]} links */
const keep_links = (event, links) => tab.set(`links.${event}`, links.length > 0 ? links : null);

/** Those this tab was told and that still lead somewhere. @param {string} event */
export async function live_links(event) {
  const links = kept_links(event);
  const live = await Promise.all(
    links.map(({ token }) =>
      get_invite(token).then(
        () => true,
        (error) => error.code !== 'not_found',
      ),
    ),
  );
  const left = links.filter((_link, i) => live[i]);
  keep_links(event, left);
  return left;
}

/** @param {number} slot @param {string} event @returns {Promise<Invite[]>} */
export const get_invites = async (slot, event) =>
  (await request('GET', path(slot, event, '/invites'))).invites;

/**
 * @param {number} slot @param {string} event
 * @param {{role: string, expires_at?: number, uses?: number}} body
 */
export async function make_invite(slot, event, body) {
  const { invite, id, role } = await request('POST', path(slot, event, '/invites'), body);
  keep_links(event, [{ role, token: invite, id }, ...kept_links(event)]);
}

/** @param {number} slot @param {string} event @param {string} id */
export const revoke_invite = (slot, event, id) =>
  request('DELETE', path(slot, event, `/invites/${encodeURIComponent(id)}`));

// --- Who came

/** The heading first. @param {number} slot @param {string} event */
export const get_attendance = async (slot, event) =>
  parse_csv(await read_text(path(slot, event, '/attendance.csv')));

// --- Who may what: over the socket, where it also takes effect

/** @type {import('@preact/signals').Signal<{event: string, held: Role[]} | null>} */
const known_roles = signal(null);
/** Who holds what beside being a member; null while that is not known. */
export const roles = computed(() => known_roles.value?.held ?? null);

on_push(({ push, stream, data }) => {
  const now = known_roles.peek();
  if (!now || stream !== `desk:${now.event}`) return;
  if (push !== 'role.granted' && push !== 'role.revoked') return;
  const { person, scope = now.event } = data;
  const held = now.held.filter((each) => each.person !== person || each.scope !== scope);
  if (push === 'role.granted') held.push({ person, role: data.role, scope });
  known_roles.value = { ...now, held };
});

/** @param {string} event */
export async function load_roles(event) {
  const { state } = await command('stream.snapshot', { stream: `desk:${event}`, limit: 1 });
  known_roles.value = { event, held: state.roles ?? [] };
}

/** @param {string[]} people @returns {Promise<{id: string, name: string}[]>} */
export const get_people = async (people) =>
  people.length > 0 ? (await command('person.get', { people })).people : [];

/** @param {string} query @returns {Promise<{id: string, name: string, role: string}[]>} */
export const find_people = async (query) =>
  (await command('person.list', { query, limit: 10 })).people;

/** @param {string} person @param {string} role @param {string} scope */
export const grant = (person, role, scope) => command('role.grant', { person, role, scope });
/** @param {string} person @param {string} scope */
export const revoke = (person, scope) => command('role.revoke', { person, scope });
