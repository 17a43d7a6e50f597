// What a moderator can do about one person, what was done before, and the roles they hold.

import { html } from 'htm/preact';
import { useRef, useState } from 'preact/hooks';
import { ACTS, act_on, until_words } from '../../app/desk_actions.js';
import { outranks } from '../../app/people.js';
import { server_now } from '../../app/session.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { may } from '../../store/moderation.js';
import { Icon } from '../parts.js';
import { Audit } from '../safety/audit.js';
import { ActForm } from './act_form.js';
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

/** What one may do to a person, in one word: a state of its own that changes seldom. */
export const use_acts = (/** @type {string} */ person) =>
  use_state(
    (state) => {
      if (!outranks(state, person)) return '';
      const gone = state.desk?.removed.find((each) => each.person === person);
      // Whoever is gone can be banned beside, and nothing else.
      const left = gone ? (gone.banned ? [] : /** @type {const} */ (['ban'])) : ACTS;
      return left.filter((act) => may(state, `person.${act}`, state.place.room)).join();
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
  const reads = use_state((state) => may(state, 'person.moderate') || may(state, 'audit.read'));
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

/** Whether they are muted or gone, with the way back. @param {{person: string}} props */
export function Standing({ person }) {
  const muted = use_state(
    (state) => state.desk?.muted.find((each) => each.person === person) ?? null,
    [person],
  );
  const removed = use_state(
    (state) => state.desk?.removed.find((each) => each.person === person) ?? null,
    [person],
  );
  const is_muted = muted && muted.until_at > server_now();
  return html`${
    is_muted &&
    html`<p class="row wrap standing"><span class="tag tag-warn">
      ${t('staff.muted_until', { time: until_words(muted.until_at) })}</span>
      ${muted.reason && html`<q class="small grow" dir="auto">${muted.reason}</q>`}
      <button type="button" class="button small" onClick=${() => act_on('unmute', person)}>
        ${t('staff.unmute')}</button></p>`
  }${
    removed &&
    html`<p class="row wrap standing"><span class="tag tag-warn">${
      removed.banned
        ? removed.until_at
          ? t('staff.banned_until', { time: until_words(removed.until_at) })
          : t('staff.is_banned')
        : t('staff.is_removed')
    }</span>
      ${removed.reason && html`<q class="small grow" dir="auto">${removed.reason}</q>`}
      <button type="button" class="button small" onClick=${() => act_on('unban', person)}>
        ${t('staff.let_back')}</button></p>`
  }`;
}
