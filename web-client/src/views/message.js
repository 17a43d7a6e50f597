// One message: who, when, the words, what others felt about it, and what can be done with it.

import { html } from 'htm/preact';
import { load_answered, react } from '../app/chat_actions.js';
import { from_wire } from '../app/mentions.js';
import { discard, try_again } from '../app/outbox.js';
import { name_of } from '../app/people.js';
import { status } from '../app/session.js';
import { change, use_state } from '../app/store.js';
import { clock_time, full_time, join_names, t } from '../app/text.js';
import { open_person, show_panel } from '../app/ui.js';
import { message_of } from '../store/held.js';
import { without_my_held } from '../store/moderation.js';
import { useEffect, useState } from 'preact/hooks';
import { Tools } from './message_tools.js';
import { Avatar, Icon, IconButton } from './parts.js';
import { Words } from './words.js';

/** @typedef {import('../store/state.js').Message} MessageShape */

const REACTIONS_SHOWN = 12;

/**
 * @param {{stream: string, message: MessageShape, nth: number, joined: boolean, folded: boolean,
 *   open: boolean, set_open: (offset: number) => void}} props
 */
export function Message({ stream, message, nth, joined, folded, open, set_open }) {
  const name = use_state((state) => name_of(state, message.by), [message.by]);
  const presence = use_state((state) => state.people[message.by]?.state, [message.by]);
  const [unfolded, set_unfolded] = useState(false);
  // Those beside it may not be drawn, nor is it known how many there are.
  const of_many = { 'aria-posinset': nth, 'aria-setsize': -1 };
  if (folded && !unfolded) {
    return html`<li class="message stone" ...${of_many}><p>${t('block.folded')}
      <button type="button" class="link" onClick=${() => set_unfolded(true)}>
        ${t('block.show')}</button></p></li>`;
  }
  if (message.deleted) {
    return html`<li class="message stone" id=${`m-${message.offset}`} tabindex="-1"
      ...${of_many}><p><${Icon} name="trash" />
      ${t('message.deleted', { name })}</p></li>`;
  }
  const show_person = () => {
    open_person.value = message.by;
    show_panel('people');
  };
  return html`<li class=${`message ${joined ? 'message-joined' : ''}`} id=${`m-${message.offset}`}
    tabindex="-1" ...${of_many}>
    <span class="gutter">${
      !joined &&
      html`<${Avatar} id=${message.by} name=${name}
      state=${presence} />`
    }</span>
    <div class="message-body">
      ${
        joined
          ? html`<span class="unseen"><bdi>${name}</bdi> ${clock_time(message.at)}</span>`
          : html`<p class="message-head">
        <button type="button" class="name" onClick=${show_person}><bdi>${name}</bdi></button>
        <time dateTime=${new Date(message.at).toISOString()} title=${full_time(message.at)}>
          ${clock_time(message.at)}</time>
      </p>`
      }
      ${message.reply_to && html`<${Quoted} stream=${stream} offset=${message.reply_to} />`}
      <${Words} body=${message.body} />
      ${
        (message.edited || message.pinned) &&
        html`<p class="marks">
        ${message.pinned && html`<span><${Icon} name="pin" /> ${t('message.pinned')}</span>`}
        ${message.edited && html`<span>${t('message.edited')}</span>`}</p>`
      }
      <${Reactions} stream=${stream} message=${message} />
      ${open && html`<${Tools} stream=${stream} message=${message} close=${() => set_open(0)} />`}
    </div>
    <${IconButton} icon="more" class="message-more" label=${t('message.more', { name })}
      aria-expanded=${open ? 'true' : 'false'} onClick=${() => set_open(open ? 0 : message.offset)}
        />
  </li>`;
}

