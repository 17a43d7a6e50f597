// Invitations: made for a role, with a last day and a number of uses where wished; each link is
// told once, so it stands with its code to point a phone at.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import {
  get_invites,
  link_of,
  live_links,
  make_invite,
  revoke_invite,
} from '../../app/organise_actions.js';
import { t } from '../../app/text.js';
import { LinkField } from '../account/copying.js';
import { Ask, Trouble, choices, use_act, use_form } from '../account/form.js';
import { Loading, Section, use_loaded } from '../account/page.js';
import { STANDING_WORDS } from '../account/standing.js';
import { Icon, Time } from '../parts.js';
import { Lazy } from '../lazy.js';

/** @typedef {import('../../app/organise_actions.js').Invite} Invite */
/** @typedef {import('../../app/organise_actions.js').Link} Link */

const load_qr = () => import('./qr.js').then(({ Qr }) => Qr);
const DAY_MS = 24 * 3_600_000;
const ROLES = ['member', 'facilitator', 'moderator', 'organiser'];

/** @param {import('./organise.js').PartProps} props */
export function Invites({ me, event }) {
  const { value, problem, again } = use_loaded(() => get_invites(me.slot, event.id), [event.id]);
  // Whatever becomes of the list, a link that was made is shown: it is told only once.
  const links = use_loaded(() => live_links(event.id), [event.id]);
  const made = () => Promise.all([again(), links.again()]);
  return html`${
    links.value &&
    links.value.length > 0 &&
    html`<${Section} title=${t('invites.links')}><p class="quiet">${t('invites.once')}</p>
      ${links.value.map((link) => html`<${Fresh} key=${link.token} link=${link} />`)}<//>`
  }
    <${Make} me=${me} event=${event} again=${made} />
    <${Section} title=${t('invites.there')}>${
      value
        ? html`<${List} invites=${value} me=${me} event=${event} again=${made} />`
        : html`<${Loading} problem=${problem} again=${again} />`
    }<//>`;
}

/** @param {{link: Link}} props */
function Fresh({ link }) {
  const [shown, set_shown] = useState(false);
  const url = link_of(link.token);
  const role = t(STANDING_WORDS[link.role]);
  return html`<div class="link-row stack">
    <${LinkField} id=${`link-${link.token}`} label=${t('invites.link_for', { role })} url=${url} />
    <p><button type="button" class="link" aria-expanded=${String(shown)}
      onClick=${() => set_shown(!shown)}><${Icon} name="qr" />
      ${t(shown ? 'invites.qr_hide' : 'invites.qr_show')}</button></p>
    ${
      shown && html`<${Lazy} load=${load_qr} text=${url} name=${t('invites.qr_name', { role })} />`
    }</div>`;
}

/** @param {{me: any, event: any, again: () => any}} props */
function Make({ me, event, again }) {
  const form = use_form(
    async ({ role, lasts, uses }, element) => {
      const until = { day: Date.now() + DAY_MS, week: Date.now() + 7 * DAY_MS, end: event.ends_at };
      const expires_at = until[/** @type {keyof typeof until} */ (lasts)];
      await make_invite(me.slot, event.id, {
        role,
        ...(expires_at ? { expires_at } : {}),
        ...(uses.trim() ? { uses: Number(uses) } : {}),
      });
      element.reset();
      await again();
      window.scrollTo(0, 0);
    },
    { expires_at: 'invites.over_already', uses: 'invites.uses_wrong' },
  );
  return html`<${Section} title=${t('invites.make')}>
    <form class="stack" onSubmit=${form.submit} noValidate>
    <div class="pair"><${Ask} form=${form} name="role" label=${t('invites.as')}>
      ${choices(
        ROLES.map((role) => [role, t(STANDING_WORDS[role])]),
        'member',
      )}<//>
    <${Ask} form=${form} name="lasts" label=${t('invites.lasts')}>${choices(
      [
        ['', t('invites.lasts_on')],
        ['day', t('invites.lasts_day')],
        ['week', t('invites.lasts_week')],
        ['end', t('invites.lasts_end')],
      ],
      '',
    )}<//></div>
    <${Ask} form=${form} name="uses" label=${t('invites.uses')} hint=${t('invites.uses_hint')}
      type="number" min="1" max="1000000" inputmode="numeric" />
    <${Trouble} form=${form} />
    <p><button class="button primary" disabled=${form.busy}><${Icon} name="plus" />
      ${t('invites.make_do')}</button></p></form><//>`;
}

/** @param {{invites: Invite[], me: any, event: any, again: () => any}} props */
function List({ invites, me, event, again }) {
  if (invites.length === 0) return html`<p class="quiet">${t('invites.none')}</p>`;
  return html`<ul class="plain rows">${invites.map(
    (each) => html`<${Row} key=${each.id} each=${each} me=${me} event=${event} again=${again} />`,
  )}</ul>`;
}

/** @param {{each: Invite, me: any, event: any, again: () => any}} props */
function Row({ each, me, event, again }) {
  const role = t(STANDING_WORDS[each.role]);
  const revoke = use_act(async () => {
    await revoke_invite(me.slot, event.id, each.id);
    await again();
  });
  const ask = () => {
    if (window.confirm(t('invites.revoke_sure'))) void revoke.act();
  };
  const gone = each.expires_at !== undefined && each.expires_at < Date.now();
  return html`<li class="row wrap"><div class="grow row-words"><span class="strong">${role}</span>
    ${gone && html` <span class="tag">${t('invites.gone')}</span>`}
    <span class="sub">${
      each.uses === undefined
        ? t('invites.used', { n: each.used })
        : t('invites.used_of', { n: each.used, of: each.uses })
    } · ${t('invites.made')} <${Time} at=${each.created_at} />${
      each.expires_at !== undefined &&
      !gone &&
      html` · ${t('invites.until')} <${Time} at=${each.expires_at} />`
    }</span></div>
    <button type="button" class="button small" disabled=${revoke.busy} onClick=${ask}
      aria-label=${t('invites.revoke_name', { role })}>${t('invites.revoke')}</button>
    ${revoke.trouble}</li>`;
}
