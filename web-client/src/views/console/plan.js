// Planning a sitting: how large, how long, how often, whom to mix; what that achieves is said while
// one still drags.

import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { announce_round, stay_in_console } from '../../app/console_actions.js';
import {
  MINUTES_MAX,
  OPENER_MAX,
  ROUNDS_MAX,
  SIZE_MAX,
  SIZE_MIN,
  look_at_plan,
  options_of,
  planned,
  stop_looking,
  wish,
  wishes,
} from '../../app/round_plan.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { room_here } from '../../store/round_reading.js';
import { Icon } from '../parts.js';
import { Groups } from './groups.js';
import { Hosts } from './hosts.js';
import { Preview } from './preview.js';

/** @param {{announced: () => void}} props */
export function Plan({ announced }) {
  const count = use_state((state) => room_here(state)?.count ?? 0);
  const announce_s = use_state((state) => state.limits.announce_s ?? 30);
  // Whoever comes or goes changes what can be achieved.
  useEffect(look_at_plan, [count]);
  useEffect(() => stop_looking, []);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const options = options_of(wishes.value);
    const ready = planned.value;
    const same = ready && JSON.stringify(ready.options) === JSON.stringify(options);
    const done = same
      ? await announce_round({ plan: ready.plan.plan }, options)
      : await announce_round({ options });
    if (!done) return;
    stay_in_console();
    announced();
  };
  return html`<form class="plan pad stack" onSubmit=${submit} aria-labelledby="plan-title">
    <h3 id="plan-title">${t('plan.title')}</h3>
    <${Size} />
    <div class="row plan-numbers">
      <${Count} id="plan-minutes" label=${t('plan.minutes')} value=${wishes.value.minutes}
        max=${MINUTES_MAX} set=${(/** @type {number} */ minutes) => wish({ minutes })} />
      <${Count} id="plan-rounds" label=${t('plan.rounds')} value=${wishes.value.rounds}
        max=${ROUNDS_MAX} set=${(/** @type {number} */ rounds) => wish({ rounds })} /></div>
    <${Mix} />
    <details class="more"><summary>${t('plan.more')}</summary><div class="stack">
      <${Hosts} /><${Groups} kind="together" /><${Groups} kind="apart" /><${Opener} /></div>
    </details>
    <${Preview} />
    <div class="plan-go"><button class="button primary wide">
      <${Icon} name="megaphone" /> ${t('plan.announce')}</button>
      <p class="hint">${t('plan.announce_hint', { n: announce_s })}</p></div>
  </form>`;
}

function Size() {
  const { size } = wishes.value;
  const words = size === 2 ? t('plan.pairs') : t('plan.size_is', { n: size });
  return html`<div class="field"><label for="plan-size">${t('plan.size')}
      <span class="size-now" aria-hidden="true">${words}</span></label>
    <input id="plan-size" type="range" min=${SIZE_MIN} max=${SIZE_MAX} step="1" value=${size}
      aria-valuetext=${words}
      onInput=${(/** @type {any} */ event) => wish({ size: Number(event.currentTarget.value) })}
      /></div>`;
}

/**
 * @param {{id: string, label: string, value: number, max: number, set: (n: number) => void}} props
 */
function Count({ id, label, value, max, set }) {
  const on_input = (/** @type {any} */ event) => {
    const n = Math.round(Number(event.currentTarget.value));
    if (n >= 1 && n <= max) set(n);
  };
  return html`<div class="field grow"><label for=${id}>${label}</label>
    <input id=${id} type="number" inputmode="numeric" min="1" max=${max} required
      defaultValue=${value} onInput=${on_input} /></div>`;
}

const MIX = /** @type {const} */ (['met', 'org', 'came_with', 'asks']);
const MIX_WORDS = {
  met: () => t('plan.met'),
  org: () => t('plan.org'),
  came_with: () => t('plan.came_with'),
  asks: () => t('plan.asks'),
};

function Mix() {
  return html`<fieldset class="plan-mix"><legend>${t('plan.mix')}</legend>
    ${MIX.map(
      (what) => html`<label key=${what} class="check"><input type="checkbox"
        checked=${wishes.value[what]}
        onChange=${(/** @type {any} */ event) => wish({ [what]: event.currentTarget.checked })} />
        <span>${MIX_WORDS[what]()}</span></label>`,
    )}</fieldset>`;
}

function Opener() {
  return html`<div class="field"><label for="plan-opener">${t('plan.opener')}</label>
    <input id="plan-opener" type="text" dir="auto" maxlength=${OPENER_MAX}
      defaultValue=${wishes.value.opener} aria-describedby="plan-opener-hint"
      onInput=${(/** @type {any} */ event) => wish({ opener: event.currentTarget.value })} />
    <p class="hint" id="plan-opener-hint">${t('plan.opener_hint')}</p></div>`;
}
