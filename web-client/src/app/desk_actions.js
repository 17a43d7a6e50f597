// What moderators do: about one person, about many at once, and about what waits at their desk.

import { signal } from '@preact/signals';
import { may } from '../store/moderation.js';
import { attempt } from './actions.js';
import { remove_message } from './chat_actions.js';
import { notice, tell_refusal, why } from './notices.js';
import { command, server_now } from './session.js';
import { current } from './store.js';
import { clock_time, t } from './text.js';

/**
 * @typedef {'warn' | 'mute' | 'move' | 'remove' | 'ban'} Act
 * @typedef {'unmute' | 'unban'} Undo
 * @typedef {{reason: string, minutes?: number, room?: string, days?: number}} Wishes
 *
 * What is being done to many at once, and how far it got.
 * @typedef {{
 *   act: Act | Undo, of: number, done: string[], failed: {person: string, why: string}[],
 *   running: boolean,
 * }} Sweep
 */

export const ACTS = /** @type {const} */ (['warn', 'mute', 'move', 'remove', 'ban']);
/** What takes it back, where it can be taken back. @type {Partial<Record<Act | Undo, Undo>>} */
export const UNDO = { mute: 'unmute', remove: 'unban', ban: 'unban' };
/** What a report came to, by what was done. @type {Record<Act | 'delete', string>} */
export const OUTCOMES = {
  warn: 'warned',
  mute: 'muted',
  move: 'moved',
  remove: 'removed',
  ban: 'banned',
  delete: 'deleted',
};
const DAY_MS = 86_400_000;
const TRIES_MAX = 50;
const TRY_AGAIN_MS = 250;

/** A reason as it is sent, where there is one. @param {string} [reason] */
const why_of = (reason) => (reason ? { reason } : {});

/** @param {Act | Undo} act @param {string} person @param {Wishes} wishes */
function data_of(act, person, { reason, minutes, room, days }) {
  const about = { person, ...why_of(reason) };
  if (act === 'mute') return { ...about, minutes, scope: 'chat' };
  if (act === 'move') return { ...about, room };
  if (act === 'ban' && days) return { ...about, until: server_now() + days * DAY_MS };
  return about;
}

/** @param {string} person */
const name = (person) => current().people[person]?.name ?? t('person.someone');

/** @param {Act | Undo} act @param {string} person @param {Wishes} wishes */
function words_of(act, person, { minutes = 0, room = '' }) {
  const who = name(person);
  const state = current();
  // By a role for one room it counts there alone.
  const everywhere = may(state, 'person.mute');
  switch (act) {
    case 'warn':
      return t('staff.warned', { name: who });
    case 'mute':
      return t(everywhere ? 'staff.muted' : 'staff.muted_here', {
        name: who,
        n: minutes,
        room: state.rooms[state.place.room ?? '']?.name ?? '',
      });
    case 'move':
      return t('staff.moved', { name: who, room: state.rooms[room]?.name ?? '' });
    case 'remove':
      return t('staff.removed', { name: who });
    case 'ban':
      return t('staff.banned', { name: who });
    case 'unmute':
      return t('staff.unmuted', { name: who });
    default:
      return t('staff.unbanned', { name: who });
  }
}

/**
 * Does it to one person, says so, and offers the way back.
 * @param {Act | Undo} act @param {string} person @param {Wishes} [wishes]
 */
export async function act_on(act, person, wishes = { reason: '' }) {
  // Their name goes with them.
  const words = words_of(act, person, wishes);
  if (!(await attempt(`person.${act}`, data_of(act, person, wishes)))) return false;
  const back = UNDO[act];
  const actions = back
    ? [{ label: t('staff.undo'), run: () => void act_on(back, person) }]
    : [];
  notice(words, { actions, stays: false });
  return true;
}

/** @type {import('@preact/signals').Signal<Sweep | null>} */
export const sweep = signal(null);

/**
 * Does it to many, one after the other in the order given; too fast only means a little later.
 * Gives those it was done to.
 * @param {Act | Undo} act @param {string[]} people @param {Wishes} [wishes]
 */
