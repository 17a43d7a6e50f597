// Who is here, with what they ask and offer; and what one can do about it.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { block, invite_to_table, list_people } from '../app/meeting_actions.js';
import { name_of } from '../app/people.js';
import { may_choose } from '../app/rank.js';
import { use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { open_person, show_panel, write_to } from '../app/ui.js';
import { is_staff, may } from '../store/moderation.js';
import { room_of_table, table_by_id } from '../store/room_list.js';
import { Lazy } from './lazy.js';
import { moderation } from './later_parts.js';
import { Avatar, Empty, Icon } from './parts.js';
import { use_roving } from './roving.js';

/** @typedef {import('../store/state.js').State} State */
/** @typedef {import('../store/state.js').Person} Person */

const SHOWN_STEP = 60;
const ASKED_AFTER_MS = 300;

const load_tools = () => moderation().then(({ PersonTools }) => PersonTools);

/** @param {Person} person @param {string} query */
const fits = (person, query) =>
  [person.name, person.about, person.ask, person.offer, person.org].some((text) =>
    text?.toLocaleLowerCase().includes(query),
  );

/** @param {State} state @param {string} query @param {string[]} found @returns {Person[]} */
function people_to_show(state, query, found) {
  const here = [...new Set([...state.present, ...(query ? found : [])])];
  const known = here.map((id) => state.people[id]).filter(Boolean);
  const wanted = query ? known.filter((person) => fits(person, query)) : known;
  const mine = (/** @type {Person} */ person) => Number(person.id === state.me);
  return wanted.sort((a, b) => mine(a) - mine(b) || a.name.localeCompare(b.name));
}

/**
 * Asks the server too, since a large room's snapshot does not name everyone.
 * @param {string} query
 */
function use_found(query) {
  const [found, set_found] = useState(/** @type {string[]} */ ([]));
  const large = use_state((state) => state.count > state.present.length);
  const room = use_state((state) => state.place.room);
  useEffect(() => {
    if (!query && !large) return undefined;
    const timer = setTimeout(async () => {
      const ok = await list_people({ ...(query ? { query } : {}), ...(room ? { room } : {}) });
      if (ok) set_found(ok.people.map((/** @type {Person} */ person) => person.id));
    }, ASKED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [query, large, room]);
  return found;
}

export function People() {
  const [query, set_query] = useState('');
  const [shown, set_shown] = useState(SHOWN_STEP);
  const list = use_roving();
  const wanted = query.trim().toLocaleLowerCase();
  const found = use_found(wanted);
  const present = use_state((state) => state.present);
  const known = use_state((state) => state.people);
  const me = use_state((state) => state.me);
  const count = use_state((state) => state.count);
  const people = people_to_show(/** @type {any} */ ({ present, people: known, me }), wanted, found);
  const open = open_person.value;
  const elsewhere = open && !present.includes(open) && known[open] ? known[open] : null;
  return html`<div class="people">
    <div class="pad stack"><h2>${t('people.here', { n: count })}</h2>
      <div class="field"><label class="unseen" for="people-query">${t('people.find')}</label>
      <input id="people-query" type="search" maxlength="100" placeholder=${t('people.find')}
        value=${query}
        onInput=${(/** @type {any} */ event) => set_query(event.currentTarget.value)} /></div></div>
    ${
      people.length <= 1 &&
      !wanted &&
      !elsewhere &&
      html`<${Empty} icon="people" title=${t('people.alone')}>
      <p>${t('people.alone_how')}</p><//>`
    }
    ${wanted && people.length === 0 && html`<p class="quiet pad">${t('people.none_found')}</p>`}
    <ul class="plain people-list" ref=${list} aria-label=${t('panel.people')}>
      ${elsewhere && html`<${PersonRow} key=${elsewhere.id} person=${elsewhere} />`}
      ${people.slice(0, shown).map(
        (person) => html`<${PersonRow} key=${person.id} person=${person}
        />`,
      )}</ul>
    ${
      people.length > shown &&
      html`<p class="pad"><button type="button" class="button small"
      onClick=${() => set_shown(shown + SHOWN_STEP)}>${t('people.more')}</button></p>`
    }
  </div>`;
}

/** @param {State} state @param {string} id */
function seat_name(state, id) {
  const room = state.rooms[state.place.room ?? ''];
  return room?.tables.find((table) => table.seats?.some((seat) => seat.person === id))?.name ?? '';
}

/** @param {{person: Person}} props */
function PersonRow({ person }) {
  const { id, name, state: presence } = person;
  const open = open_person.value === id;
  const me = use_state((state) => state.me === id, [id]);
  const seat = use_state((state) => seat_name(state, id), [id]);
  const tells_guests = use_state(is_staff);
  const work = [person.title, person.org].filter(Boolean).join(', ');
  const doing = presence === 'online' || !presence ? seat : t(`person.${presence}`);
  const role =
    person.role && person.role !== 'member' ? t(/** @type {any} */ (`role.${person.role}`)) : '';
  return html`<li class="person" aria-label=${name}>
    <button type="button" class="person-head" data-rove aria-expanded=${open ? 'true' : 'false'}
      onClick=${() => (open_person.value = open ? null : id)}>
      <${Avatar} id=${id} name=${name} state=${presence} />
      <span class="grow"><span class="person-name"><bdi class="strong">${name}</bdi>
        ${me && html`<span class="tag">${t('person.you')}</span>`}
        ${role && html`<span class="tag tag-staff">${role}</span>`}
        ${
          tells_guests &&
          person.guest &&
          html`<span class="tag">${t('person.guest')}</span>`
        }</span>
        ${
          (doing || work) &&
          html`<span class="sub" dir="auto">
          ${[work, doing].filter(Boolean).join(' · ')}</span>`
        }
        ${person.about && html`<span class="about" dir="auto">${person.about}</span>`}</span>
    </button>
    ${
      (person.ask || person.offer) &&
      html`<dl class="asks">
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
    }
    ${
      open &&
      (me
        ? html`<p class="person-actions"><button type="button" class="button small"
          onClick=${() => show_panel('me')}>
          <${Icon} name="edit" /> ${t('me.edit')}</button></p>`
        : html`<${Actions} person=${person} />`)
    }
  </li>`;
}

/** @param {{person: Person}} props */
function Actions({ person }) {
  const { id } = person;
  const blocked = use_state((state) => state.blocked.includes(id), [id]);
  const can_invite = use_state(
    (state) => {
      const mine = table_by_id(state, state.place.table);
      return (
        mine !== null &&
        !mine.seats?.some((seat) => seat.person === id) &&
        room_of_table(state, mine.id)?.id === state.place.room
      );
    },
    [id],
  );
  const may_moderate = use_state(
    (state) =>
      may(state, 'role.manage') ||
      may_choose(state, id),
    [id],
  );
  const waiting = use_state((state) => state.place.waiting);
  const name = use_state((state) => name_of(state, id), [id]);
  if (waiting) return null;
  return html`<div class="person-actions">
    ${
      !blocked &&
      html`<button type="button" class="button small primary" onClick=${() => write_to([id])}>
      <${Icon} name="message" /> ${t('person.write')}</button>`
    }
    ${
      can_invite &&
      !blocked &&
      html`<button type="button" class="button small" onClick=${() => invite_to_table(id)}>
      <${Icon} name="plus" /> ${t('person.invite')}</button>`
    }
    <button type="button" class="link" onClick=${() => block(id, !blocked)}>
      ${t(blocked ? 'person.unblock' : 'person.block')}</button>
    ${!blocked && html`<p class="quiet small grow-line">${t('block.what', { name })}</p>`}
    ${may_moderate && html`<${Lazy} load=${load_tools} person=${id} />`}
  </div>`;
}
