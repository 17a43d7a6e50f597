// The people of the event as moderators look for them: by name, by who wrote lately, the muted, the
// removed; one by one, or many at once with one reason.

import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { list_people } from '../../app/meeting_actions.js';
import { wrote_lately } from '../../app/crowd.js';
import { name_of } from '../../app/people.js';
import { may_choose } from '../../app/rank.js';
import { server_now } from '../../app/session.js';
import { current, use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Avatar } from '../parts.js';
import { use_roving } from '../roving.js';
import { Chosen, Progress, chosen, choose } from './chosen.js';
import { open_item, toggle_item } from './items.js';
import { PersonTools } from './person_tools.js';

/** @typedef {import('../../store/state.js').State} State */
/** @typedef {import('../../app/crowd.js').Face} Face */
/** @typedef {'wrote' | 'here' | 'waiting' | 'muted' | 'removed'} View */

const VIEWS = /** @type {const} */ (['wrote', 'here', 'waiting', 'muted', 'removed']);
const SHOWN_STEP = 60;
const ASKED_AFTER_MS = 300;
const MINUTES = [1, 5, 15];
/**
 * What can be taken back from those in a view.
 * @type {Partial<Record<View, 'unmute' | 'unban'>>}
 */
const BACK = { muted: 'unmute', removed: 'unban' };

/** @type {import('@preact/signals').Signal<View>} */
const view = signal('wrote');
const search = signal({ minutes: 5, guests_only: true, fresh_only: false });

/** @param {State} state @param {View} which @param {string} query @returns {string[]} */
function people_in(state, which, query) {
  if (query) {
    const all = Object.values(state.people).filter(({ id }) => id !== state.me);
    return all
      .filter(({ name }) => name.toLocaleLowerCase().includes(query))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ id }) => id);
  }
  const now = server_now();
  switch (which) {
    case 'wrote':
      return wrote_lately(state, search.value, now).map(({ person }) => person);
    case 'waiting':
      return state.desk?.waiting ?? [];
    case 'muted':
      return (state.desk?.muted ?? [])
        .filter(({ until_at }) => until_at > now)
        .map(({ person }) => person);
    case 'removed':
      return (state.desk?.removed ?? []).map(({ person }) => person).reverse();
    default:
      return state.present.filter((id) => id !== state.me);
  }
}

