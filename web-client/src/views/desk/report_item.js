// One report: who said what, with the messages around it; who looks after it; and what to do.

import { html } from 'htm/preact';
import { claim, resolve, settle } from '../../app/desk_actions.js';
import { name_of } from '../../app/people.js';
import { use_state } from '../../app/store.js';
import { clock_time, t } from '../../app/text.js';
import { may } from '../../store/moderation.js';
import { room_of_stream } from '../../store/room_list.js';
import { stream_kind } from '../../store/state.js';
import { Icon, Time } from '../parts.js';
import { Audit } from '../safety/audit.js';
import { Words } from '../words.js';
import { ActForm } from './act_form.js';
import { back_to, begin, doing, leave, open_item, toggle_item } from './items.js';
import { ActButtons, Standing, use_acts } from './person_tools.js';
import { place_name } from './place_name.js';

/** @typedef {import('../../store/state.js').Report} ReportShape */

export const item_key = (/** @type {ReportShape} */ report) => `report-${report.report}`;

/** @param {{report: ReportShape}} props */
export function ReportItem({ report }) {
  const item = item_key(report);
  const open = open_item.value === item;
  const name = use_state((state) => name_of(state, report.person), [report.person]);
  const where = use_state((state) => place_name(state, report.stream), [report.stream]);
  const owner = use_state((state) => owner_words(state, report), [report]);
  return html`<li class="queue-item" data-item=${item}>
    <button type="button" class="queue-head" data-rove aria-expanded=${String(open)}
      onClick=${() => toggle_item(item)}><${Icon} name="flag" />
      <span class="grow"><span class="queue-title">
          <span class="strong">${t('queue.about', { name })}</span>
          ${owner && html`<span class="tag tag-staff">${owner}</span>`}</span>
        <span class="sub" dir="auto">${report.reason}</span>
        <span class="sub">${where} · <${Time} at=${report.at} /></span></span></button>
    ${open && html`<${Body} report=${report} item=${item} />`}</li>`;
}

/** @param {import('../../store/state.js').State} state @param {ReportShape} report */
function owner_words(state, { owner, state: stage }) {
  if (stage === 'open' || !owner) return '';
  return owner === state.me ? t('queue.yours') : t('queue.owned', { name: name_of(state, owner) });
}

/** @param {{report: ReportShape, item: string}} props */
function Body({ report, item }) {
  const acts = use_acts(report.person);
  const mine = use_state((state) => report.owner === state.me, [report]);
  const by = use_state((state) => name_of(state, report.by), [report.by]);
  const here = use_state((state) => room_of_stream(state, report.stream)?.id, [report]);
  const handles = use_state((state) => may(state, 'report.handle', here), [here]);
  const deletes = use_state(
    (state) =>
      stream_kind(report.stream) !== 'conversation' && may(state, 'message.delete', here),
    [report, here],
  );
  const what = doing.value;
  const run = async (/** @type {any} */ wishes) => {
    const ok =
      what === 'dismiss'
        ? await resolve(report.report, 'dismissed', wishes.reason)
        : await settle(report, /** @type {any} */ (what), wishes);
    if (ok) leave(item);
    return ok;
  };
  return html`<div class="queue-body">
    <p class="small quiet">${t('queue.reported_by', { name: by })}</p>
    <${Around} report=${report} />
    <${Standing} person=${report.person} />
    <p class="row wrap">
      ${
        handles &&
        !mine &&
        html`<button type="button" class="button small primary"
          onClick=${() => claim(report.report)}>
          <${Icon} name="wave" /> ${t('queue.claim')}</button>`
      }
      <${ActButtons} acts=${acts} doing=${what} set_doing=${(/** @type {any} */ act) => {
        if (act) begin(item, act);
        else doing.value = null;
      }} />
      ${
        deletes &&
        html`<button type="button" class="button small"
          aria-expanded=${String(what === 'delete')} onClick=${() => begin(item, 'delete')}>
          <${Icon} name="trash" /> ${t('queue.delete')}</button>`
      }
      ${
        handles &&
        html`<button type="button" class="button small"
          aria-expanded=${String(what === 'dismiss')} onClick=${() => begin(item, 'dismiss')}>
          <${Icon} name="check" /> ${t('queue.dismiss')}</button>`
      }</p>
    ${
      what &&
      ((what === 'delete' && deletes) || (what === 'dismiss' && handles) || acts.includes(what)) &&
      html`<${ActForm} id=${item} doing=${what} run=${run} close=${() => back_to(item)} />`
    }
    <details class="more"><summary>${t('staff.history')}</summary>
      <${Audit} about=${{ person: report.person }} nothing=${t('staff.no_history')} /></details>
  </div>`;
}

/** The messages that were shared with the report. @param {{report: ReportShape}} props */
function Around({ report }) {
  return html`<ol class="plain around">${report.messages.map(
    (message) => html`<${Said} key=${message.offset} message=${message}
      meant=${message.offset === report.of} />`,
  )}</ol>`;
}

/** @param {{message: import('../../store/state.js').Message, meant: boolean}} props */
function Said({ message, meant }) {
  const name = use_state((state) => name_of(state, message.by), [message.by]);
  return html`<li class=${meant ? 'is-meant' : ''}>
    <p class="message-head"><bdi class="strong">${name}</bdi>
      <span class="sub">${clock_time(message.at)}</span>
      ${meant && html`<span class="tag tag-warn">${t('queue.meant')}</span>`}</p>
    ${
      message.deleted
        ? html`<p class="quiet">${t('message.deleted_short')}</p>`
        : html`<${Words} body=${message.body} />`
    }</li>`;
}

/** A settled report, in one line. @param {{report: ReportShape}} props */
export function Settled({ report }) {
  const words = use_state(
    (state) =>
      t('queue.settled_line', {
        name: name_of(state, report.person),
        outcome: t(/** @type {any} */ (`outcome.${report.outcome ?? 'other'}`)),
        owner: name_of(state, report.owner ?? ''),
      }),
    [report],
  );
  return html`<li class="did"><span class="grow" dir="auto">${words}</span>
    <span class="sub"><${Time} at=${report.at} /></span></li>`;
}
