// The message field of a stream: a draft that stays with its place, answering, changing, mentions.

import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { edit, tell_typing, tell_unseen } from '../app/chat_actions.js';
import { composing, draft_of, keep_draft } from '../app/composing.js';
import { from_wire, to_wire } from '../app/mentions.js';
import { mute_in, next_turn, slow_s_of } from '../app/safety.js';
import { server_now } from '../app/session.js';
import { send_message } from '../app/outbox.js';
import { name_of } from '../app/people.js';
import { current, use_state } from '../app/store.js';
import { clock_time, number, t } from '../app/text.js';
import { focus_wanted } from '../app/ui.js';
import { is_staff } from '../store/moderation.js';
import { stream_id, stream_kind } from '../store/state.js';
import { MentionList, use_mentions } from './mention_list.js';
import { Icon, IconButton } from './parts.js';

/** @typedef {import('../app/composing.js').Draft} Draft */

const NEAR_LIMIT = 400;
const touch = window.matchMedia('(pointer: coarse)');

/** @param {{stream: string}} props */
export function Composer({ stream }) {
  const muted = use_state((state) => mute_in(state, stream), [stream]);
  const silent = use_state((state) => why_silent(state, stream), [stream]);
  use_clock(muted?.until_at ?? 0);
  if (muted && muted.until_at > server_now()) {
    return html`<p class="composer-closed"><${Icon} name="mute" />
      <span>${t('muted.until', { time: clock_time(muted.until_at) })}
      ${muted.reason && html` <q dir="auto">${muted.reason}</q>`}</span></p>`;
  }
  if (silent) return html`<p class="composer-closed"><span>${silent}</span></p>`;
  return html`<${OpenComposer} stream=${stream} />`;
}

/**
 * Why one cannot write here, or nothing.
 * @param {import('../store/state.js').State} state
 * @param {string} stream
 */
function why_silent(state, stream) {
  const kind = stream_kind(stream);
  if (kind === 'event' && !state.capabilities.includes('event.announce'))
    return t('chat.announcers_only');
  if (state.event?.state === 'over' && kind !== 'conversation') return t('event.over_silent');
  if (state.event?.lockdown && kind === 'conversation' && !is_staff(state))
    return t('lockdown.no_letters');
  const conversation = kind === 'conversation' ? state.conversations[stream_id(stream)] : null;
  if (conversation?.state !== 'requested') return '';
  return conversation.requested_by === state.me ? t('conversation.wait') : '';
}

/**
 * Draws again as time passes, every second until a moment comes.
 * @param {number} until by the server's clock @returns {number} the seconds until then
 */
function use_clock(until) {
  const [, tick] = useState(0);
  const left_s = Math.max(0, Math.ceil((until - server_now()) / 1000));
  useEffect(() => {
    const timer = left_s > 0 ? setTimeout(() => tick((n) => n + 1), 1_000) : 0;
    return () => clearTimeout(timer);
  });
  return left_s;
}

/** @param {string} stream */
function use_draft(stream) {
  const task = composing.value?.stream === stream ? composing.value : null;
  const [draft, set_draft] = useState(() => draft_of(stream));
  useEffect(() => {
    if (task?.kind === 'edit')
      set_draft(from_wire(task.message.body, (id) => name_of(current(), id)));
  }, [task]);
  const change = (/** @type {Draft} */ next) => {
    set_draft(next);
    if (task?.kind !== 'edit') keep_draft(stream, next);
  };
  const finish = () => {
    composing.value = null;
    const left = task?.kind === 'edit' ? draft_of(stream) : { text: '', mentions: [] };
    set_draft(left);
    keep_draft(stream, left);
  };
  return { task, draft, change, finish };
}

