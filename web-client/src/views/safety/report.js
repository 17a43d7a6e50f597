// Reporting a message: what the moderators will see is said before it is sent.

import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { name_of } from '../../app/people.js';
import { file_report } from '../../app/safety_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { stream_kind } from '../../store/state.js';
import { Icon } from '../parts.js';

const REASONS = /** @type {const} */ ([
  'reason.unkind',
  'reason.advertising',
  'reason.off_topic',
  'reason.private',
]);

/**
 * @param {{stream: string, message: import('../../store/state.js').Message, close: () => void}}
 *   props
 */
export function Report({ stream, message, close }) {
  const first = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [reason, set_reason] = useState('');
  const [busy, set_busy] = useState(false);
  const name = use_state((state) => name_of(state, message.by), [message.by]);
  useLayoutEffect(() => first.current?.focus(), []);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!reason.trim() || busy) return;
    set_busy(true);
    if (await file_report(stream, message.offset, reason.trim())) close();
    else set_busy(false);
  };
  const on_key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  const from = stream_kind(stream) === 'conversation' ? 'report.shared_private' : 'report.shared';
  return html`<form class="report stack" onSubmit=${submit} onKeyDown=${on_key}>
    <p class="strong"><${Icon} name="flag" /> ${t('report.title')}</p>
    <p class="small">${t(from, { name })}</p>
    <div class="field"><label for="report-reason">${t('report.why')}</label>
      <input type="text" ref=${first} id="report-reason" maxlength="300" dir="auto" required
        value=${reason}
        onInput=${(/** @type {any} */ event) => set_reason(event.currentTarget.value)} /></div>
    <p class="chips">${REASONS.map(
      (key) => html`<button key=${key} type="button" class="chip chip-line"
        onClick=${() => set_reason(t(key))}>${t(key)}</button>`,
    )}</p>
    <p class="row wrap"><button class="button small primary" disabled=${busy || !reason.trim()}>
      ${t('report.send')}</button>
      <button type="button" class="button small" onClick=${close}>${t('action.cancel')}</button></p>
  </form>`;
}
