// A standing network group's page: its next date, its people, whose turn it is, its calendar.

import '../later_icons.js';
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { be, enter_group, forget_met, get_everyone } from '../../app/account_actions.js';
import { get_group, remove_member, renew_calendar } from '../../app/groups_actions.js';
import { HttpProblem } from '../../app/http.js';
import { go_in, route } from '../../app/route.js';
import { t } from '../../app/text.js';
import { LinkField } from '../account/copying.js';
import { use_act } from '../account/form.js';
import { by_time } from '../account/home.js';
import { Loading, Page, Section, use_loaded } from '../account/page.js';
import { SignIn } from '../account/sign_in.js';
import { STANDING_WORDS } from '../account/standing.js';
import { StateTag, When, span_words } from '../account/when.js';
import { Door } from '../doors.js';
import { Lazy } from '../lazy.js';
import { organise } from '../later_parts.js';
import { Avatar, Icon } from '../parts.js';
import { Bans } from './bans.js';
import { EditGroup } from './edit.js';
import { Rota } from './rota.js';

export { NewGroup } from './edit.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */
/** @typedef {import('../../app/groups_actions.js').Group} Group */

const load_new_event = () => organise().then(({ NewEvent }) => NewEvent);

/** As whoever of this browser belongs to the group. @param {string} id */
async function find_group(id) {
  const people = await get_everyone();
  const me =
    people.find(({ groups }) => groups.some((group) => group.id === id)) ??
    people.find(({ guest }) => !guest);
  if (!me) return { me: null, group: null };
  be(me.slot);
  return { me, group: await get_group(me.slot, id) };
}

/** @param {{id: string}} props */
export function GroupPage({ id }) {
  const found = use_loaded(() => find_group(id), [id]);
  const { value, problem } = found;
  if (value?.me && value.group)
    return html`<${Of} me=${value.me} group=${value.group} again=${found.again} />`;
  if (value) {
    return html`<${Door} icon="people" title=${t('group.sign_in')}>
      <p>${t('group.sign_in_how')}</p>
      <${SignIn} to=${`/g/${encodeURIComponent(id)}`} then=${found.again} /><//>`;
  }
  if (problem?.code === 'not_found' || problem?.code === 'forbidden') {
    return html`<${Door} icon="people" title=${t('group.not_yours')}>
      <p>${t('group.not_yours_how')}</p><a class="button" href="/">${t('sso.home')}</a><//>`;
  }
  return html`<${Page} title=${t('group.page')}><${Loading} problem=${problem}
    again=${found.again} /><//>`;
}

/** @param {{me: Me, group: Group, again: () => any}} props */
function Of({ me, group, again }) {
  const { part } = route.value;
  const organises = group.role === 'organiser';
  const leads = organises || group.role === 'facilitator' || group.facilitator === me.person.id;
  useEffect(() => window.scrollTo(0, 0), [part]);
  if (part === 'edit' && organises)
    return html`<${EditGroup} me=${me} group=${group} again=${again} />`;
  if (part === 'dates' && leads)
    return html`<${Lazy} load=${load_new_event} me=${me} group=${group} />`;
  return html`<${Page} title=${group.name} me=${me} wide>
    ${group.about && html`<p class="about-group" dir="auto">${group.about}</p>`}
    <${Next} me=${me} group=${group} />
    <div class="columns"><div class="stack">
      <${Dates} group=${group} leads=${leads} />
      <${Calendar} me=${me} group=${group} again=${again} />
    </div><div class="stack">
      <${Rota} me=${me} group=${group} leads=${leads} again=${again} />
      <${Members} me=${me} group=${group} organises=${organises} />
      ${organises && html`<${Bans} me=${me} group=${group} again=${again} />`}
      <${Memory} me=${me} group=${group} />
    </div></div><//>`;
}

/** @param {{me: Me, group: Group}} props */
function Next({ me, group }) {
  const coming = by_time(group.events).filter(({ state }) => state !== 'over');
  const next = coming.find(({ state }) => state === 'live') ?? coming[0];
  const live = next?.state === 'live';
  const enter = use_act(
    async () => {
      const event = await enter_group(me.slot, group.id, next?.id);
      if (!event) throw new HttpProblem('not_found');
      go_in(event, me.slot);
    },
    { not_found: 'group.no_event_now', banned: 'sign_in.not_here', forbidden: 'sign_in.not_here' },
  );
  // Whoever was led here to go in, as from the association's own site, has clicked already.
  const [led_in] = useState(route.value.part === 'in');
  useEffect(() => {
    if (!led_in) return;
    history.replaceState(null, '', `/g/${encodeURIComponent(group.id)}`);
    route.value = { ...route.value, part: '' };
    if (live) void enter.act();
  }, []);
  if (!next) {
    return html`<${Section} title=${t('group.next')} class="card-next">
      <p>${t('group.no_date')}</p><//>`;
  }
  return html`<${Section} title=${t(live ? 'group.now' : 'group.next')} class="card-next">
    ${led_in && !live && html`<p role="status">${t('group.not_live')}</p>`}
    <p class="next-title" dir="auto">${next.title}</p><${When} event=${next} />
    <p><button type="button" class="button primary" disabled=${enter.busy} onClick=${enter.act}>
      <${Icon} name="door" /> ${t(live ? 'group.go_in_now' : 'group.go_in')}</button></p>
    ${enter.trouble}<//>`;
}

