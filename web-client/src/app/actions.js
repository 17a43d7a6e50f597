// What a person can do in a place. A view calls one of these and never the socket; a refusal comes
// back as a sentence that says what is possible instead.

import { forget_knock } from '../store/table.js';
import { room_of_table, table_by_id } from '../store/room_list.js';
import { notice, tell_refusal } from './notices.js';
import { command } from './session.js';
import { change, current } from './store.js';
import { t } from './text.js';
import { chosen_chat, knocking, show_place } from './ui.js';

/** @typedef {import('../store/state.js').Table} Table */

const KNOCK_MS = 20_000;

/**
 * Sends, and tells a refusal. Gives the reply, or null.
 * @param {string} cmd
 * @param {any} d
 * @param {any} [how]
 * @returns {Promise<any>}
 */
export async function attempt(cmd, d, how) {
  try {
    return await command(cmd, d, how);
  } catch (refusal) {
    tell_refusal(refusal);
    return null;
  }
}

/** @param {string} room */
export async function enter_room(room) {
  show_place();
  if (current().place.room === room) return;
  chosen_chat.value = null;
  try {
    await command('room.enter', { room });
  } catch (refusal) {
    const { code } = /** @type {any} */ (refusal);
    if (code === 'locked') {
      notice(t('room.is_locked', { room: current().rooms[room]?.name ?? '' }), { tone: 'warn' });
    } else tell_refusal(refusal);
  }
}

/** Sits, after walking to the table's room if it is another. @param {string} table */
export async function sit(table) {
  const room = room_of_table(current(), table);
  try {
    if (room && room.id !== current().place.room) await command('room.enter', { room: room.id });
    await command('table.sit', { table });
    chosen_chat.value = null;
  } catch (refusal) {
    const code = /** @type {any} */ (refusal).code;
    if (code === 'table_full') tell_full(table);
    else if (code === 'locked') notice(t('table.was_locked'), { tone: 'warn' });
    else tell_refusal(refusal);
  }
}

/** A friendly loser of the last chair is told where there is one. @param {string} lost */
function tell_full(lost) {
  const tables = room_of_table(current(), lost)?.tables ?? [];
  const free = (/** @type {Table} */ table) =>
    table.locked || table.capacity === null ? 0 : table.capacity - table.taken;
  const best = tables
    .filter((table) => table.id !== lost && free(table) > 0)
    .sort((a, b) => b.taken - a.taken)[0];
  if (!best) {
    notice(t('table.lost_no_other'), { tone: 'warn' });
    return;
  }
  const text = t('table.lost', { n: free(best), table: best.name });
  const actions = [
    { label: t('table.sit_at', { table: best.name }), run: () => void sit(best.id), main: true },
  ];
  notice(text, { tone: 'warn', actions });
}

export const stand = () => attempt('table.stand', {});

/** @param {string} table @param {string} line */
export async function knock(table, line) {
  const ok = await attempt('table.knock', line ? { table, line } : { table });
  if (!ok) return;
  const until = Date.now() + KNOCK_MS;
  knocking.value = { table, until };
  setTimeout(() => {
    if (knocking.value?.table !== table || knocking.value.until !== until) return;
    knocking.value = null;
    if (current().place.table === table) return;
    notice(t('knock.no_answer', { table: table_by_id(current(), table)?.name ?? '' }));
  }, KNOCK_MS);
}

/** @param {string} table @param {number} number @param {boolean} admit */
export async function answer_knock(table, number, admit) {
  change((state) => forget_knock(state, table, number));
  await attempt('table.answer', { knock: number, admit });
}

/** @param {string} table @param {boolean} on */
export const lock = (table, on) => attempt(on ? 'table.lock' : 'table.unlock', { table });
/** @param {string} table @param {'open' | 'deep'} mood */
export const set_mood = (table, mood) => attempt('table.update', { table, mood });
/** @param {string} table @param {string} topic */
export const set_topic = (table, topic) => attempt('table.update', { table, topic });
/** @param {string} table @param {boolean} on */
export const visit = (table, on) => attempt('table.visit', { table, on });

/** @param {string} table */
export function decline_invite(table) {
  change((state) => ({
    ...state,
    invites: state.invites.filter((invite) => invite.table !== table),
  }));
}

/** @param {string} table @param {string} line */
export async function call_help(table, line) {
  if (await attempt('table.call_help', line ? { table, line } : { table }))
    notice(t('help.called'));
}

/** @param {string} table */
export const help_done = (table) => attempt('table.help_done', { table });

