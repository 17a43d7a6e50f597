// A group made, and changed: its name, its memory, its people, its end.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import {
  change_group,
  create_group,
  delete_group,
  remove_member,
  set_member,
} from '../../app/groups_actions.js';
import { t } from '../../app/text.js';
import { Ask, Trouble, choices, use_act, use_form } from '../account/form.js';
import { Page, Section, back } from '../account/page.js';
import { confirm_name } from '../account/privacy.js';
import { STANDING_WORDS } from '../account/standing.js';
import { date_words } from '../account/when.js';
import { Avatar, Icon, IconButton } from '../parts.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */
/** @typedef {import('../../app/groups_actions.js').Group} Group */

const ROLES = ['member', 'facilitator', 'organiser'];
const MEETINGS = [0, 3, 6, 12, 24];

/** @param {{form: import('../account/form.js').Form, group?: Group}} props */
const Names = ({ form, group }) =>
  html`<${Ask} form=${form} name="name" label=${t('group.name')} maxlength="60" required
      defaultValue=${group?.name ?? ''} />
    <${Ask} form=${form} name="about" label=${t('group.about')} hint=${t('group.about_hint')}
      maxlength="200" multiline defaultValue=${group?.about ?? ''} />`;

const WRONG = /** @type {Record<string, import('../../app/text.js').Key>} */ ({
  'name.conflict': 'group.name_taken',
});

/** @param {{me: Me}} props */
export function NewGroup({ me }) {
  const form = use_form(async ({ name, about }) => {
    const made = await create_group(me.slot, { name: name.trim(), about: about.trim() });
    location.assign(`/g/${encodeURIComponent(made.id)}`);
  }, WRONG);
  return html`<${Page} title=${t('group.new')} me=${me} above=${back('/')}>
    <p class="quiet">${t('group.new_how')}</p>
    <${Section} title=${t('group.what')}><form class="stack" onSubmit=${form.submit} noValidate>
    <${Names} form=${form} /><${Trouble} form=${form} />
    <p><button class="button primary" disabled=${form.busy}>${t('group.make')}</button></p>
    </form><//><//>`;
}

/** @param {{me: Me, group: Group, again: () => any}} props */
export function EditGroup({ me, group, again }) {
  return html`<${Page} title=${t('group.edit_title', { name: group.name })} me=${me}
    above=${back(`/g/${encodeURIComponent(group.id)}#`)}>
    <${Details} me=${me} group=${group} again=${again} />
    <${People} me=${me} group=${group} again=${again} />
    <${End} me=${me} group=${group} /><//>`;
}

/** @param {{me: Me, group: Group, again: () => any}} props */
function Details({ me, group, again }) {
  const [done, set_done] = useState(false);
  const form = use_form(async ({ name, about, memory_meetings }) => {
    set_done(false);
    await change_group(me.slot, group.id, {
      name: name.trim(),
      about: about.trim(),
      memory_meetings: Number(memory_meetings),
    });
    await again();
    set_done(true);
  }, WRONG);
  const options = [...new Set([...MEETINGS, group.memory_meetings])].sort((a, b) => a - b);
  return html`<${Section} title=${t('group.what')}>
    <form class="stack" onSubmit=${form.submit} noValidate><${Names} form=${form} group=${group} />
    <${Ask} form=${form} name="memory_meetings" label=${t('memory.title')}
      hint=${t('memory.choose_hint')}>
      ${choices(
        options.map((n) => [n, t(n > 0 ? 'memory.choice' : 'memory.choice_none', { n })]),
        group.memory_meetings,
      )}<//>
    <${Trouble} form=${form} /><p class="row wrap"><button class="button primary"
      disabled=${form.busy}>${t('action.save')}</button>
    ${
      done &&
      html`<span role="status" class="done"><${Icon} name="check" />
      ${t('form.saved')}</span>`
    }</p></form><//>`;
}

/** @param {{me: Me, group: Group, again: () => any}} props */
function People({ me, group, again }) {
  return html`<${Section} title=${t('group.members', { n: group.members.length })}>
    <p class="quiet">${t('group.members_how')}</p>
    <ul class="plain rows">${group.members.map(
      (each) => html`<${Row} key=${each.person} each=${each} me=${me} group=${group}
      again=${again} />`,
    )}</ul><//>`;
}

/**
 * @param {{each: import('../../app/groups_actions.js').Member, me: Me, group: Group,
 *   again: () => any}} props
 */
function Row({ each, me, group, again }) {
  const [role, set_role] = useState(each.role);
  const words = /** @type {const} */ ({ conflict: 'group.last_organiser' });
  const change = use_act(async () => {
    await set_member(me.slot, group.id, each.person, role);
    await again();
  }, words);
  const remove = use_act(async () => {
    await remove_member(me.slot, group.id, each.person);
    await again();
  }, words);
  const ask = () => {
    if (window.confirm(t('group.remove_sure', { name: each.name }))) void remove.act();
  };
  const id = `role-${each.person}`;
  return html`<li class="row wrap"><${Avatar} id=${each.person} name=${each.name} small />
    <span class="grow row-words"><bdi>${each.name}</bdi>
      <span class="sub">${t('group.since', { day: date_words(each.since_at) })}</span></span>
    <div class="row"><label class="unseen" for=${id}>
      ${t('group.role_of', { name: each.name })}</label>
    <select id=${id} onChange=${(/** @type {any} */ event) => set_role(event.currentTarget.value)}>
      ${choices(
        ROLES.map((name) => [name, t(STANDING_WORDS[name])]),
        role,
      )}</select>
    ${
      role !== each.role &&
      html`<button type="button" class="button small primary"
      disabled=${change.busy} onClick=${change.act}>${t('action.save')}</button>`
    }
    <${IconButton} icon="trash" label=${t('group.remove', { name: each.name })} onClick=${ask} />
    </div>${change.trouble}${remove.trouble}</li>`;
}

/** @param {{me: Me, group: Group}} props */
function End({ me, group }) {
  const form = use_form(
    async ({ confirm }) => {
      confirm_name(confirm, group.name);
      await delete_group(me.slot, group.id);
      location.assign('/');
    },
    { confirm: 'erase.differs' },
  );
  return html`<${Section} title=${t('group.delete')} class="card-grave">
    <details class="more"><summary>${t('group.delete_open')}</summary>
    <form class="stack" onSubmit=${form.submit} noValidate><p>${t('group.delete_how')}</p>
    <${Ask} form=${form} name="confirm" label=${t('erase.confirm', { name: group.name })}
      autocomplete="off" required /><${Trouble} form=${form} />
    <p><button class="button grave" disabled=${form.busy}>${t('group.delete_do')}</button></p>
    </form></details><//>`;
}
