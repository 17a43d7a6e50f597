// An event made, or a whole series of a group's.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { create_series } from '../../app/groups_actions.js';
import { create_event } from '../../app/organise_actions.js';
import { t } from '../../app/text.js';
import { Ask, Trouble, choices, use_form } from '../account/form.js';
import { Page, Section, back } from '../account/page.js';
import { EVENT_WRONG, EventFields, read_event_fields } from './event_fields.js';
import { RoomsField, read_rooms } from './rooms_field.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */

const MINUTE_MS = 60_000;
const MEETINGS_MAX = 52;

/** Those whose dates they may set. @param {Me} me */
const own_groups = (me) => me.groups.filter(({ role }) => role !== 'member');

/** @param {Me} me @param {string} group @param {Record<string, string>} values */
async function make(me, group, values) {
  const event = { ...read_event_fields(values), rooms: read_rooms(values) };
  if (!group) {
    const id = await create_event(me.slot, event);
    return `/e/${encodeURIComponent(id)}#organise/invites`;
  }
  const { ends_at, ...rest } = event;
  const every_weeks = Number(values.every_weeks);
  await create_series(me.slot, group, {
    ...rest,
    minutes: Math.round((ends_at - event.starts_at) / MINUTE_MS),
    ...(every_weeks > 0 ? { every_weeks, count: Number(values.count) } : {}),
  });
  return `/g/${encodeURIComponent(group)}`;
}

/** @param {{me: Me, group?: {id: string, name: string}}} props `group`: where it is made for one */
export function NewEvent({ me, group: given }) {
  const groups = own_groups(me);
  const [group, set_group] = useState(given?.id ?? '');
  const [weeks, set_weeks] = useState(0);
  const form = use_form(
    async (values) => {
      const to = await make(me, group, values);
      location.assign(to);
    },
    { ...EVENT_WRONG, count: 'series.count_wrong' },
  );
  const title = given ? t('series.title', { group: given.name }) : t('event.new');
  const home = given ? `/g/${encodeURIComponent(given.id)}#` : '/';
  return html`<${Page} title=${title} me=${me} above=${back(home)}>
    <form class="stack" onSubmit=${form.submit} noValidate>
    <${Section} title=${t('event.what')}>
      <${EventFields} form=${form} />
      ${
        !given &&
        groups.length > 0 &&
        html`<${Ask} form=${form} name="group" label=${t('event.group')}
        hint=${t('event.group_hint')}
        onChange=${(/** @type {any} */ event) => set_group(event.currentTarget.value)}>
        ${choices([['', t('event.group_none')], ...groups.map(option)], group)}<//>`
      }
      ${group && html`<${Series} form=${form} weeks=${weeks} set_weeks=${set_weeks} />`}<//>
    <div class="card stack"><${RoomsField} form=${form} /></div>
    <${Trouble} form=${form} />
    <p><button class="button primary" disabled=${form.busy}>
      ${t(weeks > 0 ? 'series.make' : 'event.make')}</button></p></form><//>`;
}

/** @param {{id: string, name: string}} group @returns {[string, string]} */
const option = (group) => [group.id, group.name];

/**
 * @param {{form: import('../account/form.js').Form, weeks: number,
 *   set_weeks: (weeks: number) => void}} props
 */
function Series({ form, weeks, set_weeks }) {
  return html`<div class="pair"><${Ask} form=${form} name="every_weeks" label=${t('series.every')}
      onChange=${(/** @type {any} */ event) => set_weeks(Number(event.currentTarget.value))}>
      ${choices(
        [0, 1, 2, 4, 6, 8, 12].map((n) => [n, t('series.weeks', { n })]),
        weeks,
      )}<//>
    ${
      weeks > 0 &&
      html`<${Ask} form=${form} name="count" label=${t('series.count')} type="number" min="2"
      max=${MEETINGS_MAX} defaultValue="6" required />`
    }</div>${weeks > 0 && html`<p class="hint">${t('series.how')}</p>`}`;
}
