// Many people at once: who is chosen, what is done to all of them with one reason, and how far it
// got.

import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { UNDO, act_on_all, end_sweep, sweep } from '../../app/desk_actions.js';
import { name_of } from '../../app/people.js';
import { TO_MANY, may_to } from '../../app/rank.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Icon, IconButton } from '../parts.js';
import { ActForm } from './act_form.js';
import { ActButtons } from './person_tools.js';

/** @typedef {import('../../app/desk_actions.js').Act} Act */

const FAILED_SHOWN = 10;

/** @type {import('@preact/signals').Signal<string[]>} */
export const chosen = signal([]);
/** What is being done to them. @type {import('@preact/signals').Signal<Act | null>} */
export const doing_to_all = signal(null);

/** Chooses somebody, or not any more. @param {string} person */
export function choose(person) {
  const others = chosen.value.filter((id) => id !== person);
  chosen.value = others.length < chosen.value.length ? others : [...others, person];
}

/**
 * The bar at the foot of the list while somebody is chosen.
 * @param {{back?: 'unmute' | 'unban'}} props what can be taken back from those in the list
 */
export function Chosen({ back }) {
  const n = chosen.value.length;
  const acts = use_state((state) =>
    back === 'unban'
      ? ''
      : TO_MANY.filter((act) => chosen.value.every((id) => may_to(state, act, id))).join(),
  [back, chosen.value]);
  const doing = doing_to_all.value;
  if (n === 0) return null;
  const take = () => {
    const people = chosen.value;
    chosen.value = [];
    document.getElementById('mod-title')?.focus();
    return people;
  };
  const run = async (/** @type {any} */ wishes) => {
    doing_to_all.value = null;
    void act_on_all(/** @type {Act} */ (doing), take(), wishes);
    return true;
  };
  return html`<section class="chosen" aria-label=${t('crowd.chosen', { n })}>
    <p class="row wrap"><span class="strong grow" role="status">${t('crowd.chosen', { n })}</span>
      <${IconButton} icon="close" label=${t('crowd.choose_none')}
        onClick=${() => (chosen.value = [])} /></p>
    <p class="row wrap"><${ActButtons} acts=${acts.split(',').filter(Boolean)} doing=${doing}
      set_doing=${(/** @type {Act | null} */ act) => (doing_to_all.value = act)} />
      ${
        back &&
        html`<button type="button" class="button small"
          onClick=${() => act_on_all(back, take())}><${Icon} name="undo" />
          ${t(back === 'unban' ? 'staff.let_back' : 'staff.unmute')}</button>`
      }</p>
    ${
      doing &&
      html`<${ActForm} id="all" doing=${doing} run=${run}
        close=${() => (doing_to_all.value = null)} />`
    }</section>`;
}

/** How far it got, what failed, and the way back. */
export function Progress() {
  const now = sweep.value;
  return html`<div role="status" class="sweep">${now && html`<${Going} now=${now} />`}</div>`;
}

/** @param {{now: import('../../app/desk_actions.js').Sweep}} props */
function Going({ now }) {
  const { act, of, done, failed, running } = now;
  const back = UNDO[act];
  const tried = done.length + failed.length;
  return html`<div class="notice"><p class="strong">${
    running
      ? t('sweep.going', { n: tried, of })
      : t(`sweep.done_${act === 'warn' || act === 'move' ? 'remove' : act}`, { n: done.length })
  }</p>
    ${running && html`<progress class="wide" max=${of} value=${tried} aria-label=${t('sweep.far')}>
    </progress>`}
    ${
      failed.length > 0 &&
      html`<div class="wide"><p class="problem">${t('sweep.failed', { n: failed.length })}</p>
        <ul class="plain small">${failed.slice(0, FAILED_SHOWN).map(
          (each) => html`<${Failed} key=${each.person} each=${each} />`,
        )}</ul></div>`
    }
    <p class="row wrap">${
      !running &&
      back &&
      done.length > 0 &&
      html`<button type="button" class="button small"
        onClick=${() => act_on_all(back, done)}><${Icon} name="undo" /> ${t('staff.undo')}</button>`
    }
      <button type="button" class="button small" onClick=${end_sweep}>
        ${t(running ? 'sweep.stop' : 'notices.dismiss')}</button></p></div>`;
}

/** @param {{each: {person: string, why: string}}} props */
function Failed({ each }) {
  const name = use_state((state) => name_of(state, each.person), [each.person]);
  return html`<li><bdi class="strong">${name}</bdi> ${each.why}</li>`;
}
