// A table that has become too small: two are asked whether to join another, one is told that they
// do.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { join_other_table } from '../../app/round_actions.js';
import { use_left } from '../../app/round_time.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { table_by_id } from '../../store/room_list.js';

/** @typedef {import('../../store/state.js').Shrunk} Shrunk */

export function Merge() {
  const mine = use_state((state) => state.place.table);
  const shrunk = use_state((state) => state.talks[state.place.table ?? '']?.shrunk ?? null);
  const into = use_state((state) => table_by_id(state, shrunk?.into ?? null)?.name ?? '', [shrunk]);
  if (!mine || !shrunk) return null;
  return shrunk.left === 1
    ? html`<${Alone} shrunk=${shrunk} into=${into} />`
    : html`<${TwoLeft} key=${`${mine} ${shrunk.into}`} mine=${mine} shrunk=${shrunk} into=${into}
        />`;
}

/** @param {{shrunk: Shrunk, into: string}} props */
function Alone({ shrunk, into }) {
  const ms = use_left((now) => Math.max(0, (shrunk.at ?? now) - now));
  return html`<div class="notice notice-ask">
    <p dir="auto">${t('merge.at', { table: into, s: Math.ceil(ms / 1000) })}</p></div>`;
}

/** @param {{mine: string, shrunk: Shrunk, into: string}} props */
function TwoLeft({ mine, shrunk, into }) {
  const [answer, set_answer] = useState(/** @type {'' | 'yes' | 'stay'} */ (''));
  if (answer === 'stay' && shrunk.yes === 0) return null;
  const agree = async () => {
    document.getElementById('place')?.focus();
    if (await join_other_table(mine)) set_answer('yes');
  };
  return html`<div class="notice notice-ask">
    <p dir="auto">${t('merge.ask', { table: into })}
      ${
        shrunk.yes > 0 &&
        html` <span class="sub">${t('merge.waits', { n: shrunk.yes, of: shrunk.of })}</span>`
      }</p>
    ${
      answer !== 'yes' &&
      html`<button type="button" class="button small primary" onClick=${agree}>
        ${t('merge.yes')}</button>
      <button type="button" class="button small" onClick=${() => set_answer('stay')}>
        ${t('merge.stay')}</button>`
    }</div>`;
}
