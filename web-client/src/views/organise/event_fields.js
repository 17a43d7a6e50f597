// The fields an event is made of: what, when and in which zone, who is let in, how long it is kept.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { HttpProblem } from '../../app/http.js';
import { t } from '../../app/text.js';
import { all_zones, instant_of, is_zone, own_zone, wall_time } from '../../app/zones.js';
import { end_of } from '../../store/state.js';
import { Ask, choices } from '../account/form.js';
import { When, zone_words } from '../account/when.js';

/** @typedef {import('../account/form.js').Form} Form */
/** @typedef {import('../../app/organise_actions.js').HostedEvent} HostedEvent */

const MINUTE_MS = 60_000;
const USUAL_MS = 90 * MINUTE_MS;
const DAYS_KEPT = [7, 30, 90, 365, 0];

/** In a week, at a full hour: what is asked for at once is changed anyway. */
const usual_start = () => {
  const start = new Date(Date.now() + 7 * 24 * 60 * MINUTE_MS);
  return start.setHours(15, 0, 0, 0);
};

/**
 * What the fields mean; refuses what no server would take.
 * @param {Record<string, string>} values
 * @param {HostedEvent} [event] as it is; one without an end goes on without, unless it is given one
 */
export function read_event_fields(values, event) {
  const starts_at = instant_of(values.starts_at, values.timezone);
  const no_end = event && !end_of(event) && !values.ends_at ? event.ends_at : null;
  const ends_at = no_end ?? instant_of(values.ends_at, values.timezone);
  if (starts_at === null) throw new HttpProblem('missing', '', 'starts_at');
  if (ends_at === null) throw new HttpProblem('missing', '', 'ends_at');
  if (ends_at <= starts_at) throw new HttpProblem('too_early', '', 'ends_at');
  return {
    title: values.title.trim(),
    starts_at,
    ends_at,
    timezone: values.timezone,
    admission: values.admission,
    retention_days: Number(values.retention_days),
  };
}

/** @type {Record<string, import('../../app/text.js').Key>} */
export const EVENT_WRONG = {
  'ends_at.too_early': 'event.ends_first',
  'ends_at.bad_request': 'event.ends_first',
  forbidden: 'organise.not_yours',
};

/** @param {number} days */
export const kept_words = (days) =>
  days > 0 ? t('event.kept_days', { n: days }) : t('event.kept_for_good');

/** @param {{form: Form, event?: HostedEvent}} props */
export function EventFields({ form, event }) {
  const has_end = !event || end_of(event) !== null;
  const [zone, set_zone] = useState(event && is_zone(event.timezone) ? event.timezone : own_zone());
  const [start, set_start] = useState(() => wall_time(event?.starts_at ?? usual_start(), zone));
  const [end, set_end] = useState(() =>
    has_end ? wall_time(event?.ends_at ?? usual_start() + USUAL_MS, zone) : '',
  );
  const starts_at = instant_of(start, zone);
  const ends_at = end || has_end ? instant_of(end, zone) : (event?.ends_at ?? null);
  const choose_start = (/** @type {any} */ change) => {
    const next = change.currentTarget.value;
    const at = instant_of(next, zone);
    // An event that is put off is as long as it was.
    const length_ms = starts_at !== null && ends_at !== null ? ends_at - starts_at : 0;
    if (at !== null && end) set_end(wall_time(at + (length_ms > 0 ? length_ms : USUAL_MS), zone));
    set_start(next);
  };
  const kept = event?.retention_days ?? 90;
  const days = DAYS_KEPT.includes(kept) ? DAYS_KEPT : [kept, ...DAYS_KEPT];
  return html`<${Ask} form=${form} name="title" label=${t('event.title')} maxlength="100" required
      defaultValue=${event?.title ?? ''} />
    <div class="pair"><${Ask} form=${form} name="starts_at" label=${t('event.starts')}
      type="datetime-local" value=${start} onInput=${choose_start} required />
    <${Ask} form=${form} name="ends_at" label=${t('event.ends')} type="datetime-local"
      value=${end} min=${start} required=${has_end}
      onInput=${(/** @type {any} */ change) => set_end(change.currentTarget.value)} /></div>
    <${Ask} form=${form} name="timezone" label=${t('event.zone')} hint=${t('event.zone_hint')}
      onChange=${(/** @type {any} */ change) => set_zone(change.currentTarget.value)}>
      ${choices(
        [...new Set([own_zone(), zone, ...all_zones()])].map((name) => [name, zone_words(name)]),
        zone,
      )}<//>
    ${
      starts_at !== null &&
      ends_at !== null &&
      ends_at > starts_at &&
      html`<div class="seen-as"><p class="small">${t('event.seen_as')}</p>
      <${When} event=${{ starts_at, ends_at, timezone: zone }} /></div>`
    }
    <${Ask} form=${form} name="admission" label=${t('event.admission')}>${choices(
      [
        ['open', t('event.admission_open')],
        ['approval', t('event.admission_approval')],
      ],
      event?.admission ?? 'open',
    )}<//>
    <${Ask} form=${form} name="retention_days" label=${t('event.kept')}
      hint=${t('event.kept_hint')}>${choices(
        days.map((each) => [each, kept_words(each)]),
        kept,
      )}<//>`;
}
