// What facilitators, moderators and organisers can do beside what everyone can.

import { attempt } from './actions.js';

/** @param {string[] | 'all'} people */
export const admit = (people) => attempt('admission.admit', { people });
/** @param {string[]} people */
export const refuse = (people) => attempt('admission.refuse', { people });

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