export async function act_on_all(act, people, wishes = { reason: '' }) {
  /** @type {Sweep} */
  const mine = { act, of: people.length, done: [], failed: [], running: true };
  let now = mine;
  const show = (/** @type {Partial<Sweep>} */ more) => {
    const stopped = sweep.value !== now;
    now = { ...now, ...more };
    if (!stopped) sweep.value = now;
    return !stopped;
  };
  sweep.value = now;
  for (const person of people) {
    const refusal = await try_until_taken(`person.${act}`, data_of(act, person, wishes));
    const goes_on = refusal
      ? show({ failed: [...now.failed, { person, why: why(refusal) }] })
      : show({ done: [...now.done, person] });
    if (!goes_on) return now.done;
  }
  show({ running: false });
  return now.done;
}

/** Stops a sweep that runs, or puts away what one came to. */
export function end_sweep() {
  sweep.value = null;
}

/** @param {string} cmd @param {any} d @returns {Promise<any>} the refusal, or null */
async function try_until_taken(cmd, d) {
  for (let tries = 1; ; tries++) {
    try {
      await command(cmd, d);
      return null;
    } catch (refusal) {
      const { code, retry_after_ms } = /** @type {any} */ (refusal);
      if (code !== 'rate_limited' || tries === TRIES_MAX) return refusal;
      await new Promise((resolve) => setTimeout(resolve, retry_after_ms ?? TRY_AGAIN_MS));
    }
  }
}

/** @param {number} report */
export const claim = (report) => attempt('report.claim', { report });
/** @param {number} report @param {string} outcome @param {string} [reason] */
export const resolve = (report, outcome, reason) =>
  attempt('report.resolve', { report, outcome, ...why_of(reason) });

/**
 * Does what a report asks for, and settles it by that.
 * @param {import('../store/state.js').Report} report @param {Act | 'delete'} act
 * @param {Wishes} wishes
 */
export async function settle(report, act, wishes) {
  const { stream, of, person } = report;
  const { reason } = wishes;
  const done =
    act === 'delete'
      ? await remove_message(stream, of, reason)
      : await act_on(act, person, wishes);
  return done ? resolve(report.report, OUTCOMES[act], reason) : null;
}

/** @param {number} held @param {boolean} approve @param {string} [reason] */
export const review = (held, approve, reason) =>
  attempt('message.review', { held, approve, ...why_of(reason) });

/** @param {boolean} on @param {string} [reason] */
export async function lockdown(on, reason) {
  if (!(await attempt('event.lockdown', { on, ...why_of(reason) }))) return false;
  const actions = [{ label: t('staff.undo'), run: () => void lockdown(!on) }];
  notice(t(on ? 'raid.done' : 'raid.undone'), { actions, stays: false });
  return true;
}

/** @param {string} room @param {number} seconds @param {string} reason */
export const set_slow = (room, seconds, reason) =>
  attempt('room.slow_mode', { room, seconds, ...why_of(reason) });
/** @param {string} room @param {boolean} on @param {string} reason */
export const set_locked = (room, on, reason) =>
  attempt('room.lock', { room, on, ...why_of(reason) });

/** @param {boolean} on @param {string[]} words */
export async function set_filter(on, words) {
  const ok = await attempt('filter.set', { on, words });
  if (ok) notice(t('filter.saved'));
  return ok;
}

/** @param {string} person @param {string} role @param {string} scope @param {string} reason */
export const grant = (person, role, scope, reason) =>
  change_role('role.grant', { person, role, scope, ...why_of(reason) });
/** @param {string} person @param {string} scope @param {string} reason */
export const revoke = (person, scope, reason) =>
  change_role('role.revoke', { person, scope, ...why_of(reason) });

/** @param {string} cmd @param {any} d */
async function change_role(cmd, d) {
  try {
    return await command(cmd, d);
  } catch (refusal) {
    const { code } = /** @type {any} */ (refusal);
    if (code === 'conflict') notice(t('roles.last'), { tone: 'warn' });
    else tell_refusal(refusal);
    return null;
  }
}

/** @param {number} at */
export const until_words = (at) =>
  at - server_now() < DAY_MS ? clock_time(at) : new Date(at).toLocaleDateString();
