// The one form behind what a moderator does: for how long or where to, and why.

import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';

/** @typedef {import('../../app/desk_actions.js').Wishes} Wishes */
/**
 * @typedef {import('../../app/desk_actions.js').Act | import('../../app/desk_actions.js').Undo
 *   | 'delete' | 'withhold' | 'let_through' | 'dismiss' | 'refuse' | 'refuse_all' | 'lock'
 *   | 'unlock' | 'slow' | 'calm' | 'lift' | 'revoke'} Doing
 */

const MINUTES = [5, 15, 60];
const BAN_DAYS = [0, 1, 7, 30];
const REASONS = /** @type {const} */ (['reason.unkind', 'reason.advertising', 'reason.off_topic']);
/** What is done against somebody, who reads why. Everything else may be done without a word. */
const TOLD_WHY = new Set(['warn', 'mute', 'move', 'remove', 'ban', 'withhold']);

/**
 * @param {{
 *   id: string, doing: Doing, run: (wishes: Wishes) => Promise<any>, close: () => void, n?: number,
 * }} props `run` closes the form where it was done, and gives nothing where it was not; `n` is how
 *   many it is done to
 */
export function ActForm({ id, doing, run, close, n = 1 }) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [reason, set_reason] = useState('');
  const [busy, set_busy] = useState(false);
  const told = TOLD_WHY.has(doing);
  useLayoutEffect(() => {
    const first = form.current?.querySelector('select, input');
    /** @type {HTMLElement | null | undefined} */ (first)?.focus();
    form.current?.scrollIntoView({ block: 'nearest' });
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
    <p class="small quiet">${t(`staff.${doing}_how`, { n })}</p>
    ${doing === 'mute' && html`<${Minutes} id=${id} />`}
    ${doing === 'ban' && html`<${Days} id=${id} />`}
    ${doing === 'move' && html`<${WhereTo} id=${id} />`}
    <${Reason} id=${id} told=${told} reason=${reason} set_reason=${set_reason} />
    ${
      (told || doing === 'delete') &&
      html`<p class="chips">${REASONS.map(
        (key) => html`<button key=${key} type="button" class="chip chip-line"
          onClick=${() => set_reason(t(key))}>${t(key)}</button>`,
      )}</p>`
    }
    <p class="row wrap"><button class="button small primary" disabled=${busy}>
      ${t(`staff.${doing}_now`)}</button>
      <button type="button" class="button small" onClick=${close}>${t('action.cancel')}</button></p>
  </form>`;
}

/**
 * A button in a row that asks first, by the form below it; the focus returns to the button.
 * @param {{
 *   id: string, doing: Doing, run: (wishes: Wishes) => Promise<any>, n?: number, children?: any,
 *   [more: string]: any,
 * }} props `more` is of the button
 */
export function Asking({ id, doing, run, n, children, ...more }) {
  const [asking, set_asking] = useState(false);
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const close = () => {
    set_asking(false);
    button.current?.focus();
  };
  const done = async (/** @type {Wishes} */ wishes) => {
    const ok = await run(wishes);
    if (ok) close();
    return ok;
  };
  return html`<button type="button" class="button small" ...${more} ref=${button}
      aria-expanded=${String(asking)} onClick=${() => set_asking(!asking)}>${children}</button>
    ${asking && html`<${ActForm} id=${id} doing=${doing} run=${done} close=${close} n=${n} />`}`;
}

/**
 * Why: needed where somebody reads it, else for the log.
 * @param {{
 *   id: string, told?: boolean, reason: string, set_reason: (reason: string) => void,
 * }} props
 */
export function Reason({ id, told = false, reason, set_reason }) {
  return html`<div class="field"><label for=${`why-${id}`}>
      ${t(told ? 'staff.reason' : 'staff.reason_free')}</label>
    <input type="text" id=${`why-${id}`} name="reason" maxlength="300" dir="auto"
      required=${told} value=${reason} aria-describedby=${`why-hint-${id}`}
      onInput=${(/** @type {any} */ event) => set_reason(event.currentTarget.value)} />
    <p class="hint" id=${`why-hint-${id}`}>
      ${t(told ? 'staff.reason_hint' : 'staff.reason_logged')}</p></div>`;
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
