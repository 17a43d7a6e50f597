// One table of the floor plan, drawn: a round table with its chairs, initials on a person's colour,
// an empty chair to sit down on. The words beside it say the same, so the drawing itself is one
// button.

import { html } from 'htm/preact';
import { sit } from '../app/actions.js';
import { hue_of, initials, name_of } from '../app/people.js';
import { use_state } from '../app/store.js';
import { sit_name } from './table_state.js';
import { icons } from './icons.js';

/** @typedef {import('../store/state.js').Table} Table */

const CENTRE = 100;
const CLOSED = new Set(['full', 'round', 'resting']);
const SOFA_SEATS = 9;

/**
 * Chairs stand around the table, the first at the top; more chairs are smaller ones.
 * @param {number} index
 * @param {number} count
 */
function chair_at(index, count) {
  const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
  const ring = 74;
  const size = Math.min(19, (Math.PI * ring) / count - 2);
  return { x: CENTRE + ring * Math.cos(angle), y: CENTRE + ring * Math.sin(angle), size };
}

/** @param {string} person */
function use_face(person) {
  const name = use_state((state) => name_of(state, person), [person]);
  const presence = use_state((state) => state.people[person]?.state ?? 'online', [person]);
  return { name, presence };
}

/** @param {{person: string, x: number, y: number, size: number}} props */
function TakenChair({ person, x, y, size }) {
  const { name, presence } = use_face(person);
  return html`<g class=${`chair chair-taken hue-${hue_of(person)} is-${presence}`}>
    <title>${name}</title><circle cx=${x} cy=${y} r=${size} />
    <text x=${x} y=${y} dy="0.36em" font-size=${size * 0.82}>${initials(name)}</text></g>`;
}

/**
 * @param {{x: number, y: number, size: number, table: Table, first: boolean, free: boolean}} props
 */
function EmptyChair({ x, y, size, table, first, free }) {
  const shape = html`<circle cx=${x} cy=${y} r=${size - 1} />
    ${free && html`<path d=${`M${x - 5} ${y}h10M${x} ${y - 5}v10`} />`}`;
  if (!free) return html`<g class="chair chair-closed">${shape}</g>`;
  const take = () => void sit(table.id);
  if (!first)
    return html`<g class="chair chair-empty" aria-hidden="true" onClick=${take}>${shape}</g>`;
  const on_key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    take();
  };
  return html`<g class="chair chair-empty" role="button" data-rove aria-label=${sit_name(table)}
    onClick=${take} onKeyDown=${on_key}>${shape}</g>`;
}

/** @param {{table: Table, what: string}} props */
export function FloorTable({ table, what }) {
  const capacity = table.capacity ?? 0;
  const seats = table.seats ?? Array.from({ length: table.taken }, () => null);
  const count = Math.max(capacity, seats.length, 1);
  const free = what !== 'locked' && what !== 'mine' && !CLOSED.has(what);
  const chairs = Array.from({ length: count }, (_none, index) => {
    const place = chair_at(index, count);
    const seat = seats[index];
    if (seat) return html`<${TakenChair} key=${seat.person} person=${seat.person} ...${place} />`;
    if (index < seats.length)
      return html`<g key=${index} class="chair chair-closed"><circle cx=${place.x} cy=${place.y}
        r=${place.size} /></g>`;
    return html`<${EmptyChair} key=${`empty-${index}`} ...${place} table=${table}
      first=${index === seats.length} free=${free} />`;
  });
  return html`<svg class="floor-table" viewBox="0 0 200 200" role="group" aria-label=${table.name}>
    <circle class="table-top" cx=${CENTRE} cy=${CENTRE} r="44" />
    ${what === 'deep' && html`<circle class="table-ring" cx=${CENTRE} cy=${CENTRE} r="36" />`}
    ${
      what === 'locked' &&
      html`<g class="table-sign" transform="translate(82 80) scale(1.5)"
      dangerouslySetInnerHTML=${{ __html: icons.lock }}></g>`
    }
    ${
      what !== 'locked' &&
      html`<text class="table-count" x=${CENTRE} y=${CENTRE} dy="0.35em"
      aria-hidden="true">${table.taken}/${capacity}</text>`
    }
    ${chairs}</svg>`;
}

/** @param {{table: Table}} props */
export function Sofa({ table }) {
  const seats = (table.seats ?? []).slice(0, SOFA_SEATS);
  return html`<svg class="floor-sofa" viewBox="0 0 420 96" role="img" aria-label=${table.name}>
    <rect class="sofa-back" x="8" y="6" width="404" height="56" rx="18" />
    <rect class="sofa-arm" x="4" y="26" width="30" height="62" rx="13" />
    <rect class="sofa-arm" x="386" y="26" width="30" height="62" rx="13" />
    <rect class="sofa-seat" x="30" y="48" width="360" height="38" rx="10" />
    ${seats.map(
      ({ person }, index) => html`<${TakenChair} key=${person} person=${person}
      x=${58 + index * 38} y=${48} size=${17} />`,
    )}
  </svg>`;
}
