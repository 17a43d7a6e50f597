// The table one sits at, at the head of the room: who is there, its topic and mood, who knocks.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { answer_knock, call_help, lock, set_mood, set_topic, stand } from '../app/actions.js';
import { name_of } from '../app/people.js';
import { server_now } from '../app/session.js';
import { change, use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { open_person, show_panel } from '../app/ui.js';
import { table_by_id } from '../store/room_list.js';
import { forget_knock } from '../store/table.js';
import { Avatar, Icon, IconButton } from './parts.js';

/** @typedef {import('../store/state.js').Table} Table */

const KNOCK_MS = 20_000;

export function MyTable() {
  const table = use_state((state) => table_by_id(state, state.place.table));
  const knocks = use_state((state) => state.talks[state.place.table ?? '']?.knocks);
  if (!table) return null;
  const sofa = table.capacity === null;
  return html`<section class="my-table" aria-labelledby="my-table-title">
    <header><div class="grow"><p class="kicker">${t(sofa ? 'my_table.on_sofa' : 'my_table.at')}</p>
        <h2 id="my-table-title" dir="auto">${table.name}</h2></div>
      <button type="button" class="button small" onClick=${stand}>
        <${Icon} name="stand" /> ${t(sofa ? 'table.leave_sofa' : 'table.stand')}</button></header>
    ${!sofa && html`<${Topic} table=${table} />`}
    <${Company} table=${table} />
    ${knocks?.map((knock) => html`<${Knocker} key=${knock.knock} table=${table.id} knock=${knock}
      />`)}
    ${!sofa && html`<${Tools} table=${table} />`}
  </section>`;
}

/** @param {{table: Table}} props */
function Topic({ table }) {
  const [editing, set_editing] = useState(false);
  if (!editing) {
    return html`<p class="topic-line"><span dir="auto" class=${table.topic ? '' : 'quiet'}>
      ${table.topic || t('my_table.no_topic')}</span>
      <${IconButton} icon="edit" label=${t('my_table.set_topic')} onClick=${() => set_editing(true)}
        /></p>`;
  }
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    set_editing(false);
    void set_topic(table.id, String(form.get('topic')).trim());
  };
  return html`<form class="row" onSubmit=${submit}>
    <label class="unseen" for="topic">${t('my_table.topic')}</label>
    <input id="topic" name="topic" class="grow" type="text" maxlength="200"
      defaultValue=${table.topic}
      ref=${(/** @type {HTMLInputElement | null} */ field) => field?.focus()} />
    <button class="button small primary">${t('action.save')}</button>
    <button type="button" class="button small" onClick=${() => set_editing(false)}>
      ${t('action.cancel')}</button>
  </form>`;
}

/** @param {{table: Table}} props */
function Company({ table }) {
  const people = use_state((state) => state.people);
  const me = use_state((state) => state.me);
  const visitors = use_state((state) => state.talks[table.id]?.visitors, [table.id]);
  const names = use_state(
    (state) => (table.seats ?? []).map(({ person }) => name_of(state, person)).join('\u0000'),
    [table],
  );
  const list = names.split('\u0000');
  const seats = table.seats ?? [];
  const alone = t(table.capacity === null ? 'my_table.alone_sofa' : 'my_table.alone');
  const open = (/** @type {string} */ person) => {
    open_person.value = person;
    show_panel('people');
  };
  return html`<ul class="plain company">
      ${seats.slice(0, 24).map(
        ({ person, state }, i) => html`<li key=${person}>
        <button type="button" class="face" onClick=${() => open(person)}>
          <${Avatar} id=${person} name=${list[i]} state=${people[person]?.state ?? state} />
          <bdi>${person === me ? t('person.you') : list[i]}</bdi>
          ${presence_word(people[person]?.state)}</button></li>`,
      )}
    </ul>
    ${seats.length === 1 && html`<p class="quiet">${alone}</p>`}
    ${visitors?.map(
      (person) => html`<p key=${person} class="quiet">
      ${t('visit.here', { name: people[person]?.name ?? t('person.someone') })}</p>`,
    )}`;
}

/** @param {string | undefined} state */
function presence_word(state) {
  if (state === 'reconnecting') return html`<span class="sub">${t('person.reconnecting')}</span>`;
  return state === 'away' ? html`<span class="sub">${t('person.away')}</span>` : null;
}

/** @param {{table: string, knock: import('../store/state.js').Knock}} props */
function Knocker({ table, knock }) {
  const name = use_state((state) => name_of(state, knock.person), [knock.person]);
  useEffect(() => {
    const left_ms = Math.max(0, knock.at + KNOCK_MS - server_now());
    const forget = () => change((state) => forget_knock(state, table, knock.knock));
    const timer = setTimeout(forget, left_ms);
    return () => clearTimeout(timer);
  }, [knock.knock]);
  return html`<div class="notice notice-ask">
    <p><bdi class="strong">${name}</bdi> ${t('knock.wants_in')}
      ${knock.line && html` <q dir="auto">${knock.line}</q>`}</p>
    <button type="button" class="button small primary"
      onClick=${() => answer_knock(table, knock.knock, true)}>${t('knock.let_in')}</button>
    <button type="button" class="button small"
      onClick=${() => answer_knock(table, knock.knock, false)}>${t('knock.leave')}</button>
  </div>`;
}

/** @param {{table: Table}} props */
function Tools({ table }) {
  const help = use_state((state) => state.talks[table.id]?.help ?? null, [table.id]);
  const deep = table.mood === 'deep';
  return html`<div class="row wrap tools">
    <button type="button" class="button small" aria-pressed=${deep ? 'true' : 'false'}
      onClick=${() => set_mood(table.id, deep ? 'open' : 'deep')}>
      <${Icon} name="message" /> ${t('table.state_deep')}</button>
    <button type="button" class="button small" aria-pressed=${table.locked ? 'true' : 'false'}
      onClick=${() => lock(table.id, !table.locked)}>
      <${Icon} name=${table.locked ? 'lock' : 'unlock'}
        /> ${t(table.locked ? 'table.unlock' : 'table.lock')}</button>
    <button type="button" class="button small" onClick=${() => show_panel('people')}>
      <${Icon} name="plus" /> ${t('my_table.invite')}</button>
    ${
      help
        ? html`<p class="quiet"><${Icon} name="help" /> ${t('help.on_the_way')}</p>`
        : html`<button type="button" class="button small" onClick=${() => call_help(table.id, '')}>
          <${Icon} name="help" /> ${t('help.call')}</button>`
    }
  </div>`;
}
