// People who are to sit together, or apart: any number of groups of two and more.

import { html } from 'htm/preact';
import { wish, wishes } from '../../app/round_plan.js';
import { t } from '../../app/text.js';
import { Icon, IconButton } from '../parts.js';
import { PeoplePicker } from './people_picker.js';

/** @param {{kind: 'together' | 'apart'}} props */
export function Groups({ kind }) {
  const groups = wishes.value[kind];
  const title = t(kind === 'together' ? 'plan.together' : 'plan.apart');
  const hint = t(kind === 'together' ? 'plan.together_hint' : 'plan.apart_hint');
  const set = (/** @type {number} */ at, /** @type {string[]} */ people) =>
    wish({ [kind]: groups.map((group, index) => (index === at ? people : group)) });
  const drop = (/** @type {number} */ at) =>
    wish({ [kind]: groups.filter((_group, index) => index !== at) });
  return html`<fieldset class="plan-groups"><legend>${title}</legend>
    <p class="hint">${hint}</p>
    ${groups.map(
      (people, index) => html`<div key=${index} class="plan-group">
        <${PeoplePicker} id=${`${kind}-${index}`} people=${people}
          label=${`${title}: ${t('plan.group', { n: index + 1 })}`}
          set=${(/** @type {string[]} */ next) => set(index, next)} />
        <${IconButton} icon="trash" label=${t('plan.group_drop', { n: index + 1 })}
          onClick=${() => drop(index)} /></div>`,
    )}
    <button type="button" class="link" onClick=${() => wish({ [kind]: [...groups, []] })}>
      <${Icon} name="plus" />${t('plan.group_add')}</button></fieldset>`;
}
