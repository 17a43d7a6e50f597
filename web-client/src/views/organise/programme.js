// The programme: what happens when, and in which room.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { HttpProblem } from '../../app/http.js';
import { change_event } from '../../app/organise_actions.js';
import { t } from '../../app/text.js';
import { instant_of, is_zone, own_zone, wall_time } from '../../app/zones.js';
import { Ask, Trouble, choices, use_form } from '../account/form.js';
import { Section } from '../account/page.js';
import { zone_words } from '../account/when.js';
import { Icon, IconButton } from '../parts.js';
import { Saved } from './details.js';

const MINUTE_MS = 60_000;
const ITEMS_MAX = 100;

/** @typedef {import('../../app/organise_actions.js').HostedEvent['programme'][0]} Item */

/** @param {Record<string, string>} values @param {string} zone @param {number} count */
function read_items(values, zone, count) {
  /** @type {Item[]} */
  const items = [];
  for (let i = 0; i < count; i++) {
    const of = (/** @type {string} */ field) => values[`programme[${i}].${field}`];
    const at = instant_of(of('at'), zone);
    if (at === null) throw new HttpProblem('missing', '', `programme[${i}].at`);
    const item = { at, minutes: Number(of('minutes')), title: of('title').trim() };
    items.push(of('room') ? { ...item, room: of('room') } : item);
  }
  return items.sort((a, b) => a.at - b.at);
}

/** @param {import('./organise.js').PartProps} props */
export function Programme({ me, event, set }) {
  const zone = is_zone(event.timezone) ? event.timezone : own_zone();
  const [rows, set_rows] = useState(() => event.programme.map((item, key) => ({ key, item })));
  const [done, set_done] = useState(false);
  const form = use_form(async (values) => {
    set_done(false);
    const programme = read_items(values, zone, rows.length);
    const changed = await change_event(me.slot, event.id, { programme });
    set(changed);
    set_rows(changed.programme.map((item, i) => ({ key: 1000 * rows.length + i, item })));
    set_done(true);
  });
  const add = () => {
    const last = rows.at(-1)?.item;
    const at = last ? last.at + last.minutes * MINUTE_MS : event.starts_at;
    const key = Math.max(0, ...rows.map((row) => row.key)) + 1;
    set_rows([...rows, { key, item: { at, minutes: 30, title: '' } }]);
    set_done(false);
  };
  return html`<${Section} title=${t('organise.programme')}>
    <p class="hint">${t('programme.zone', { zone: zone_words(zone) })}</p>
    ${rows.length === 0 && html`<p class="quiet">${t('programme.none')}</p>`}
    <form class="stack" onSubmit=${form.submit} noValidate>
    ${rows.map(
      ({ key, item }, i) => html`<${Row} key=${key} form=${form} item=${item} i=${i} zone=${zone}
      rooms=${event.rooms}
      remove=${() => set_rows(rows.filter((row) => row.key !== key))} />`,
    )}
    <p><button type="button" class="button small" disabled=${rows.length >= ITEMS_MAX}
      onClick=${add}><${Icon} name="plus" /> ${t('programme.add')}</button></p>
    <${Trouble} form=${form} /><p class="row wrap"><button class="button primary"
      disabled=${form.busy}>${t('action.save')}</button><${Saved} shown=${done} /></p></form><//>`;
}

/**
 * @param {{form: import('../account/form.js').Form, item: Item, i: number, zone: string,
 *   rooms: {id: string, name: string}[], remove: () => void}} props
 */
function Row({ form, item, i, zone, rooms, remove }) {
  const field = (/** @type {string} */ name) => ({
    form,
    name: `programme[${i}].${name}`,
    id: `item-${i}-${name}`,
  });
  return html`<div class="item-row" role="group" aria-label=${t('programme.nth', { n: i + 1 })}>
    <${Ask} ...${field('title')} label=${t('programme.what')} maxlength="100" required
      defaultValue=${item.title} />
    <${Ask} ...${field('at')} label=${t('programme.at')} type="datetime-local" required
      defaultValue=${wall_time(item.at, zone)} />
    <${Ask} ...${field('minutes')} label=${t('programme.length')} type="number" min="1" max="1440"
      required defaultValue=${item.minutes} />
    <${Ask} ...${field('room')} label=${t('programme.room')}>${choices(
      [
        ['', t('programme.anywhere')],
        .../** @type {[string, string][]} */ (rooms.map((room) => [room.id, room.name])),
      ],
      item.room ?? '',
    )}<//>
    <${IconButton} icon="trash" label=${t('programme.remove', { n: i + 1 })} onClick=${remove} />
    </div>`;
}
