// My table while a round runs: where I am and with whom, what each asks and offers, a question to
// begin with, how long it still goes.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { call_help } from '../../app/actions.js';
import { name_of } from '../../app/people.js';
import { ask_time, sit_out } from '../../app/round_actions.js';
import { round_sound, set_round_sound } from '../../app/round_sound.js';
import { server_now } from '../../app/session.js';
import { current, use_state } from '../../app/store.js';
import { join_names, t } from '../../app/text.js';
import { open_person, show_panel } from '../../app/ui.js';
import { is_wrapping, newcomers_here, round_here } from '../../store/round_reading.js';
import { table_by_id } from '../../store/room_list.js';
import { Avatar, Icon } from '../parts.js';
import { OpenerCard } from './opener_card.js';

/** @typedef {import('../../store/state.js').Table} Table */
/** @typedef {import('../../store/state.js').Round} Round */

export function MyRound() {
  const table = use_state((state) => table_by_id(state, state.place.table));
  const round = use_state(round_here);
  const alone = use_state((state) => state.talks[state.place.table ?? '']?.shrunk?.left === 1);
  if (!table || !round) return null;
  const wrapping = is_wrapping(round, table.id);
  return html`<section class="my-round" aria-labelledby="my-round-title">
    <header><p class="kicker">${t('my_table.at')}</p>
      <h2 id="my-round-title" dir="auto">${table.name}</h2></header>
    ${!wrapping && html`<${Newcomers} />`}
    <${Company} table=${table} alone=${alone} />
    ${!wrapping && !alone && html`<${OpenerCard} table=${table.id} round=${round} />`}
    <${Visitors} table=${table.id} />
    <${Tools} table=${table.id} wrapping=${wrapping} />
  </section>`;
}

const LOOK_AGAIN_MS = 5_000;

function Newcomers() {
  const [, look_again] = useState(0);
  use_state((state) => state.newcomers);
  use_state((state) => state.place.table);
  const people = newcomers_here(current(), server_now()).map(({ person }) => person);
  const names = use_state(
    (state) => people.map((person) => name_of(state, person)).join('\u0000'),
    [people.join()],
  );
  useEffect(() => {
    if (people.length === 0) return undefined;
    const timer = setTimeout(() => look_again((n) => n + 1), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  });
  if (people.length === 0) return null;
  const list = names.split('\u0000');
  const key = list.length > 1 ? 'newcomer.join' : 'newcomer.joins';
  return html`<p class="callout newcomer"><${Icon} name="wave" />
    <span dir="auto">${t(key, { names: join_names(list) })}</span></p>`;
}

/** The others at the table. @param {{table: Table, alone: boolean}} props */
function Company({ table, alone }) {
  const me = use_state((state) => state.me);
  const others = (table.seats ?? []).filter(({ person }) => person !== me);
  if (others.length === 0) {
    return html`<p class="quiet">${t(alone ? 'round.alone' : 'round.alone_yet')}</p>`;
  }
  return html`<ul class="plain round-company" aria-label=${t('round.with')}>
    ${others.map(({ person }) => html`<${Companion} key=${person} id=${person} />`)}</ul>`;
}

/** @param {{id: string}} props */
function Companion({ id }) {
  const name = use_state((state) => name_of(state, id), [id]);
  const person = use_state((state) => state.people[id], [id]);
  const show = () => {
    open_person.value = id;
    show_panel('people');
  };
  const work = [person?.title, person?.org].filter(Boolean).join(', ');
  const presence = person?.state ?? 'online';
  return html`<li class="companion">
    <${Avatar} id=${id} name=${name} state=${presence} />
    <div class="grow"><p class="person-name">
        <button type="button" class="name" onClick=${show}><bdi>${name}</bdi></button>
        ${
          presence !== 'online' &&
          html`<span class="tag">
          ${t(presence === 'away' ? 'person.away' : 'person.reconnecting')}</span>`
        }</p>
      ${work && html`<p class="sub" dir="auto">${work}</p>`}
      ${person?.about && html`<p dir="auto">${person.about}</p>`}
      ${
        (person?.ask || person?.offer) &&
        html`<dl class="wants">
        ${
          person.ask &&
          html`<div><dt>${t('person.asks')}</dt><dd dir="auto">${person.ask}</dd>
          </div>`
        }
        ${
          person.offer &&
          html`<div><dt>${t('person.offers')}</dt><dd dir="auto">${person.offer}</dd>
          </div>`
        }</dl>`
      }</div></li>`;
}

/** @param {{table: string}} props */
function Visitors({ table }) {
  const names = use_state(
    (state) =>
      (state.talks[table]?.visitors ?? [])
        .filter((person) => person !== state.me)
        .map((person) => name_of(state, person))
        .join('\u0000'),
    [table],
  );
  if (!names) return null;
  const words = names.split('\u0000').map((name) => t('visit.here', { name }));
  return html`<p class="quiet">${words.join(' ')}</p>`;
}

/** @param {{table: string, wrapping: boolean}} props */
function Tools({ table, wrapping }) {
  const asked = use_state((state) => state.talks[table]?.time_asked ?? null, [table]);
  const mine = use_state(
    (state) => state.talks[table]?.time_asked?.by.includes(state.me) === true,
    [table],
  );
  const help = use_state((state) => state.talks[table]?.help ?? null, [table]);
  const on = round_sound.value;
  // The button goes away with the table: the focus stays in the place.
  const leave = () => {
    void sit_out(true);
    document.getElementById('place')?.focus();
  };
  const sound = t(on ? 'sound.off' : 'sound.on');
  return html`<div class="row wrap tools">
    <button type="button" class=${`button small ${wrapping && !mine ? 'primary' : ''}`}
      aria-pressed=${mine ? 'true' : 'false'} onClick=${() => mine || ask_time(table)}>
      <${Icon} name="plus" /> ${t('round.ask_time')}</button>
    ${
      asked &&
      html`<p class="quiet" role="status">
        ${t('round.asked', { yes: asked.yes, of: asked.of })}</p>`
    }
    ${
      help
        ? html`<p class="quiet"><${Icon} name="help" /> ${t('help.on_the_way')}</p>`
        : html`<button type="button" class="button small" onClick=${() => call_help(table, '')}>
          <${Icon} name="help" /> ${t('help.call')}</button>`
    }
    <button type="button" class="button small" aria-pressed=${on ? 'true' : 'false'}
      aria-label=${sound} title=${sound}
      onClick=${() => set_round_sound(!on)}><${Icon} name=${on ? 'sound' : 'silent'} /></button>
    <button type="button" class="link" onClick=${leave}>${t('round.sit_out')}</button>
  </div>`;
}
