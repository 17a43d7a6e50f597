// Who came, as a table: the columns as the server gives them, in the reader's words.

import { html } from 'htm/preact';
import { number, t } from '../../app/text.js';
import { STANDING_WORDS } from '../account/standing.js';
import { Time } from '../parts.js';

/** @type {Record<string, import('../../app/text.js').Key>} */
const COLUMNS = {
  name: 'came.name',
  role: 'came.role',
  minutes: 'came.minutes',
  organisation: 'came.org',
  org: 'came.org',
  first_at: 'came.first',
  last_at: 'came.last',
};
const ROWS_SHOWN = 500;

/** @param {string} column @param {string} value */
function cell(column, value) {
  if (column === 'role' && STANDING_WORDS[value]) return t(STANDING_WORDS[value]);
  if (column === 'minutes' && value !== '') return number(Number(value));
  if (column.endsWith('_at') && value !== '') {
    const at = /^\d+$/.test(value) ? Number(value) : Date.parse(value);
    return Number.isNaN(at) ? value : html`<${Time} at=${at} />`;
  }
  return html`<bdi>${value}</bdi>`;
}

/** @param {{rows: string[][]}} props the heading first */
export function Attendance({ rows: [heading = [], ...people] }) {
  if (people.length === 0) return html`<p class="quiet">${t('came.nobody')}</p>`;
  const shown = heading.map((column, i) => ({ column, i })).filter(({ column }) => COLUMNS[column]);
  return html`<p class="quiet">${t('came.count', { n: people.length })}</p>
    <div class="table-scroll" tabindex="0" role="region" aria-label=${t('came.title')}>
    <table><thead><tr>${shown.map(
      ({ column, i }) => html`<th key=${i} scope="col"
      class=${column === 'minutes' ? 'numeric' : undefined}>${t(COLUMNS[column])}</th>`,
    )}</tr></thead>
    <tbody>${people.slice(0, ROWS_SHOWN).map(
      (row, n) =>
        html`<tr key=${n}>${shown.map(
          ({ column, i }) => html`<td key=${i}
        class=${column === 'minutes' ? 'numeric' : undefined}>${cell(column, row[i] ?? '')}</td>`,
        )}</tr>`,
    )}</tbody></table></div>
    ${
      people.length > ROWS_SHOWN && html`<p class="hint">${t('came.rest', { n: ROWS_SHOWN })}</p>`
    }`;
}
