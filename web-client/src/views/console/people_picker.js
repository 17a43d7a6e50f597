// Choosing people by name: a field that offers those here as one types, and chips for the chosen.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { matching } from '../../app/mentions.js';
import { name_of } from '../../app/people.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Avatar, Icon } from '../parts.js';

const OFFERED = 6;

/**
 * @param {{id: string, label: string, people: string[], taken?: string[], most?: number,
 *   set: (people: string[]) => void}} props `taken` are not offered though they are not chosen here
 */
export function PeoplePicker({ id, label, people, taken = [], most = 20, set }) {
  const [query, set_query] = useState('');
  const known = use_state((state) => state.people);
  const here = use_state((state) => state.present);
  const wanted = query.trim().toLocaleLowerCase();
  const others = here
    .filter((person) => !people.includes(person) && !taken.includes(person) && known[person])
    .map((person) => known[person]);
  const offered = wanted ? matching(others, wanted, OFFERED) : [];
  const choose = (/** @type {string} */ person) => {
    set([...people, person]);
    set_query('');
    document.getElementById(id)?.focus();
  };
  const on_key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape' && query) {
      event.preventDefault();
      event.stopPropagation();
      set_query('');
    }
    // Enter takes the first name offered; it does not send the form around this field.
    if (event.key === 'Enter') {
      event.preventDefault();
      if (offered[0]) choose(offered[0].id);
    }
  };
  return html`<div class="picker">
    ${
      people.length > 0 &&
      html`<div class="chips">${people.map(
        (person) => html`<${Chosen} key=${person} id=${person}
          drop=${() => set(people.filter((each) => each !== person))} />`,
      )}</div>`
    }
    ${
      people.length < most &&
      html`<div class="field"><label class="unseen" for=${id}>${label}</label>
      <input id=${id} type="search" autocomplete="off" placeholder=${t('plan.person_add')}
        value=${query} onKeyDown=${on_key}
        onInput=${(/** @type {any} */ event) => set_query(event.currentTarget.value)} /></div>`
    }
    ${
      offered.length > 0 &&
      html`<ul class="plain offered">${offered.map(
        (person) => html`<li key=${person.id}><button type="button" class="nav-row"
          onClick=${() => choose(person.id)}><${Avatar} id=${person.id} name=${person.name} small />
          <bdi>${person.name}</bdi></button></li>`,
      )}</ul>`
    }</div>`;
}

/** @param {{id: string, drop: () => void}} props */
function Chosen({ id, drop }) {
  const name = use_state((state) => name_of(state, id), [id]);
  return html`<button type="button" class="chip is-chosen"
    aria-label=${t('plan.person_drop', { name })} onClick=${drop}><bdi>${name}</bdi>
    <${Icon} name="close" /></button>`;
}
