// The front door: whoever this browser knows goes on; others sign in. A member finds their events
// and groups here, and whoever may makes new ones.

import { html } from 'htm/preact';
import { be, sign_out } from '../../app/account_actions.js';
import { go_in, route } from '../../app/route.js';
import { t } from '../../app/text.js';
import { Door } from '../doors.js';
import { Lazy } from '../lazy.js';
import { groups, organise } from '../later_parts.js';
import { Icon } from '../parts.js';
import { use_act } from './form.js';
import { Loading, Page, Section, use_everyone } from './page.js';
import { SignIn } from './sign_in.js';
import { StateTag, span_words } from './when.js';
import { STANDING_WORDS } from './standing.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */
/** @typedef {import('../../app/account_actions.js').MyEvent} MyEvent */

const load_new_event = () => organise().then(({ NewEvent }) => NewEvent);
const load_new_group = () => groups().then(({ NewGroup }) => NewGroup);

/** Going on as someone leaves the desk of whoever was there before. */
function go_on_as(/** @type {number} */ slot) {
  be(slot);
  location.assign('/');
}

export function Home() {
  const { value: people, problem, again } = use_everyone();
  if (!people) {
    return html`<${Door} icon=${null} title=${t('home.title')}>
      <${Loading} problem=${problem} again=${again} /><//>`;
  }
  const [me, ...others] = people;
  if (!me || (me.guest && me.groups.length === 0))
    return html`<${Stranger} guests=${people} again=${again} />`;
  const { part } = route.value;
  if (me.can_create_events && part === 'new-event')
    return html`<${Lazy} key="event" load=${load_new_event} me=${me} />`;
  if (me.can_create_events && part === 'new-group')
    return html`<${Lazy} key="group" load=${load_new_group} me=${me} />`;
  return html`<${Mine} me=${me} others=${others} again=${again} />`;
}

/** @param {{guests: Me[], again: () => any}} props */
function Stranger({ guests, again }) {
  return html`<${Door} icon=${null} title=${t('home.title')}>
    <p>${t('home.how')}</p>
    ${guests.length > 0 && html`<h2>${t('home.known')}</h2><${Others} people=${guests} />`}
    <h2>${t('sign_in.title')}</h2><${SignIn} then=${again} />
    ${guests.length > 0 && html`<p><a href="/me">${t('account.open_guest')}</a></p>`}<//>`;
}

/** Others this browser knows: guests go back to their event, members on to their own page. */
function Others(/** @type {{people: Me[]}} */ { people }) {
  return html`<ul class="plain stack">${people.map((each) => {
    const [event] = each.events;
    const back = each.guest && event;
    return html`<li key=${each.slot}><button type="button" class="button wide"
      onClick=${() => (back ? go_in(event.id, each.slot) : go_on_as(each.slot))}><bdi>${
        back
          ? t('door.back_to', { event: event.title, name: each.person.name })
          : t('home.go_on_as', { name: each.person.name })
      }</bdi></button></li>`;
  })}</ul>`;
}

/**
 * The live ones, then the next, then what is over, latest first.
 * @template {MyEvent} T @param {T[]} events
 */
export function by_time(events) {
  const rank = (/** @type {T} */ { state }) => ['live', 'planned', 'over'].indexOf(state ?? '');
  return [...events].sort((a, b) => {
    const apart = (a.starts_at ?? 0) - (b.starts_at ?? 0);
    return rank(a) - rank(b) || (a.state === 'over' ? -apart : apart);
  });
}

/** @param {{me: Me, others: Me[], again: () => any}} props */
function Mine({ me, others, again }) {
  const out = use_act(async () => {
    await sign_out(me.slot);
    await again();
  });
  return html`<${Page} title=${t('home.hello', { name: me.person.name })} me=${me}>
    <${Section} title=${t('home.events')} aside=${
      me.can_create_events &&
      html`<a class="button small" href="#new-event"><${Icon} name="plus" />
        ${t('home.new_event')}</a>`
    }>
      ${me.events.length === 0 && html`<p class="quiet">${t('home.no_events')}</p>`}
      <ul class="plain rows">${by_time(me.events).map(
        (event) => html`<${EventRow} key=${event.id} event=${event} slot=${me.slot} />`,
      )}</ul><//>
    <${Section} title=${t('home.groups')} aside=${
      me.can_create_events &&
      html`<a class="button small" href="#new-group"><${Icon} name="plus" />
        ${t('home.new_group')}</a>`
    }>
      ${me.groups.length === 0 && html`<p class="quiet">${t('home.no_groups')}</p>`}
      <ul class="plain rows">${me.groups.map(
        (group) => html`<li key=${group.id} class="row wrap"><${Icon} name="people" />
        <a class="grow strong" dir="auto" href=${`/g/${encodeURIComponent(group.id)}`}>
          ${group.name}</a>
        ${
          group.role !== 'member' &&
          html`<span class="tag tag-staff">
          ${t(STANDING_WORDS[group.role])}</span>`
        }</li>`,
      )}</ul><//>
    ${
      others.length > 0 &&
      html`<${Section} title=${t('home.others')}><${Others} people=${others} /><//>`
    }
    <div class="row wrap"><a class="button" href="/me"><${Icon} name="settings" />
      ${t('account.open')}</a>
      <button type="button" class="button" disabled=${out.busy} onClick=${out.act}>
        <${Icon} name="door" /> ${t('account.sign_out')}</button></div>
    ${out.trouble}<//>`;
}

const READABLE_MS = 24 * 3_600_000;

/** What was said can be read for a day; after that there is nothing to go in to. */
const is_closed = (/** @type {MyEvent} */ { state, ends_at = 0 }) =>
  state === 'over' && ends_at + READABLE_MS < Date.now();

/** @param {{event: MyEvent, slot: number}} props */
function EventRow({ event, slot }) {
  const open = () => go_in(event.id, slot);
  return html`<li class="row wrap"><div class="grow row-words">
      <span class="strong" dir="auto">${event.title}</span> <${StateTag} state=${event.state} />
      <span class="sub">${span_words(event)}</span></div>
    <div class="row">${
      event.role === 'organiser' &&
      html`<a class="button small" href=${`/e/${encodeURIComponent(event.id)}#organise`}
        aria-label=${t('home.organise_name', { event: event.title })}
        onClick=${() => be(slot)}>${t('home.organise')}</a>`
    }${
      !is_closed(event) &&
      html`<button type="button" class=${`button small ${event.state === 'live' ? 'primary' : ''}`}
      aria-label=${t('home.go_in_name', { event: event.title })} onClick=${open}>
      ${t('home.go_in')}</button>`
    }</div></li>`;
}
