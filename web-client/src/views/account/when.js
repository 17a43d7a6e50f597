// When an event is, in the viewer's zone and, where that is another, in the event's own.

import { html } from 'htm/preact';
import { clock_time, day_name, region, t } from '../../app/text.js';
import { end_of } from '../../store/state.js';
import { is_zone, own_zone } from '../../app/zones.js';

/** `Europe/Copenhagen` as people say it. @param {string} zone */
export const zone_words = (zone) => zone.replaceAll('_', ' ');

/** @param {number} a @param {number} b */
const same_day = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

/** @param {number} at */
const day_words = (at) => {
  const is_this_year = new Date(at).getFullYear() === new Date().getFullYear();
  if (is_this_year) return day_name(at);
  return new Intl.DateTimeFormat(region(), { dateStyle: 'full' }).format(at);
};

/** "18 October 2025". @param {number} at */
export const date_words = (at) =>
  new Intl.DateTimeFormat(region(), { dateStyle: 'long' }).format(at);

/**
 * In the viewer's zone: "Tuesday 4 March, 14:30–16:00".
 * @param {{starts_at?: number, ends_at?: number}} event
 */
export function span_words(event) {
  const { starts_at } = event;
  const ends_at = end_of({ ends_at: event.ends_at ?? null });
  if (!starts_at) return '';
  if (!ends_at) return `${day_words(starts_at)}, ${clock_time(starts_at)}`;
  const end = same_day(starts_at, ends_at)
    ? clock_time(ends_at)
    : ` ${day_words(ends_at)}, ${clock_time(ends_at)}`;
  return `${day_words(starts_at)}, ${clock_time(starts_at)}–${end}`;
}

/**
 * The same in another zone; nothing where its clocks show what the viewer's do.
 * @param {{starts_at: number, ends_at: number, timezone?: string}} event
 */
export function span_there({ starts_at, ends_at, timezone }) {
  if (!timezone || timezone === own_zone() || !is_zone(timezone)) return '';
  /** @param {Intl.DateTimeFormatOptions} options @param {number} at @param {string} [zone] */
  const written = (options, at, zone) =>
    new Intl.DateTimeFormat(region(), { ...options, timeZone: zone }).format(at);
  const there = (/** @type {number} */ at) => written({ timeStyle: 'short' }, at, timezone);
  const day = written({ weekday: 'long' }, starts_at, timezone);
  const is_other_day = day !== written({ weekday: 'long' }, starts_at);
  if (!is_other_day && there(starts_at) === clock_time(starts_at)) return '';
  const span = end_of({ ends_at }) ? `${there(starts_at)}–${there(ends_at)}` : there(starts_at);
  const time = is_other_day ? `${day}, ${span}` : span;
  return t('time.there', { time, zone: zone_words(timezone) });
}

/** @param {{event: {starts_at: number, ends_at: number, timezone?: string}}} props */
export function When({ event }) {
  const there = span_there(event);
  return html`<p class="when">${span_words(event)}
    ${there && html`<span class="sub">${there}</span>`}</p>`;
}

const STATE_WORDS = /** @type {Record<string, import('../../app/text.js').Key>} */ ({
  live: 'event.is_live',
  over: 'event.is_over',
});

/** Only what is not to be expected is said. @param {{state?: string}} props */
export function StateTag({ state = '' }) {
  if (!STATE_WORDS[state]) return null;
  return html`<span class=${`tag ${state === 'live' ? 'tag-staff' : ''}`}>
    ${t(STATE_WORDS[state])}</span>`;
}
