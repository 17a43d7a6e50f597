// What is happening where: the rooms, the busiest first, each with its rate of messages, its
// reports and the two brakes a room has; the lobby stays open.

import { html } from 'htm/preact';
import { useRef, useState } from 'preact/hooks';
import { enter_room } from '../../app/actions.js';
import { set_locked, set_slow } from '../../app/desk_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { may } from '../../store/moderation.js';
import { room_of_stream } from '../../store/room_list.js';
import { Icon } from '../parts.js';
import { ActForm } from './act_form.js';

/** @typedef {import('../../store/state.js').State} State */

const SLOW_S = [0, 5, 10, 30, 60, 300];

/** @param {State} state @param {string} id */
const rate_of = (state, id) =>
  state.desk?.activity?.rooms.find(({ room }) => room === id)?.messages ?? 0;

/** The rooms by how much is said, then as they stand. @param {State} state */
const by_rate = (state) =>
  [...state.room_order].sort((a, b) => rate_of(state, b) - rate_of(state, a)).join();

/** @param {State} state @param {string} id the reports about what was said there and not settled */
function reports_in(state, id) {
  const open = state.desk?.reports.filter((each) => each.state !== 'resolved') ?? [];
  return open.filter((each) => room_of_stream(state, each.stream)?.id === id).length;
}

export function RoomsNow() {
  const rooms = use_state(by_rate).split(',').filter(Boolean);
  const told = use_state((state) => state.desk?.activity !== null);
  const guests = use_state((state) => state.desk?.activity?.guests ?? 0);
  const waiting = use_state((state) => state.desk?.waiting.length ?? 0);
  return html`<section class="pad stack">
    <h3>${t('now.title')}</h3>
    ${
      told
        ? html`<p class="quiet">${t('now.guests', { n: guests })}
          ${' '}${t('now.waiting', { n: waiting })}</p>`
        : html`<p class="quiet">${t('now.quiet')}</p>`
    }
    <ul class="plain rooms-now">${rooms.map((id) => html`<${RoomNow} key=${id} id=${id} />`)}</ul>
  </section>`;
}

/** @param {{id: string}} props */
function RoomNow({ id }) {
  const room = use_state((state) => state.rooms[id], [id]);
  const rate = use_state((state) => rate_of(state, id), [id]);
  const reports = use_state((state) => reports_in(state, id), [id]);
  const here = use_state((state) => state.place.room === id, [id]);
  const may_slow = use_state((state) => may(state, 'room.slow_mode', id), [id]);
  const may_lock = use_state(
    (state) => may(state, 'room.lock', id) && state.rooms[id]?.kind !== 'lobby',
    [id],
  );
  const [asked, set_asked] = useState(/** @type {'slow' | 'lock' | 'unlock' | null} */ (null));
  const [wished_s, set_wished_s] = useState(0);
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  if (!room) return null;
  const { name, locked = false, slow_s = 0, count = 0 } = room;
  const choices = SLOW_S.includes(slow_s) ? SLOW_S : [...SLOW_S, slow_s].sort((a, b) => a - b);
  const lock = locked ? 'unlock' : 'lock';
  const shown_s = asked === 'slow' ? wished_s : slow_s;
  const ask_slow = (/** @type {number} */ seconds) => {
    set_wished_s(seconds);
    set_asked('slow');
  };
  const close = () => {
    const field = asked === 'slow' ? 'select' : '[aria-pressed]';
    set_asked(null);
    /** @type {HTMLElement | null | undefined} */ (row.current?.querySelector(field))?.focus();
  };
  const run = async (/** @type {{reason: string}} */ { reason }) => {
    const done =
      asked === 'slow'
        ? await set_slow(id, wished_s, reason)
        : await set_locked(id, asked === 'lock', reason);
    if (done) close();
    return done;
  };
  return html`<li class="room-now" ref=${row}>
    <p class="row wrap"><span class="strong grow" dir="auto">${name}</span>
      ${
        locked &&
        html`<span class="tag tag-warn"><${Icon} name="lock" /> ${t('now.locked')}</span>`
      }
      ${reports > 0 && html`<span class="tag tag-warn">${t('now.reports', { n: reports })}</span>`}
      <span class="sub">${t('now.people', { n: count })}</span></p>
    <p class="row"><meter min="0" max="60" value=${Math.min(rate, 60)} aria-hidden="true"></meter>
      <span class="small">${t('now.rate', { n: rate })}</span></p>
    <p class="row wrap">
      ${
        !here &&
        html`<button type="button" class="button small" onClick=${() => enter_room(id)}
          aria-label=${t('now.go_to', { room: name })}>${t('now.go')}</button>`
      }
      ${
        may_slow &&
        html`<label class="unseen" for=${`slow-${id}`}>${t('now.slow_in', { room: name })}</label>
        <select id=${`slow-${id}`} value=${shown_s}
          onChange=${(/** @type {any} */ event) => ask_slow(Number(event.currentTarget.value))}>
          ${choices.map(
            (n) => html`<option key=${n} value=${n} selected=${n === shown_s}>
              ${slow_words(n)}</option>`,
          )}</select>`
      }
      ${
        may_lock &&
        html`<button type="button" class="button small" aria-pressed=${String(locked)}
          aria-label=${t(locked ? 'now.unlock_room' : 'now.lock_room', { room: name })}
          aria-expanded=${String(asked === lock)} onClick=${() => set_asked(lock)}>
          <${Icon} name=${locked ? 'unlock' : 'lock'} />
          ${t(locked ? 'now.unlock' : 'now.lock')}</button>`
      }</p>
    ${
      asked &&
      html`<${ActForm} id=${`room-${id}`} doing=${asked} run=${run} close=${close} />`
    }</li>`;
}

/** @param {number} seconds */
function slow_words(seconds) {
  if (seconds === 0) return t('now.slow_off');
  if (seconds % 60 === 0) return t('now.slow_minutes', { n: seconds / 60 });
  return t('now.slow_seconds', { n: seconds });
}
