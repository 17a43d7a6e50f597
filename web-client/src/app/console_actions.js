// What whoever leads the rounds of a room can do. Each goes to the room one is in.

import { attempt } from './actions.js';
import { notice, tell_refusal } from './notices.js';
import { command } from './session.js';
import { current } from './store.js';
import { t } from './text.js';

const here = () => current().place.room ?? '';

/** @param {any} options @returns {Promise<any>} rejects with the refusal, which the form shows */
export const preview = (options) => command('round.preview', { room: here(), options });

/** The planned rounds from one on. @param {string} plan @param {number} from */
export const planned_rounds = (plan, from) =>
  command('round.plan', { plan, from }).then(
    (ok) => ok.rounds,
    () => null,
  );

/**
 * A new series by options or by a previewed plan, the same groups again, or the next round.
 * @param {{options?: any, plan?: string, same_groups?: true}} what
 * @param {any} [options] what the plan was made of: it is kept for some minutes only
 * @returns {Promise<any>}
 */
export async function announce_round(what, options) {
  try {
    return await command('round.announce', { room: here(), ...what }, { nonce: true });
  } catch (refusal) {
    const { code } = /** @type {any} */ (refusal);
    if (code === 'not_found' && options) return announce_round({ options });
    notice(why_no_round(refusal), { tone: 'warn' });
    return null;
  }
}

/** @param {'round.cancel' | 'round.pause' | 'round.resume' | 'round.end'} cmd */
export const steer = (cmd) => attempt(cmd, { room: here() });

/** What was pressed goes away with its step of the round: the focus stays in the console. */
export const stay_in_console = () => document.getElementById('lead-title')?.focus();
/** @param {number} minutes @param {string} [table] */
export const give_time = (minutes, table) =>
  attempt('round.extend', { room: here(), seconds: minutes * 60, ...(table && { table }) });

/** @param {string} person @param {string} table */
export const move = (person, table) => attempt('seat.move', { person, table });

/** @param {number} number */
export async function undo_move(number) {
  try {
    await command('seat.undo', { move: number });
    return true;
  } catch (refusal) {
    if (/** @type {any} */ (refusal).code === 'conflict') {
      notice(t('move.too_late'), { tone: 'warn' });
    } else tell_refusal(refusal);
    return false;
  }
}

/** @param {string} body */
export const say_to_all = (body) => attempt('broadcast', { room: here(), body }, { nonce: true });

/**
 * Why a round cannot be planned or announced as it was asked for.
 * @param {any} refusal
 */
export function why_no_round({ code, field = '' }) {
  const about = (/** @type {string} */ part) => field?.startsWith(`options.${part}`);
  if (code === 'too_large') return t('plan.too_many');
  if (code === 'forbidden') return t('plan.not_yours');
  if (about('size')) return t('plan.bad_size');
  if (about('minutes')) return t('plan.bad_minutes');
  if (about('rounds')) return t('plan.bad_rounds');
  if (about('hosts')) return t('plan.bad_hosts');
  if (about('together') || about('apart')) return t('plan.bad_groups');
  if (about('opener')) return t('plan.bad_opener');
  if (code === 'not_found') return t('plan.gone');
  if (code === 'conflict') return t('plan.conflict');
  if (code === 'no_answer') return t('refused.no_answer');
  return t('plan.not_now');
}
