// All together again after a round: with whom one sat, and what comes next.

import { html } from 'htm/preact';
import { name_of } from '../../app/people.js';
import { use_state } from '../../app/store.js';
import { join_names, t } from '../../app/text.js';
import { open_person, show_panel } from '../../app/ui.js';
import { round_here } from '../../store/round_reading.js';
import { Avatar, Icon } from '../parts.js';

/** @typedef {import('../../store/state.js').State} State */

const NOBODY = /** @type {string[]} */ ([]);

/** With whom I sat in the round that has just ended. @param {State} state */
function my_company(state) {
  const { seating, place, me } = state;
  if (seating?.room !== place.room) return NOBODY;
  const table = seating?.seats.find(([, people]) => people.includes(me));
  return table ? table[1] : NOBODY;
}

export function Plenary() {
  const round = use_state(round_here);
  const me = use_state((state) => state.me);
  const people = use_state(my_company).filter((person) => person !== me);
  const names = use_state(
    (state) => people.map((person) => name_of(state, person)).join('\u0000'),
    [people.join()],
  ).split('\u0000');
  if (!round || round.number === 0) return null;
  const more = round.number < round.of;
  const show = (/** @type {string} */ person) => {
    open_person.value = person;
    show_panel('people');
  };
  return html`<section class="my-round plenary" aria-labelledby="plenary-title">
    <h2 id="plenary-title"><${Icon} name="coffee" /> ${t('round.back')}</h2>
    ${
      people.length > 0 &&
      html`<p dir="auto">${t('round.you_sat', { names: join_names(names) })}</p>`
    }
    ${
      people.length > 0 &&
      html`<ul class="plain company">${people.map(
        (person, i) => html`<li key=${person}>
        <button type="button" class="face" onClick=${() => show(person)}>
          <${Avatar} id=${person} name=${names[i]} /><bdi>${names[i]}</bdi></button></li>`,
      )}</ul>`
    }
    ${!more && html`<p class="quiet">${t('round.last_done')}</p>`}</section>`;
}
