// Who facilitates, in turn: whose turn it is, handing the chair over, and the order of the rota.

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { hand_over, member_name, moved, set_rota } from '../../app/groups_actions.js';
import { t } from '../../app/text.js';
import { choices, use_act } from '../account/form.js';
import { Section } from '../account/page.js';
import { Avatar, Icon, IconButton } from '../parts.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */
/** @typedef {import('../../app/groups_actions.js').Group} Group */

/** @param {{me: Me, group: Group, leads: boolean, again: () => any}} props */
export function Rota({ me, group, leads, again }) {
  const [editing, set_editing] = useState(false);
  const has_chair = group.facilitator === me.person.id;
  return html`<${Section} title=${t('rota.title')} aside=${
    leads &&
    !editing &&
    html`<button type="button" class="button small" onClick=${() => set_editing(true)}>
      <${Icon} name="edit" /> ${t('rota.change')}</button>`
  }>
    ${
      editing
        ? html`<${Order} me=${me} group=${group} done=${async (/** @type {boolean} */ saved) => {
            if (saved) await again();
            set_editing(false);
          }} />`
        : html`<${InTurn} group=${group} />`
    }
    ${
      !editing &&
      group.rota.length > 1 &&
      (has_chair || group.role === 'organiser') &&
      html`<${HandOver} me=${me} group=${group} again=${again} />`
    }<//>`;
}

/** @param {{group: Group}} props */
function InTurn({ group }) {
  if (group.rota.length === 0) return html`<p class="quiet">${t('rota.empty')}</p>`;
  return html`<ol class="plain rows rota">${group.rota.map((person) => {
    const name = member_name(group, person);
    return html`<li key=${person} class="row"><${Avatar} id=${person} name=${name} small />
      <span class="grow"><bdi>${name}</bdi></span>
      ${
        person === group.facilitator &&
        html`<span class="tag tag-staff">${t('rota.has_chair')}</span>`
      }${
        person === group.next_facilitator &&
        person !== group.facilitator &&
        html`<span class="tag">${t('rota.is_next')}</span>`
      }</li>`;
  })}</ol>`;
}

/** @param {{me: Me, group: Group, again: () => any}} props */
function HandOver({ me, group, again }) {
  const others = group.rota.filter((person) => person !== group.facilitator);
  const [to, set_to] = useState(group.next_facilitator ?? others[0]);
  const act = use_act(async () => {
    await hand_over(me.slot, group.id, to === group.next_facilitator ? undefined : to);
    await again();
  });
  return html`<div class="field"><label for="hand-over">${t('rota.hand_over')}</label>
    <div class="row wrap"><select id="hand-over" class="grow" onChange=${(
      /** @type {any} */ event,
    ) => set_to(event.currentTarget.value)}>
      ${choices(
        others.map((person) => [person, member_name(group, person)]),
        to,
      )}</select>
    <button type="button" class="button small" disabled=${act.busy} onClick=${act.act}>
      ${t('rota.hand_over_do')}</button></div>${act.trouble}</div>`;
}

/** @param {{me: Me, group: Group, done: (saved: boolean) => any}} props */
function Order({ me, group, done }) {
  const [people, set_people] = useState(group.rota);
  const [said, set_said] = useState('');
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const moved_button = useRef('');
  // A row that moves within the page loses the focus; whoever moved it goes on from there.
  useEffect(() => {
    if (moved_button.current) document.getElementById(moved_button.current)?.focus();
    moved_button.current = '';
  }, [people]);
  const save = use_act(async () => {
    await set_rota(me.slot, group.id, people);
    await done(true);
  });
  const move = (/** @type {number} */ from, /** @type {number} */ by, /** @type {string} */ id) => {
    const next = moved(people, from, by);
    if (next === people) return;
    moved_button.current = id;
    set_people(next);
    const name = member_name(group, people[from]);
    set_said(t('rota.moved', { name, place: from + by + 1, of: people.length }));
  };
  const remove = (/** @type {string} */ person) => {
    set_people(people.filter((each) => each !== person));
    list.current?.focus();
  };
  const rest = group.members.filter(({ person }) => !people.includes(person));
  return html`<p class="hint">${t('rota.order_how')}</p>
    <ol class="plain rows rota" ref=${list} tabindex="-1" aria-label=${t('rota.title')}>
    ${people.map((person, i) => {
      const name = member_name(group, person);
      const on_key = (/** @type {KeyboardEvent} */ event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        move(i, by, `grip-${person}`);
      };
      return html`<li key=${person} class="row"><button type="button" class="grip grow"
        id=${`grip-${person}`} onKeyDown=${on_key}>
        <${Avatar} id=${person} name=${name} small /><bdi>${name}</bdi>
        <span class="unseen">${t('rota.grip', { place: i + 1, of: people.length })}</span></button>
        <${IconButton} icon="up" id=${`up-${person}`} label=${t('rota.up', { name })}
          aria-disabled=${String(i === 0)} onClick=${() => move(i, -1, `up-${person}`)} />
        <${IconButton} icon="down" id=${`down-${person}`} label=${t('rota.down', { name })}
          aria-disabled=${String(i === people.length - 1)}
          onClick=${() => move(i, 1, `down-${person}`)} />
        <${IconButton} icon="close" label=${t('rota.remove', { name })}
          onClick=${() => remove(person)} /></li>`;
    })}</ol><p class="unseen" role="status">${said}</p>
    ${
      rest.length > 0 &&
      html`<div class="field"><label for="rota-add">${t('rota.add')}</label>
      <select id="rota-add" value="" onChange=${(/** @type {any} */ event) => {
        const { value } = event.currentTarget;
        if (value) set_people([...people, value]);
        event.currentTarget.value = '';
      }}>${choices([['', t('rota.add_whom')], ...rest.map(pair)], '')}</select></div>`
    }
    <p class="row wrap"><button type="button" class="button small primary" disabled=${save.busy}
      onClick=${save.act}>${t('action.save')}</button>
    <button type="button" class="button small" onClick=${() => done(false)}>
      ${t('action.cancel')}</button></p>${save.trouble}`;
}

/** @param {import('../../app/groups_actions.js').Member} member @returns {[string, string]} */
const pair = (member) => [member.person, member.name];
