// A field that finds one person of the event by name, among those known and those the server names.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { list_people } from '../../app/meeting_actions.js';
import { matching } from '../../app/mentions.js';
import { use_state } from '../../app/store.js';
import { Avatar } from '../parts.js';

const ASKED_AFTER_MS = 300;
const OFFERED = 6;

/** @param {{id: string, label: string, choose: (person: string) => void}} props */
export function PersonSearch({ id, label, choose }) {
  const [query, set_query] = useState('');
  const wanted = query.trim().toLocaleLowerCase();
  const known = use_state((state) => state.people);
  useEffect(() => {
    if (!wanted) return undefined;
    const timer = setTimeout(() => void list_people({ query: wanted }), ASKED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const offered = wanted ? matching(Object.values(known), wanted, OFFERED) : [];
  return html`<div class="field"><label for=${id}>${label}</label>
    <input id=${id} type="search" autocomplete="off" maxlength="100" value=${query}
      onInput=${(/** @type {any} */ event) => set_query(event.currentTarget.value)} />
    ${
      offered.length > 0 &&
      html`<ul class="plain offered">${offered.map(
        ({ id: person, name }) => html`<li key=${person}><button type="button" class="nav-row"
          onClick=${() => choose(person)}><${Avatar} id=${person} name=${name} small />
          <bdi>${name}</bdi></button></li>`,
      )}</ul>`
    }</div>`;
}
