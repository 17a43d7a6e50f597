// One message that the word filter held: let it through, or do not and say why.

import { html } from 'htm/preact';
import { review } from '../../app/desk_actions.js';
import { name_of } from '../../app/people.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { may } from '../../store/moderation.js';
import { room_of_stream } from '../../store/room_list.js';
import { Icon, Time } from '../parts.js';
import { Words } from '../words.js';
import { ActForm } from './act_form.js';
import { back_to, begin, doing, leave, open_item, toggle_item } from './items.js';
import { place_name } from './place_name.js';

/** @typedef {import('../../store/state.js').Held} HeldShape */

export const item_key = (/** @type {HeldShape} */ held) => `held-${held.held}`;

/** @param {{held: HeldShape}} props */
export function HeldItem({ held }) {
  const item = item_key(held);
  const open = open_item.value === item;
  const name = use_state((state) => name_of(state, held.by), [held.by]);
  const where = use_state((state) => place_name(state, held.stream), [held.stream]);
  const reviews = use_state(
    (state) => may(state, 'message.review', room_of_stream(state, held.stream)?.id),
    [held],
  );
  const what = open ? doing.value : null;
  const run = async (/** @type {any} */ { reason }) => {
    const ok = await review(held.held, what === 'let_through', reason);
    if (ok) leave(item);
    return ok;
  };
  return html`<li class="queue-item" data-item=${item}>
    <button type="button" class="queue-head" data-rove aria-expanded=${String(open)}
      onClick=${() => toggle_item(item)}><${Icon} name="waiting" />
      <span class="grow"><span class="strong">${t('queue.held_by', { name })}</span>
        ${!open && html`<span class="sub one-line" dir="auto">${held.body}</span>`}
        <span class="sub">${where} · <${Time} at=${held.at} /></span></span></button>
    ${
      open &&
      html`<div class="queue-body"><div class="around"><${Words} body=${held.body} /></div>
      ${
        reviews &&
        html`<p class="row wrap"><button type="button" class="button small primary"
          aria-expanded=${String(what === 'let_through')}
          onClick=${() => begin(item, 'let_through')}><${Icon} name="check" />
          ${t('queue.let_through')}</button>
        <button type="button" class="button small" aria-expanded=${String(what === 'withhold')}
          onClick=${() => begin(item, 'withhold')}><${Icon} name="close" />
          ${t('queue.withhold')}</button></p>`
      }
      ${
        reviews &&
        (what === 'withhold' || what === 'let_through') &&
        html`<${ActForm} id=${item} doing=${what} run=${run} close=${() => back_to(item)} />`
      }</div>`
    }</li>`;
}
