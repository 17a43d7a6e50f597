// The pages outside an event: the front door, choosing whom to come back as, and the way out.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { arrival, removal } from '../app/happenings.js';
import { go_in, invite_of, known_here } from '../app/route.js';
import { t, when } from '../app/text.js';
import { Icon } from './parts.js';

/** @typedef {import('../app/route.js').Known} Known */

/** @param {{icon: any, title: string, children?: any}} props */
export function Door({ icon, title, children }) {
  return html`<main class="door"><div class="door-card">
    <p class="wordmark"><${Icon} name="coffee" /> ${t('app.name')}</p>
    ${icon && html`<${Icon} name=${icon} class="icon-large" />`}
    <h1 dir="auto">${title}</h1>${children}</div></main>`;
}

/** @param {{choices: Known[], named?: boolean}} props */
function KnownList({ choices, named = false }) {
  return html`<ul class="plain stack">${choices.map(
    (each) => html`<li key=${each.slot}>
    <button type="button" class="button wide" onClick=${() => go_in(each.event, each.slot)}>
      <bdi>${named ? t('door.back_to', { event: each.title, name: each.name }) : each.name}</bdi>
    </button></li>`,
  )}</ul>`;
}

export function Home() {
  const [known, set_known] = useState(/** @type {Known[]} */ ([]));
  useEffect(() => void known_here().then(set_known), []);
  return html`<${Door} icon=${null} title=${t('home.title')}>
    <p>${t('home.how')}</p>
    ${known.length > 0 && html`<h2>${t('home.known')}</h2><${KnownList} choices=${known} named />`}
  <//>`;
}

/** @param {{event: string, choices: Known[]}} props */
export function Choose({ event, choices }) {
  if (choices.length > 0) {
    return html`<${Door} icon=${null} title=${t('door.who')}><${KnownList} choices=${choices} />
      <//>`;
  }
  return html`<${Door} icon="door" title=${t('door.unknown')}>
    <p>${t('door.unknown_how')}</p><${InviteLink} event=${event} /><//>`;
}

/** @param {{event: string}} props */
function InviteLink({ event }) {
  const invite = invite_of(event);
  if (!invite) return null;
  return html`<a class="button primary" href=${`/j/${encodeURIComponent(invite)}`}>
    ${t('door.again')}</a>`;
}

const reload = () => html`<button type="button" class="button primary"
  onClick=${() => location.reload()}>${t('door.reload')}</button>`;

/** @param {{event: string, end: {code: number, reason: string | null}}} props */
export function Ended({ event, end }) {
  const { code, reason } = end;
  if (code === 4003 || reason === 'banned') {
    const refused = arrival.waiting && !removal.reason;
    const { banned, until_at } = removal;
    const title = banned ? 'ended.banned' : refused ? 'ended.refused' : 'ended.removed';
    return html`<${Door} icon="door" title=${t(title)}>
      ${removal.reason && html`<p>${t('ended.because')} <q dir="auto">${removal.reason}</q></p>`}
      ${until_at && html`<p>${t('ended.until', { time: when(until_at, Date.now()) })}</p>`}
      <p>${t('ended.removed_how')}</p><//>`;
  }
  if (code === 1000 || code === 4002) {
    return html`<${Door} icon="wave" title=${t('ended.left')}>
      <p>${t('ended.left_how')}</p>
      <a class="button primary" href=${`/e/${encodeURIComponent(event)}`}>${t('door.again')}</a>
        <//>`;
  }
  if (reason === 'not_found' || reason === 'forbidden') {
    return html`<${Door} icon="door" title=${t('ended.gone')}><p>${t('ended.gone_how')}</p><//>`;
  }
  if (code === 4001 && reason !== 'version_unsupported' && reason !== 'bad_request') {
    return html`<${Door} icon="door" title=${t('ended.signed_out')}>
      <p>${t('door.unknown_how')}</p><${InviteLink} event=${event} /><//>`;
  }
  const title =
    code === 4004 || reason === 'version_unsupported' ? 'ended.updated' : 'ended.stumbled';
  return html`<${Door} icon="retry" title=${t(title)}><p>${t('ended.reload_how')}</p>
    ${reload()}<//>`;
}
