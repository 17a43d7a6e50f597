// What moderators did, as sentences, newest first, with an earlier page one tap away.

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { name_of } from '../../app/people.js';
import { list_audit } from '../../app/safety_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Time } from '../parts.js';

/**
 * @typedef {{
 *   n: number, at: number, by?: string, action: string, person?: string, room?: string,
 *   stream?: string, reason?: string, detail?: string,
 * }} Entry
 * @typedef {import('../../store/state.js').State} State
 */

/** The sentences there are; anything else is told as something done. */
const SENTENCES = new Set([
  'did.admission_admit',
  'did.admission_refuse',
  'did.data_export',
  'did.event_lockdown_off',
  'did.event_lockdown_on',
  'did.event_update',
  'did.filter_set',
  'did.invite_create',
  'did.invite_revoke',
  'did.message_delete',
  'did.message_review_approved',
  'did.message_review_kept',
  'did.person_ban',
  'did.person_move',
  'did.person_mute',
  'did.person_remove',
  'did.person_unban',
  'did.person_unmute',
  'did.person_warn',
  'did.report_claim',
  'did.report_resolve',
  'did.role_grant',
  'did.role_revoke',
  'did.room_close',
  'did.room_create',
  'did.room_lock_off',
  'did.room_lock_on',
  'did.room_slow_mode',
  'did.room_update',
  'did.table_remove',
]);

/** What is told in other words by its detail: `on`, `off`, `approved`, `kept back`. */
const TOLD_APART = new Set(['event.lockdown', 'message.review', 'room.lock']);
/** Whose detail is the name of what it was done to. */
const NAMES = new Set(['room.close', 'room.create', 'room.update']);
const ROLES = ['facilitator', 'moderator', 'organiser'];

/** @param {State} state @param {Entry} entry */
function sentence(state, { by, action, person, room, detail = '' }) {
  const who = (/** @type {string | undefined} */ id, /** @type {any} */ me) =>
    id === state.me ? t(me) : id ? name_of(state, id) : t('did.a_moderator');
  const told = TOLD_APART.has(action) ? `_${detail.split(' ')[0]}` : '';
  const key = `did.${action.replace('.', '_')}${told}`;
  const role = ROLES.includes(detail) ? t(/** @type {any} */ (`role.${detail}`)) : '';
  return t(/** @type {any} */ (SENTENCES.has(key) ? key : 'did.something'), {
    by: who(by, 'did.by_you'),
    person: person ? who(person, 'did.to_you') : t('did.to_someone'),
    // What is no more is told by its name of then.
    room: state.rooms[room ?? '']?.name ?? (NAMES.has(action) && detail ? detail : t('did.a_room')),
    table: detail || t('did.a_table'),
    role,
    n: parseInt(detail, 10) || 0,
  });
}

/** @param {{entry: Entry}} props */
function Row({ entry }) {
  const words = use_state((state) => sentence(state, entry), [entry]);
  return html`<li class="did"><span class="grow"><span dir="auto">${words}</span>
    ${entry.reason && html`<q class="sub" dir="auto">${entry.reason}</q>`}</span>
    <span class="sub"><${Time} at=${entry.at} /></span></li>`;
}

/** @param {{about: {person?: string}, nothing: string}} props */
export function Audit({ about, nothing }) {
  const [entries, set_entries] = useState(/** @type {Entry[] | null} */ (null));
  const [more, set_more] = useState(false);
  const [failed, set_failed] = useState(false);
  const next = useRef(0);
  const load = async (/** @type {Entry[]} */ shown) => {
    const before = next.current || shown.at(-1)?.n;
    const ok = await list_audit(before ? { ...about, before } : about);
    set_failed(!ok);
    if (!ok) return;
    next.current = ok.before ?? 0;
    set_entries([...shown, ...ok.entries]);
    set_more(ok.more === true);
  };
  useEffect(() => {
    next.current = 0;
    void load([]);
  }, [about.person]);
  return html`<div class="stack">
    <div role="status">
      ${failed && html`<p class="quiet">${t('did.unread')}</p>`}
      ${!failed && !entries && html`<p class="quiet">${t('lazy.loading')}</p>`}
      ${entries?.length === 0 && html`<p class="quiet">${nothing}</p>`}</div>
    ${
      entries &&
      entries.length > 0 &&
      html`<ol class="plain did-list">${entries.map(
        (entry) => html`<${Row} key=${entry.n} entry=${entry} />`,
      )}</ol>`
    }
    ${
      more &&
      html`<p><button type="button" class="button small" onClick=${() => load(entries ?? [])}>
        ${t('did.older')}</button></p>`
    }</div>`;
}
