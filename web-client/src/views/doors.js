// The pages outside an event: the front door, choosing whom to come back as, and the way out.

import { html } from 'htm/preact';
import { arrival, removal } from '../app/happenings.js';
import { invite_of } from '../app/route.js';
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

/** @param {{choices: Known[], go_in: (slot: number) => void}} props */
export function Choose({ choices, go_in }) {
  return html`<${Door} icon=${null} title=${t('door.who')}><ul class="plain stack">${choices.map(
    (each) => html`<li key=${each.slot}><button type="button" class="button wide"
      onClick=${() => go_in(each.slot)}><bdi>${each.name}</bdi></button></li>`,
  )}</ul><//>`;
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
