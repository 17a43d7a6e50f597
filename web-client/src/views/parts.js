// The small parts every view is made of: icons, initials, buttons that are only an icon, times.

import { html } from 'htm/preact';
import { hue_of, initials } from '../app/people.js';
import { full_time, t, when } from '../app/text.js';
import { server_now } from '../app/session.js';
import { icons } from './icons.js';

/**
 * @typedef {keyof typeof icons | keyof typeof import('./later_icons.js').later_icons} IconName
 */

const drawn = /** @type {Record<string, string>} */ (icons);

/** @param {{name: IconName, class?: string}} props */
export function Icon({ name, class: extra = '' }) {
  return html`<svg class=${`icon ${extra}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false"
    dangerouslySetInnerHTML=${{ __html: drawn[name] }}></svg>`;
}

/**
 * A button that shows only an icon still has a name, for the eye (as a hint) and the ear.
 * @param {{icon: IconName, label: string, onClick: (event: any) => void, class?: string,
 *   [more: string]: any}} props
 */
export function IconButton({ icon, label, onClick, class: extra = '', ...more }) {
  return html`<button type="button" class=${`icon-button ${extra}`} aria-label=${label}
    title=${label}
    onClick=${onClick} ...${more}><${Icon} name=${icon} /></button>`;
}

/** @param {{id: string, name: string, state?: string, small?: boolean}} props */
export function Avatar({ id, name, state = 'online', small = false }) {
  const size = small ? 'avatar-small' : '';
  return html`<span class=${`avatar hue-${hue_of(id)} ${size} is-${state}`} aria-hidden="true"
    title=${name}>${initials(name)}</span>`;
}

/** @param {{at: number}} props */
export function Time({ at }) {
  return html`<time dateTime=${new Date(at).toISOString()} title=${full_time(at)}>
    ${when(at, server_now())}</time>`;
}

/**
 * A badge for what is new: the number for the eye, a sentence for the ear.
 * @param {{n: number}} props
 */
export function Badge({ n }) {
  if (n === 0) return null;
  return html`<span class="badge"><span aria-hidden="true">${n > 99 ? '99+' : n}</span>
    <span class="unseen">${t('badge.new', { n })}</span></span>`;
}

/**
 * An empty place says what to do next.
 * @param {{icon: IconName, title: string, children?: any}} props
 */
export function Empty({ icon, title, children }) {
  return html`<div class="empty"><${Icon} name=${icon} />
    <p class="empty-title">${title}</p>${children}</div>`;
}

/** @param {{label: string, hint?: string, [more: string]: any}} props */
export function Field({ label, hint, multiline = false, ...input }) {
  const id = input.id ?? `field-${input.name}`;
  const hint_id = hint ? `${id}-hint` : undefined;
  const control = multiline
    ? html`<textarea rows="2" ...${input} id=${id} aria-describedby=${hint_id}></textarea>`
    : html`<input type="text" ...${input} id=${id} aria-describedby=${hint_id} />`;
  return html`<div class="field"><label for=${id}>${label}</label>${control}
    ${hint && html`<p class="hint" id=${hint_id}>${hint}</p>`}</div>`;
}
