// Who holds what role, who came, and for how long.

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { address } from '../../app/account_actions.js';
import {
  find_people,
  get_attendance,
  get_people,
  grant,
  load_roles,
  revoke,
  roles,
} from '../../app/organise_actions.js';
import { get_group, set_member } from '../../app/groups_actions.js';
import { arrived, ended } from '../../app/session.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Ask, Trouble, choices, use_act, use_form } from '../account/form.js';
import { Loading, Section, use_loaded } from '../account/page.js';
import { STANDING_WORDS } from '../account/standing.js';
import { Avatar, Icon } from '../parts.js';
import { Attendance } from './attendance.js';
import { NoLine } from './rooms_here.js';

/** @typedef {import('../../app/organise_actions.js').Role} Role */

const ROLES = ['facilitator', 'moderator', 'organiser'];
const WRONG = /** @type {Record<string, import('../../app/text.js').Key>} */ ({
  conflict: 'staff_roles.last_organiser',
});

/** @param {import('./organise.js').PartProps} props */
export function People({ me, event }) {
  const came = use_loaded(() => get_attendance(me.slot, event.id), [event.id]);
  const csv = address(me.slot, `/events/${encodeURIComponent(event.id)}/attendance.csv`);
  return html`<${Section} title=${t('staff_roles.title')}>
      <p class="quiet">${t('staff_roles.how')}</p>
      ${
        arrived.value && !ended.value
          ? html`<${Roles} event=${event.id} /><${Give} me=${me} event=${event} />`
          : html`<${NoLine} />`
      }<//>
    <${Section} title=${t('came.title')} aside=${
      came.value &&
      came.value.length > 1 &&
      html`<a class="button small" href=${csv} download="attendance.csv">
      <${Icon} name="download" /> ${t('came.csv')}</a>`
    }>${
      came.value
        ? html`<${Attendance} rows=${came.value} />`
        : html`<${Loading} problem=${came.problem} again=${came.again} />`
    }<//>`;
}

/** @param {{event: string}} props */
function Roles({ event }) {
  const loading = use_loaded(() => load_roles(event), [event]);
  const [names, set_names] = useState(/** @type {Record<string, string>} */ ({}));
  const held = roles.value;
  const people = held?.map(({ person }) => person).join() ?? '';
  useEffect(() => {
    if (!people) return;
    get_people([...new Set(people.split(','))]).then(
      (found) => set_names(Object.fromEntries(found.map(({ id, name }) => [id, name]))),
      () => {},
    );
  }, [people]);
  if (!held) return html`<${Loading} problem=${loading.problem} again=${loading.again} />`;
  const order = (/** @type {Role} */ { role }) => -ROLES.indexOf(role);
  return html`<ul class="plain rows">${[...held]
    .sort((a, b) => order(a) - order(b))
    .map(
      (each) => html`<${Holder} key=${`${each.person} ${each.scope}`} each=${each} event=${event}
      name=${names[each.person] ?? t('person.someone')} />`,
    )}</ul>`;
}

/** @param {{scope: string, event: string}} props */
function Scope({ scope, event }) {
  const room = use_state((state) => state.rooms[scope]?.name, [scope]);
  const in_room = room ?? t('staff_roles.one_room');
  return html`<span class="sub" dir="auto">
    ${scope === event || !scope ? t('staff_roles.everywhere') : in_room}</span>`;
}

/** @param {{each: Role, name: string, event: string}} props */
function Holder({ each, name, event }) {
  const take = use_act(() => revoke(each.person, each.scope), WRONG);
  const role = t(STANDING_WORDS[each.role] ?? 'standing.member');
  const ask = () => {
    if (window.confirm(t('staff_roles.take_sure', { name, role }))) void take.act();
  };
  return html`<li class="row wrap"><${Avatar} id=${each.person} name=${name} small />
    <span class="grow row-words"><bdi>${name}</bdi> <span class="tag tag-staff">${role}</span>
      <${Scope} scope=${each.scope} event=${event} /></span>
    <button type="button" class="button small" disabled=${take.busy} onClick=${ask}
      aria-label=${t('staff_roles.take_name', { name, role })}>${t('staff_roles.take')}</button>
    ${take.trouble}</li>`;
}

/**
 * A person found by name is given a role, or made one of the event's group.
 * @param {{me: any, event: any}} props
 */
function Give({ me, event }) {
  const [found, set_found] = useState(/** @type {{id: string, name: string}[] | null} */ (null));
  const [said, set_said] = useState('');
  const results = useRef(/** @type {HTMLElement | null} */ (null));
  const form = use_form(async ({ query }) => {
    set_said('');
    set_found(await find_people(query.trim()));
    results.current?.focus();
  });
  const done = (/** @type {string} */ words) => {
    set_found(null);
    set_said(words);
    results.current?.focus();
  };
  return html`<form class="stack" onSubmit=${form.submit} noValidate>
    <${Ask} form=${form} name="query" label=${t('staff_roles.find')} maxlength="60" required
      aside=${html`<button class="button" disabled=${form.busy}>${t('search.go')}</button>`} />
    <${Trouble} form=${form} /></form>
    <div ref=${results} tabindex="-1" role="status">
      ${found?.length === 0 && html`<p class="quiet">${t('people.none_found')}</p>`}
      ${said && html`<p class="done"><${Icon} name="check" /> ${said}</p>`}</div>
    ${
      found &&
      found.length > 0 &&
      html`<${GiveTo} found=${found} me=${me} event=${event} done=${done} />`
    }`;
}

/**
 * @param {{found: {id: string, name: string}[], me: any, event: any,
 *   done: (words: string) => void}} props
 */
function GiveTo({ found, me, event, done }) {
  const [person, set_person] = useState(found[0].id);
  const rooms = use_state((state) => state.room_order);
  const names = use_state((state) => state.rooms);
  const name = found.find(({ id }) => id === person)?.name ?? '';
  const give = use_form(async ({ role, scope }) => {
    await grant(person, role, scope);
    done(t('staff_roles.given', { name }));
  }, WRONG);
  const add = use_act(async () => {
    const { members } = await get_group(me.slot, event.group);
    // Whoever is in it already keeps what they are there.
    if (!members.some((each) => each.person === person))
      await set_member(me.slot, event.group, person, 'member');
    done(t('staff_roles.in_group', { name }));
  });
  const scopes = /** @type {[string, string][]} */ ([
    [event.id, t('staff_roles.everywhere')],
    ...rooms.map((id) => [id, names[id]?.name ?? '']),
  ]);
  return html`<form class="stack" onSubmit=${give.submit} noValidate>
    <${Ask} form=${give} name="person" label=${t('staff_roles.whom')}
      onChange=${(/** @type {any} */ change) => set_person(change.currentTarget.value)}>
      ${choices(
        found.map((each) => [each.id, each.name]),
        person,
      )}<//>
    <div class="pair"><${Ask} form=${give} name="role" label=${t('staff_roles.which')}>
      ${choices(
        ROLES.map((role) => [role, t(STANDING_WORDS[role])]),
        'facilitator',
      )}<//>
    <${Ask} form=${give} name="scope" label=${t('staff_roles.where')}>
      ${choices(scopes, event.id)}<//></div>
    <${Trouble} form=${give} /><p class="row wrap"><button class="button primary"
      disabled=${give.busy}>${t('staff_roles.give')}</button>
    ${
      event.group &&
      html`<button type="button" class="button" disabled=${add.busy} onClick=${add.act}>
      <${Icon} name="plus" /> ${t('staff_roles.to_group')}</button>`
    }</p>${add.trouble}</form>`;
}