/** @param {{group: Group, leads: boolean}} props */
function Dates({ group, leads }) {
  const dates = by_time(group.events);
  const coming = dates.filter(({ state }) => state !== 'over');
  const over = dates.filter(({ state }) => state === 'over');
  const row = (/** @type {import('../../app/groups_actions.js').GroupEvent} */ event) =>
    html`<li key=${event.id} class="row wrap"><div class="grow row-words">
      <span class="strong" dir="auto">${event.title}</span> <${StateTag} state=${event.state} />
      <span class="sub">${span_words(event)}</span></div>
      ${
        group.role === 'organiser' &&
        html`<a class="button small" href=${`/e/${encodeURIComponent(event.id)}#organise`}
        aria-label=${t('home.organise_name', { event: event.title })}>${t('home.organise')}</a>`
      }</li>`;
  return html`<${Section} title=${t('group.dates')} aside=${
    leads &&
    html`<a class="button small" href="#dates"><${Icon} name="plus" /> ${t('group.plan')}</a>`
  }>
    ${coming.length === 0 && html`<p class="quiet">${t('group.no_dates')}</p>`}
    <ul class="plain rows">${coming.map(row)}</ul>
    ${
      over.length > 0 &&
      html`<details class="more"><summary>${t('group.past', { n: over.length })}</summary>
      <ul class="plain rows">${over.map(row)}</ul></details>`
    }<//>`;
}

/**
 * The feed's address holds a key of one's own: whoever gave it away has it made anew.
 * @param {{me: Me, group: Group, again: () => any}} props
 */
function Calendar({ me, group, again }) {
  const { calendar } = group;
  const renew = use_act(async () => {
    await renew_calendar(me.slot, group.id);
    await again();
  });
  const ask = () => {
    if (!calendar || window.confirm(t('group.calendar_sure'))) void renew.act();
  };
  const whole = calendar ? new URL(calendar, location.href).href : '';
  return html`<${Section} title=${t('group.calendar')}>
    ${
      whole
        ? html`<${LinkField} id="calendar" label=${t('group.calendar_link')} url=${whole}
            hint=${t('group.calendar_how')} />
          <p><a class="button small" href=${whole.replace(/^https?:/, 'webcal:')}>
            <${Icon} name="calendar" /> ${t('group.calendar_open')}</a></p>`
        : html`<p class="quiet">${t('group.calendar_none')}</p>`
    }
    <p><button type="button" class="link" disabled=${renew.busy} onClick=${ask}>
      ${t(whole ? 'group.calendar_renew' : 'group.calendar_make')}</button></p>
    ${renew.trouble}<//>`;
}

/** @param {{me: Me, group: Group, organises: boolean}} props */
function Members({ me, group, organises }) {
  const { members } = group;
  const leave = use_act(
    async () => {
      await remove_member(me.slot, group.id, me.person.id);
      location.assign('/');
    },
    { conflict: 'group.last_organiser' },
  );
  const ask = () => {
    if (window.confirm(t('group.leave_sure', { name: group.name }))) void leave.act();
  };
  return html`<${Section} title=${t('group.members', { n: members.length })} aside=${
    organises &&
    html`<a class="button small" href="#edit"><${Icon} name="edit" /> ${t('group.edit')}</a>`
  }><ul class="plain people-grid">${members.map(
    (each) => html`<li key=${each.person} class="row"><${Avatar} id=${each.person}
      name=${each.name} small /><span class="grow"><bdi>${each.name}</bdi>
      ${
        each.role !== 'member' &&
        html` <span class="tag tag-staff">${t(STANDING_WORDS[each.role])}</span>`
      }</span></li>`,
  )}</ul>
    <p><button type="button" class="link" disabled=${leave.busy} onClick=${ask}>
      ${t('group.leave')}</button></p>${leave.trouble}<//>`;
}

/** @param {{me: Me, group: Group}} props */
function Memory({ me, group }) {
  const [done, set_done] = useState(false);
  const forget = use_act(async () => {
    await forget_met(me.slot, group.id);
    set_done(true);
  });
  const ask = () => {
    if (window.confirm(t('memory.forget_sure'))) void forget.act();
  };
  const n = group.memory_meetings;
  return html`<${Section} title=${t('memory.title')}>
    <p class="quiet">${n > 0 ? t('memory.how', { n }) : t('memory.none')}</p>
    ${
      n > 0 &&
      (done
        ? html`<p role="status" class="done"><${Icon} name="check" /> ${t('forget.done')}</p>`
        : html`<p><button type="button" class="link" disabled=${forget.busy} onClick=${ask}>
          ${t('memory.forget')}</button></p>`)
    }${forget.trouble}<//>`;
}
