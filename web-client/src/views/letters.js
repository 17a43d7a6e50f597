// Direct messages: the list, one conversation, a new one.

import { html } from 'htm/preact';
import { useRef, useState } from 'preact/hooks';
import { answer_request, start_conversation } from '../app/meeting_actions.js';
import { draft_of, keep_draft } from '../app/composing.js';
import { from_wire, matching } from '../app/mentions.js';
import { name_of } from '../app/people.js';
import { current, use_state } from '../app/store.js';
import { join_names, t } from '../app/text.js';
import { open_conversation, show_conversation, writing_to } from '../app/ui.js';
import { unread_in } from '../app/unread.js';
import { latest_of } from '../store/held.js';
import { Composer, use_wanted_focus } from './composer.js';
import { conversation_order, conversation_title } from './conversation_name.js';
import { MessageList } from './message_list.js';
import { PanelHead } from './panel.js';
import { Avatar, Badge, Empty, Icon, Time } from './parts.js';
import { HowLong } from './place.js';
import { use_roving } from './roving.js';

const REQUEST_MAX = 300;
const PEOPLE_MAX = 7;

export function Letters() {
  if (writing_to.value) return html`<${NewLetter} people=${writing_to.value} />`;
  const id = open_conversation.value;
  const known = use_state((state) => id !== null && id in state.conversations, [id]);
  return id && known ? html`<${Letter} key=${id} id=${id} />` : html`<${LetterList} />`;
}