/** What a reply answers. @param {{stream: string, offset: number}} props */
function Quoted({ stream, offset }) {
  const answered = use_state(
    (state) => message_of(state.streams[stream], offset),
    [stream, offset],
  );
  useEffect(() => {
    if (!answered) void load_answered(stream, offset);
  }, [stream, offset, answered]);
  const name = use_state((state) => (answered ? name_of(state, answered.by) : ''), [answered]);
  // Who is mentioned may become known later than the message: their names are read as they change.
  const words = use_state(
    (state) => (answered ? from_wire(answered.body, (id) => name_of(state, id)).text : ''),
    [answered],
  );
  if (!answered || answered.deleted) return html`<p class="quoted">${t('message.reply_gone')}</p>`;
  return html`<p class="quoted" dir="auto"><${Icon} name="reply" /> <bdi class="strong">
    ${name}</bdi> ${words.slice(0, 140)}</p>`;
}

/** @param {{stream: string, message: MessageShape}} props */
function Reactions({ stream, message }) {
  const me = use_state((state) => state.me);
  const all = Object.entries(message.reactions ?? {});
  // Who reacted may be told after the reaction is: their names are looked up as the people change.
  const named = use_state(
    (state) =>
      all
        .map(([, people]) => join_names(people.slice(0, 12).map((id) => name_of(state, id))))
        .join('\n'),
    [message],
  ).split('\n');
  if (all.length === 0) return null;
  return html`<p class="reactions">${all.slice(0, REACTIONS_SHOWN).map(([emoji, people], nth) => {
    const mine = people.includes(me);
    const names = named[nth];
    return html`<button key=${emoji} type="button" class="reaction"
      aria-pressed=${mine ? 'true' : 'false'}
      title=${names}
      onClick=${() => react(stream, message.offset, emoji, !mine)}>${emoji} <span>
        ${people.length}</span>
      <span class="unseen">${t('reaction.from', { names })}</span></button>`;
  })}${
    all.length > REACTIONS_SHOWN &&
    html`<span
    class="quiet">+${all.length - REACTIONS_SHOWN}</span>`
  }</p>`;
}

/**
 * A message of mine that waits for a moderator, or that one did not let through.
 * @param {{held: import('../store/state.js').MyHeld}} props
 */
export function HeldMessage({ held }) {
  const me = use_state((state) => state.people[state.me]);
  const put_away = () => change((state) => without_my_held(state, held.held));
  return html`<li class="message message-pending">
    <span class="gutter"><${Avatar} id=${me?.id ?? ''} name=${me?.name ?? ''} /></span>
    <div class="message-body">
      <p class="message-head"><bdi class="name">${me?.name}</bdi></p>
      <${Words} body=${held.body} />
      ${
        held.refused
          ? html`<p class="problem" role="status"><span>${t('held.refused')}</span>
          ${held.reason && html` <q dir="auto">${held.reason}</q>`} ${' '}
          <button type="button" class="link" onClick=${put_away}>
            ${t('notices.dismiss')}</button></p>`
          : html`<p class="marks" role="status"><${Icon} name="waiting" /> ${t('held.waits')}</p>`
      }
    </div></li>`;
}

/** A message on its way. @param {{pending: import('../app/outbox.js').Pending}} props */
export function PendingMessage({ pending }) {
  const me = use_state((state) => state.people[state.me]);
  const failed = pending.state === 'failed';
  return html`<li class=${`message message-pending ${failed ? 'message-failed' : ''}`}>
    <span class="gutter"><${Avatar} id=${me?.id ?? ''} name=${me?.name ?? ''} /></span>
    <div class="message-body">
      <p class="message-head"><bdi class="name">${me?.name}</bdi></p>
      <${Words} body=${pending.body} />
      ${
        failed
          ? html`<p class="problem" role="alert"><span>${t('message.failed')} ${pending.why}</span>
          <button type="button" class="button small" onClick=${() => try_again(pending.nonce)}>
            <${Icon} name="retry" /> ${t('door.try_again')}</button>
          <button type="button" class="link" onClick=${() => discard(pending.nonce)}>
            ${t('message.discard')}</button></p>`
          : html`<p class="marks"><${Icon} name="clock" />
          ${t(status.value === 'open' ? 'message.sending' : 'message.waiting')}</p>`
      }
    </div></li>`;
}
