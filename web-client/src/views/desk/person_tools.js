// What a moderator can do about one person, what was done before, and the roles they hold.

import { html } from 'htm/preact';
import { useRef, useState } from 'preact/hooks';
import { ACTS, act_on, until_words } from '../../app/desk_actions.js';
import { may_to, room_with } from '../../app/rank.js';
import { server_now } from '../../app/session.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { may } from '../../store/moderation.js';
import { Icon } from '../parts.js';
import { Audit } from '../safety/audit.js';
import { ActForm, Asking } from './act_form.js';
import { back_to, doing as doing_now, open_item } from './items.js';
import { Roles } from './roles.js';

/** @typedef {import('../../app/desk_actions.js').Act} Act */

const ICONS = /** @type {const} */ ({
  warn: 'shield',
  mute: 'mute',
  move: 'move',
  remove: 'door',
  ban: 'ban',
});
const LABELS = /** @type {const} */ ({
  warn: 'staff.warn',
  mute: 'staff.mute',
  move: 'staff.move',
  remove: 'staff.remove',
  ban: 'staff.ban',
});

const NONE = /** @type {import('../../store/state.js').Desk['muted']} */ ([]);

/** What one may do to a person, in one word: a state of its own that changes seldom. */
export const use_acts = (/** @type {string} */ person) =>
  use_state(
    (state) => {
      const gone = state.desk?.removed.find((each) => each.person === person);
      // Whoever is gone can be banned beside, and nothing else.
      const left = gone ? (gone.banned ? [] : /** @type {const} */ (['ban'])) : ACTS;
      return left.filter((act) => may_to(state, act, person)).join();
    },
    [person],
  )
    .split(',')
    .filter(Boolean);

/**
 * The buttons of what can be done, one of them open at a time.
 * @param {{acts: string[], doing: string | null, set_doing: (act: any) => void}} props
 */
export function ActButtons({ acts, doing, set_doing }) {
  return acts.map(
    (act) => html`<button key=${act} type="button" class="button small" data-act=${act}
      aria-expanded=${doing === act ? 'true' : 'false'}
      onClick=${() => set_doing(doing === act ? null : act)}>
      <${Icon} name=${ICONS[/** @type {Act} */ (act)]} />
      ${t(LABELS[/** @type {Act} */ (act)])}</button>`,
  );
}

/**
 * @param {{person: string, item?: string}} props `item` at the desk, where keys begin things too
 */
export function PersonTools({ person, item }) {
  const tools = useRef(/** @type {HTMLElement | null} */ (null));
  const [own, set_own] = useState(/** @type {Act | null} */ (null));
  const doing = /** @type {Act | null} */ (
    item ? (open_item.value === item ? doing_now.value : null) : own
  );
  const set_doing = (/** @type {Act | null} */ act) => {
    if (item) doing_now.value = act;
    else set_own(act);
  };
  const [shown, set_shown] = useState(/** @type {'history' | 'roles' | null} */ (null));
  const acts = use_acts(person);
  const reads = use_state(
    (state) =>
      may(state, 'person.moderate', room_with(state, person)) || may(state, 'audit.read'),
    [person],
  );
  const manages = use_state((state) => may(state, 'role.manage'));
  const close = () => {
    if (item) {
      back_to(item);
      return;
    }
    const button = tools.current?.querySelector(`[data-act="${doing}"]`);
    set_doing(null);
    /** @type {HTMLElement | null | undefined} */ (button)?.focus();
  };
  const run = async (/** @type {any} */ wishes) => {
    const done = await act_on(/** @type {Act} */ (doing), person, wishes);
    if (done) close();
    return done;
  };
  const toggle = (/** @type {'history' | 'roles'} */ what) => () =>
    set_shown(shown === what ? null : what);
  return html`<div class="person-tools" ref=${tools}>
    <${Standing} person=${person} />
    <p class="row wrap"><${ActButtons} acts=${acts} doing=${doing} set_doing=${set_doing} /></p>
    ${
      doing &&
      acts.includes(doing) &&
      html`<${ActForm} id=${`p-${person}`} doing=${doing} close=${close}
        run=${run} />`
    }
    <p class="row wrap">
      ${
        reads &&
        html`<button type="button" class="link" aria-expanded=${String(shown === 'history')}
          onClick=${toggle('history')}><${Icon} name="history" />${t('staff.history')}</button>`
      }
      ${
        manages &&
        html`<button type="button" class="link" aria-expanded=${String(shown === 'roles')}
          onClick=${toggle('roles')}><${Icon} name="people" />${t('roles.title')}</button>`
      }</p>
    ${
      shown === 'history' &&
      html`<${Audit} about=${{ person }} nothing=${t('staff.no_history')} />`
    }
    ${shown === 'roles' && html`<${Roles} person=${person} />`}
  </div>`;
}

/**
 * What stands against them, each with the way back where one may take it.
 * @param {{person: string}} props
 */
export function Standing({ person }) {
  const all_muted = use_state((state) => state.desk?.muted ?? NONE);
  const removed = use_state(
    (state) => state.desk?.removed.find((each) => each.person === person) ?? null,
    [person],
  );
  const muted = all_muted.filter((each) => each.person === person && each.until_at > server_now());
  return html`${muted.map(
    (mute) => html`<${StandingMute} key=${`${mute.scope} ${mute.room}`} mute=${mute} />`,
  )}${
    removed &&
    html`<${Stands} words=${out_words(removed)} reason=${removed.reason} person=${person}
      back="unban" />`
  }`;
}

/** @param {import('../../store/state.js').Removed} removed */
function out_words({ banned, refused, until_at }) {
  if (refused) return t('staff.is_refused');
  if (!banned) return t('staff.is_removed');
  return until_at
    ? t('staff.banned_until', { time: until_words(until_at) })
    : t('staff.is_banned');
}

/** @param {{mute: import('../../store/state.js').Muted & {person: string}}} props */
function StandingMute({ mute }) {
  const { person, until_at, reason, room = '' } = mute;
  const where = use_state((state) => state.rooms[room]?.name ?? '', [room]);
  const words = t(where ? 'staff.muted_in' : 'staff.muted_until', {
    time: until_words(until_at),
    room: where,
  });
  return html`<${Stands} words=${words} reason=${reason} person=${person} room=${room}
    back="unmute" />`;
}

/**
 * @param {{words: string, reason: string, person: string, back: 'unmute' | 'unban',
 *   room?: string}} props
 */
function Stands({ words, reason, person, back, room }) {
  const allowed = use_state(
    (state) => may(state, back === 'unban' ? 'person.ban' : 'person.mute', room),
    [back, room],
  );
  return html`<div class="row wrap standing"><span class="tag tag-warn">${words}</span>
    ${reason && html`<q class="small grow" dir="auto">${reason}</q>`}
    ${
      allowed &&
      html`<${Asking} id=${`${back}-${person}`} doing=${back}
        run=${(/** @type {any} */ wishes) => act_on(back, person, wishes)}>
        ${t(back === 'unban' ? 'staff.let_back' : 'staff.unmute')}<//>`
    }</div>`;
}