function LetterList() {
  const order = use_state(conversation_order);
  const list = use_roving();
  return html`<div class="letters"><div class="pad row"><h2 class="grow">${t('panel.messages')}</h2>
      <button type="button" class="button small" onClick=${() => (writing_to.value = [])}>
        <${Icon} name="plus" /> ${t('conversation.new')}</button></div>
    ${
      order.length === 0 &&
      html`<${Empty} icon="messages" title=${t('conversation.none')}>
      <p>${t('conversation.none_how')}</p><//>`
    }
    <ul class="plain" ref=${list} aria-label=${t('panel.messages')}>
      ${order.map((id) => html`<${LetterRow} key=${id} id=${id} />`)}</ul></div>`;
}

/** @param {{id: string}} props */
function LetterRow({ id }) {
  const stream = `conversation:${id}`;
  const other = use_state(
    (state) => state.conversations[id]?.people.find((person) => person !== state.me) ?? '',
    [id],
  );
  const title = use_state((state) => conversation_title(state, id), [id]);
  const person = use_state((state) => state.people[other], [other]);
  const last = use_state((state) => latest_of(state.streams[stream]), [stream]);
  const news = use_state((state) => unread_in(state, stream), [stream]);
  const asked = use_state(
    (state) => {
      const conversation = state.conversations[id];
      return conversation?.state === 'requested' && conversation.requested_by !== state.me;
    },
    [id],
  );
  const words = last ? from_wire(last.body, (who) => name_of(current(), who)).text : '';
  return html`<li><button type="button" class="letter-row" data-rove
    onClick=${() => show_conversation(id)}>
    <${Avatar} id=${other} name=${person?.name ?? ''} state=${person?.state} />
    <span class="grow"><span class="letter-top"><bdi class="strong grow">${title}</bdi>
      ${last && html`<span class="sub"><${Time} at=${last.at} /></span>`}</span>
      <span class="sub one-line" dir="auto">${asked ? `${t('conversation.request')} ` : ''}${
        last?.deleted ? t('message.deleted_short') : words
      }</span></span>
    <${Badge} n=${news} /></button></li>`;
}

/** @param {{id: string}} props */
function Letter({ id }) {
  const stream = `conversation:${id}`;
  const title = use_state((state) => conversation_title(state, id), [id]);
  const group = use_state((state) => (state.conversations[id]?.people.length ?? 0) > 2, [id]);
  const asked = use_state((state) => state.conversations[id]?.state === 'requested', [id]);
  const mine = use_state((state) => state.conversations[id]?.requested_by === state.me, [id]);
  const answer = (/** @type {boolean} */ accept) => {
    void answer_request(id, accept);
    if (!accept) open_conversation.value = null;
  };
  return html`<div class="chat">
    <${PanelHead} title=${title} back=${() => (open_conversation.value = null)} />
    <p class="who-reads"><${Icon} name="eye" /> ${
      group ? t('reads.group') : t('reads.two', { name: title })
    } ${' '}<${HowLong} /></p>
    <${MessageList} key=${stream} stream=${stream} />
    ${
      asked &&
      !mine &&
      html`<div class="request"><p>${t('conversation.asks', { name: title })}</p>
      <div class="row"><button type="button" class="button small primary"
        onClick=${() => answer(true)}>
        ${t('conversation.accept')}</button>
      <button type="button" class="button small" onClick=${() => answer(false)}>
        ${t('conversation.decline')}</button></div>
      <p class="quiet small">${t('conversation.decline_silent')}</p></div>`
    }
    <${Composer} key=${`c-${stream}`} stream=${stream} />
  </div>`;
}

/** @param {{people: string[]}} props */
function NewLetter({ people }) {
  const key = `new.${[...people].sort().join()}`;
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [text, set_text] = useState(draft_of(key).text);
  const [busy, set_busy] = useState(false);
  const names = use_state((state) => join_names(people.map((id) => name_of(state, id))), [people]);
  use_wanted_focus(field);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!text.trim() || people.length === 0 || busy) return;
    set_busy(true);
    if (await start_conversation(people, text)) keep_draft(key, { text: '', mentions: [] });
    set_busy(false);
  };
  return html`<div class="chat"><${PanelHead}
    title=${people.length ? names : t('conversation.new_title')}
      back=${() => (writing_to.value = null)} />
    <${Recipients} people=${people} />
    <form class="pad stack" onSubmit=${submit}>
      <div class="field"><label for="letter">${t('conversation.first_words')}</label>
        <textarea ref=${field} id="letter" rows="4" dir="auto" maxlength=${REQUEST_MAX}
          value=${text}
          onInput=${(/** @type {any} */ event) => {
            set_text(event.currentTarget.value);
            keep_draft(key, { text: event.currentTarget.value, mentions: [] });
          }}></textarea>
        <p class="hint">${t('conversation.first_hint', { n: REQUEST_MAX })}</p></div>
      <button class="button primary" disabled=${busy || !text.trim() || people.length === 0}>
        <${Icon} name="send" /> ${t('composer.send')}</button>
    </form></div>`;
}

/** Whom it goes to: up to seven others. @param {{people: string[]}} props */
function Recipients({ people }) {
  const [query, set_query] = useState('');
  const known = use_state((state) => state.people);
  const me = use_state((state) => state.me);
  const others = Object.values(known).filter(({ id }) => id !== me && !people.includes(id));
  const offered = query.trim() ? matching(others, query.trim().toLocaleLowerCase(), 6) : [];
  return html`<div class="pad stack recipients"><div class="chips">${people.map(
    (id) => html`<button key=${id} type="button"
      class="chip" aria-label=${t('conversation.without', { name: known[id]?.name ?? '' })}
      onClick=${() => (writing_to.value = people.filter((each) => each !== id))}>
      <bdi>${known[id]?.name}</bdi> <${Icon} name="close" /></button>`,
  )}</div>
    ${
      people.length < PEOPLE_MAX &&
      html`<div class="field"><label for="recipient">
      ${t(people.length ? 'conversation.add' : 'conversation.to')}</label>
      <input id="recipient" type="search" autocomplete="off" value=${query}
        onInput=${(/** @type {any} */ event) => set_query(event.currentTarget.value)} /></div>
      ${
        offered.length > 0 &&
        html`<ul class="plain offered">${offered.map(
          (person) => html`<li key=${person.id}>
        <button type="button" class="nav-row" onClick=${() => {
          writing_to.value = [...people, person.id];
          set_query('');
        }}><${Avatar} id=${person.id} name=${person.name} small /><bdi>${person.name}</bdi></button>
          </li>`,
        )}</ul>`
      }`
    }
  </div>`;
}