export function PeopleDesk() {
  const [query, set_query] = useState('');
  const [shown, set_shown] = useState(SHOWN_STEP);
  const list = use_roving();
  const wanted = query.trim().toLocaleLowerCase();
  useEffect(() => {
    if (!wanted) return undefined;
    const timer = setTimeout(() => void list_people({ query: wanted }), ASKED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  useEffect(() => () => void (chosen.value = []), []);
  const { minutes, guests_only, fresh_only } = search.value;
  const joined = use_state(
    (state) => people_in(state, view.value, wanted).join(),
    [view.value, wanted, minutes, guests_only, fresh_only],
  );
  const people = useMemo(() => joined.split(',').filter(Boolean), [joined]);
  const talk = use_state((state) => state.streams);
  const faces = useMemo(() => faces_within(minutes), [talk, minutes]);
  const pick = (/** @type {View} */ each) => () => {
    view.value = each;
    set_query('');
    set_shown(SHOWN_STEP);
    chosen.value = [];
  };
  return html`<div class="people-desk" ref=${list}>
    <div class="pad stack"><div class="field"><label class="unseen" for="desk-query">
        ${t('crowd.find')}</label>
      <input id="desk-query" type="search" maxlength="100" placeholder=${t('crowd.find')}
        value=${query}
        onInput=${(/** @type {any} */ event) => set_query(event.currentTarget.value)} /></div>
      <div class="chips" role="group" aria-label=${t('crowd.views')}>${VIEWS.map(
        (each) => html`<button key=${each} type="button" class="chip"
          aria-pressed=${String(!wanted && view.value === each)} onClick=${pick(each)}>
          ${t(`crowd.${each}`)}</button>`,
      )}</div>
      ${!wanted && view.value === 'wrote' && html`<${WroteSearch} />`}
      <${ChooseAll} people=${people} /></div>
    <${Progress} />
    ${people.length === 0 && html`<p class="quiet pad-side">${t('crowd.nobody')}</p>`}
    <ul class="plain">${people.slice(0, shown).map(
      (id) => html`<${Row} key=${id} id=${id} face=${faces.get(id)} />`,
    )}</ul>
    ${
      people.length > shown &&
      html`<p class="pad"><button type="button" class="button small"
        onClick=${() => set_shown(shown + SHOWN_STEP)}>${t('people.more')}</button></p>`
    }
    <${Chosen} back=${wanted ? undefined : BACK[view.value]} /></div>`;
}

/** Who wrote how often, and what last. @param {number} minutes */
function faces_within(minutes) {
  const all = { minutes, guests_only: false, fresh_only: false };
  const faces = wrote_lately(current(), all, server_now());
  return new Map(faces.map((face) => [face.person, face]));
}

function WroteSearch() {
  const { minutes, guests_only, fresh_only } = search.value;
  const set = (/** @type {Partial<typeof search.value>} */ change) =>
    (search.value = { ...search.value, ...change });
  return html`<div class="row wrap crowd-search">
    <label class="unseen" for="crowd-minutes">${t('crowd.within')}</label>
    <select id="crowd-minutes" value=${minutes}
      onChange=${(/** @type {any} */ event) =>
        set({ minutes: Number(event.currentTarget.value) })}>
      ${MINUTES.map(
        (n) => html`<option key=${n} value=${n} selected=${n === minutes}>
          ${t('crowd.minutes', { n })}</option>`,
      )}</select>
    <label class="check"><input type="checkbox" checked=${guests_only}
      onChange=${(/** @type {any} */ event) =>
        set({ guests_only: event.currentTarget.checked })} />
      <span>${t('crowd.guests_only')}</span></label>
    <label class="check"><input type="checkbox" checked=${fresh_only}
      onChange=${(/** @type {any} */ event) =>
        set({ fresh_only: event.currentTarget.checked })} />
      <span>${t('crowd.fresh_only')}</span></label></div>`;
}

/** @param {{people: string[]}} props */
function ChooseAll({ people }) {
  const many = use_state(
    (state) => people.filter((id) => may_choose(state, id)).join(),
    [people],
  )
    .split(',')
    .filter(Boolean);
  if (many.length < 2) return null;
  const all = many.every((id) => chosen.value.includes(id));
  return html`<p><button type="button" class="button small"
    onClick=${() => (chosen.value = all ? [] : many)}>
    ${all ? t('crowd.choose_none') : t('crowd.choose_all', { n: many.length })}</button></p>`;
}

/** @param {{id: string, face?: Face}} props */
function Row({ id, face }) {
  const item = `person-${id}`;
  const open = open_item.value === item;
  const name = use_state((state) => name_of(state, id), [id]);
  const person = use_state((state) => state.people[id], [id]);
  const allowed = use_state((state) => may_choose(state, id), [id]);
  const role = person?.role && person.role !== 'member' ? person.role : '';
  return html`<li class="queue-item crowd-row" data-item=${item}>
    <div class="row">${
      allowed &&
      html`<input type="checkbox" class="crowd-check" checked=${chosen.value.includes(id)}
        aria-label=${t('crowd.choose', { name })}
        onChange=${() => choose(id)} />`
    }
    <button type="button" class="queue-head" data-rove aria-expanded=${String(open)}
      onClick=${() => toggle_item(item)}>
      <${Avatar} id=${id} name=${name} state=${person?.state} small />
      <span class="grow"><span class="person-name"><bdi class="strong">${name}</bdi>
        ${person?.guest && html`<span class="tag">${t('person.guest')}</span>`}
        ${face?.fresh && html`<span class="tag">${t('crowd.fresh')}</span>`}
        ${
          role &&
          html`<span class="tag tag-staff">
          ${t(/** @type {any} */ (`role.${role}`))}</span>`
        }</span>
      ${
        face &&
        html`<span class="sub">${t('crowd.wrote_times', { n: face.wrote })}</span>
        <span class="sub one-line" dir="auto">${face.last}</span>`
      }</span></button></div>
    ${
      open &&
      html`<div class="queue-body"><${PersonTools} person=${id} item=${item} /></div>`
    }</li>`;
}
