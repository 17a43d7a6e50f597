// The one form behind every word of a moderator to people: for how long or where to, and why.

import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';

/** @typedef {import('../../app/desk_actions.js').Act | 'delete' | 'withhold'} Doing */
/** @typedef {import('../../app/desk_actions.js').Wishes} Wishes */

const MINUTES = [5, 15, 60];
const BAN_DAYS = [0, 1, 7, 30];
const REASONS = /** @type {const} */ (['reason.unkind', 'reason.advertising', 'reason.off_topic']);
const GO = /** @type {const} */ ({
  warn: 'staff.warn_now',
  mute: 'staff.mute_now',
  move: 'staff.move_now',
  remove: 'staff.remove_now',
  ban: 'staff.ban_now',
  delete: 'staff.delete_now',
  withhold: 'staff.withhold_now',
});
const HOW = /** @type {const} */ ({
  warn: 'staff.warn_how',
  mute: 'staff.mute_how',
  move: 'staff.move_how',
  remove: 'staff.remove_how',
  ban: 'staff.ban_how',
  delete: 'staff.delete_how',
  withhold: 'staff.withhold_how',
});

/**
 * @param {{
 *   id: string, doing: Doing, run: (wishes: Wishes) => Promise<any>, close: () => void,
 * }} props `run` closes the form where it was done, and gives nothing where it was not
 */
export function ActForm({ id, doing, run, close }) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [reason, set_reason] = useState('');
  const [busy, set_busy] = useState(false);
  useLayoutEffect(() => {
    const first = form.current?.querySelector('select, input');
    /** @type {HTMLElement | null | undefined} */ (first)?.focus();
  }, [doing]);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (busy) return;
    const values = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    set_busy(true);
    const done = await run({
      reason: reason.trim(),
      minutes: Number(values.get('minutes')) || undefined,
      days: Number(values.get('days')) || undefined,
      room: String(values.get('room') ?? '') || undefined,
    });
    if (!done) set_busy(false);
  };
  const on_key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return html`<form class="act-form stack" ref=${form} onSubmit=${submit} onKeyDown=${on_key}>
    <p class="small quiet">${t(HOW[doing])}</p>
    ${doing === 'mute' && html`<${Minutes} id=${id} />`}
    ${doing === 'ban' && html`<${Days} id=${id} />`}
    ${doing === 'move' && html`<${WhereTo} id=${id} />`}
    <div class="field"><label for=${`why-${id}`}>${t('staff.reason')}</label>
      <input type="text" id=${`why-${id}`} name="reason" maxlength="300" dir="auto" required
        value=${reason}
        aria-describedby=${`why-hint-${id}`}
        onInput=${(/** @type {any} */ event) => set_reason(event.currentTarget.value)} />
      <p class="hint" id=${`why-hint-${id}`}>${t('staff.reason_hint')}</p></div>
    <p class="chips">${REASONS.map(
      (key) => html`<button key=${key} type="button" class="chip chip-line"
        onClick=${() => set_reason(t(key))}>${t(key)}</button>`,
    )}</p>
    <p class="row wrap"><button class="button small primary" disabled=${busy}>
      ${t(GO[doing])}</button>
      <button type="button" class="button small" onClick=${close}>${t('action.cancel')}</button></p>
  </form>`;
}

/** @param {{id: string}} props */
function Minutes({ id }) {
  return html`<div class="field"><label for=${`minutes-${id}`}>${t('staff.how_long')}</label>
    <select id=${`minutes-${id}`} name="minutes">${MINUTES.map(
      (n) => html`<option key=${n} value=${n}>${t('staff.minutes', { n })}</option>`,
    )}</select></div>`;
}

/** @param {{id: string}} props */
function Days({ id }) {
  return html`<div class="field"><label for=${`days-${id}`}>${t('staff.how_long')}</label>
    <select id=${`days-${id}`} name="days">${BAN_DAYS.map(
      (n) => html`<option key=${n} value=${n}>
        ${n ? t('staff.days', { n }) : t('staff.for_good')}</option>`,
    )}</select></div>`;
}

/** @param {{id: string}} props */
function WhereTo({ id }) {
  const rooms = use_state((state) => state.rooms);
  const order = use_state((state) => state.room_order);
  return html`<div class="field"><label for=${`room-${id}`}>${t('staff.where_to')}</label>
    <select id=${`room-${id}`} name="room">${order.map(
      (each) => html`<option key=${each} value=${each}>${rooms[each]?.name}</option>`,
    )}</select></div>`;
}
