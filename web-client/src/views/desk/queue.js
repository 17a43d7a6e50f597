// The queue: who waits to come in, who called for help, what the filter held, what was reported.

import { html } from 'htm/preact';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { desk_news } from '../../store/moderation.js';
import { Empty } from '../parts.js';
import { use_roving } from '../roving.js';
import { Help, Waiting } from '../staff/desk.js';
import { HeldItem } from './held_item.js';
import { ReportItem, Settled } from './report_item.js';

/** @typedef {import('../../store/state.js').State} State */

const NO_REPORTS = /** @type {import('../../store/state.js').Report[]} */ ([]);
const NONE_HELD = /** @type {import('../../store/state.js').Held[]} */ ([]);

/** How many reports and held messages were too many to be told. @param {State} state */
const unnamed = ({ desk }) => (desk?.more_reports ?? 0) + (desk?.more_held ?? 0);

export function Queue() {
  const list = use_roving();
  const news = use_state(desk_news);
  const waits = use_state((state) => (state.desk?.waiting.length ?? 0) > 0);
  const calls = use_state((state) => (state.desk?.help.length ?? 0) > 0);
  const held = use_state((state) => state.desk?.held ?? NONE_HELD);
  const reports = use_state((state) => state.desk?.reports ?? NO_REPORTS);
  const more = use_state((state) => unnamed(state));
  const open = reports.filter((each) => each.state !== 'resolved');
  const settled = reports.filter((each) => each.state === 'resolved').reverse();
  return html`<div ref=${list}>
    ${
      news === 0 &&
      html`<${Empty} icon="coffee" title=${t('queue.nothing')}><p>${t('queue.nothing_how')}</p><//>`
    }
    ${
      open.length > 0 &&
      html`<section class="queue"><h3 class="pad-side">${t('queue.reports')}</h3>
        <ul class="plain">${open.map(
          (report) => html`<${ReportItem} key=${report.report} report=${report} />`,
        )}</ul></section>`
    }
    ${
      held.length > 0 &&
      html`<section class="queue"><h3 class="pad-side">${t('queue.held')}</h3>
        <ul class="plain">${held.map(
          (each) => html`<${HeldItem} key=${each.held} held=${each} />`,
        )}</ul></section>`
    }
    ${more > 0 && html`<p class="quiet pad">${t('queue.more', { n: more })}</p>`}
    ${waits && html`<${Waiting} />`}${calls && html`<${Help} />`}
    ${
      settled.length > 0 &&
      html`<details class="more pad"><summary>${t('queue.settled', { n: settled.length })}</summary>
        <ol class="plain did-list">${settled.map(
          (report) => html`<${Settled} key=${report.report} report=${report} />`,
        )}</ol></details>`
    }</div>`;
}