/** @param {{stream: string}} props */
function OpenComposer({ stream }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const { task, draft, change, finish } = use_draft(stream);
  const limit = use_state((state) => state.limits.body_max ?? 4000);
  const mentions = use_mentions(field, draft, change);
  use_growing(field, draft.text);
  use_wanted_focus(field);

  const body = to_wire(draft.text, draft.mentions);
  const left = limit - [...body].length;
  const slow_s = use_state((state) => slow_s_of(state, stream), [stream]);
  const turn_s = use_clock(slow_s > 0 ? next_turn(stream) : 0);
  const must_wait = turn_s > 0 && task?.kind !== 'edit';
  const send = () => {
    if (!body.trim() || left < 0 || must_wait) return;
    if (task?.kind === 'edit') {
      if (body !== task.message.body) void edit(stream, task.message.offset, body);
    } else {
      void send_message(stream, body, task?.message.offset).then(
        (ok) => ok && tell_unseen(ok.unseen),
      );
    }
    finish();
  };
  const on_key = (/** @type {KeyboardEvent} */ event) => {
    if (mentions.on_key(event)) return;
    if (event.key === 'Escape' && task) {
      event.preventDefault();
      finish();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !touch.matches) {
      event.preventDefault();
      send();
    }
  };
  const on_input = (/** @type {any} */ event) => {
    change({ ...draft, text: event.currentTarget.value });
    if (stream_kind(stream) !== 'event') tell_typing(stream);
  };
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    send();
    field.current?.focus();
  };
  return html`<form class="composer" onSubmit=${submit}>
    ${task && html`<${Task} task=${task} cancel=${finish} />`}
    <${MentionList} ...${mentions} />
    <div class="composer-row">
      <label class="unseen" for="composer">${t('composer.label')}</label>
      <textarea ref=${field} id="composer" rows="1" dir="auto" value=${draft.text}
        placeholder=${t('composer.hint')}
        onInput=${on_input} onKeyDown=${on_key} onClick=${mentions.look} onKeyUp=${mentions.look}
          ...${mentions.aria}></textarea>
      <button class="send" aria-label=${t('composer.send')} title=${t('composer.send')}
        disabled=${!body.trim() || left < 0 || must_wait}><${Icon} name="send" /></button>
    </div>
    <${Slow} slow_s=${slow_s} wait_s=${must_wait ? turn_s : 0} />
    ${
      left < NEAR_LIMIT &&
      html`<p class=${left < 0 ? 'problem' : 'quiet small'} role="status">
      ${
        left < 0
          ? t('composer.too_long', { n: -left, count: number(-left) })
          : t('composer.left', { n: left, count: number(left) })
      }</p>`
    }
  </form>`;
}

/**
 * How often one writes here, and how long it is until the next time; the ear is told once.
 * @param {{slow_s: number, wait_s: number}} props
 */
function Slow({ slow_s, wait_s }) {
  if (wait_s > 0) {
    return html`<p class="quiet small"><${Icon} name="waiting" /> ${' '}
      <span aria-hidden="true">${t('slow.wait', { n: wait_s })}</span>
      <span class="unseen" role="status">${t('slow.waits')}</span></p>`;
  }
  if (slow_s === 0) return null;
  return html`<p class="quiet small"><${Icon} name="waiting" /> ${t('slow.on', { n: slow_s })}</p>`;
}

/** @param {{task: any, cancel: () => void}} props */
function Task({ task, cancel }) {
  const name = use_state((state) => name_of(state, task.message.by), [task]);
  const words = from_wire(task.message.body, (id) => name_of(current(), id)).text;
  return html`<p class="composer-task"><${Icon} name=${task.kind === 'edit' ? 'edit' : 'reply'} />
    <span class="grow" dir="auto"><span class="strong">${
      task.kind === 'edit' ? t('composer.editing') : t('composer.replying', { name })
    }</span> ${words.slice(0, 100)}</span>
    <${IconButton} icon="close" label=${t('action.cancel')} onClick=${cancel} /></p>`;
}

/**
 * The field grows with its words.
 * @param {import('preact').RefObject<HTMLTextAreaElement | null>} field
 * @param {string} text
 */
function use_growing(field, text) {
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight + 2, 200)}px`;
  }, [text]);
}

/**
 * Takes the focus when a person's own action asked for it, also if that action opened this field.
 * @param {import('preact').RefObject<HTMLTextAreaElement | null>} field
 */
export function use_wanted_focus(field) {
  const wanted = focus_wanted.value;
  useLayoutEffect(() => {
    if (!wanted || !field.current) return;
    field.current.focus();
    focus_wanted.value = false;
  }, [wanted]);
}
