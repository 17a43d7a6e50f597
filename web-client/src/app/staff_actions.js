// What facilitators, moderators and organisers can do beside what everyone can.

import { may } from '../store/moderation.js';
import { attempt } from './actions.js';
import { notice } from './notices.js';
import { current } from './store.js';
import { t } from './text.js';

/** @param {string[] | 'all'} people */
export const admit = (people) => attempt('admission.admit', { people });

/**
 * Does not let one in, says so, and offers the way back to whoever may take it; or lets nobody in.
 * @param {string | 'all'} whom @param {string} reason
 */
export async function refuse(whom, reason) {
  const people = whom === 'all' ? whom : [whom];
  const done = await attempt('admission.refuse', { people, ...(reason && { reason }) });
  if (!done || whom === 'all') return done;
  const name = current().people[whom]?.name ?? t('person.someone');
  const run = () => void attempt('person.unban', { person: whom });
  const actions = may(current(), 'person.ban') ? [{ label: t('staff.undo'), run }] : [];
  notice(t('staff.refused', { name }), { actions, stays: false });
  return done;
}

/** @param {{name: string, kind: string, tables?: number, capacity?: number}} room */
export const create_room = (room) => attempt('room.create', room, { nonce: true });
/** @param {string} room @param {string} new_name */
export const rename_room = (room, new_name) => attempt('room.update', { room, name: new_name });
/** @param {string} room */
export const close_room = (room) => attempt('room.close', { room });

/** @param {{room: string, name?: string, topic?: string, capacity?: number}} table */
export const create_table = (table) => attempt('table.create', table, { nonce: true });
/** @param {string} table @param {{name?: string, topic?: string, capacity?: number}} changes */
export const update_table = (table, changes) => attempt('table.update', { table, ...changes });
/** @param {string} table */
export const remove_table = (table) => attempt('table.remove', { table });

/** @param {Record<string, any>} changes */
export const update_event = (changes) => attempt('event.update', changes);
