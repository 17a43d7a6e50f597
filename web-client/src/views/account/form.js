// A form that is sent over HTTP: busy while it is, the refusal under the field it names, and when
// to try again where that was too much.

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { HttpProblem } from '../../app/http.js';
import { why } from '../../app/notices.js';
import { t } from '../../app/text.js';

/** @typedef {import('../../app/text.js').Key} Key */
/**
 * @typedef {{busy: boolean, problem: {field: string | null, text: string} | null,
 *   submit: (event: SubmitEvent) => void}} Form
 */

/**
 * The sentence for a refusal. `words` has those that only this form knows, by `field.code`, by
 * field, or by code.
 * @param {any} error @param {Record<string, Key>} [words]
 */
export function sentence(error, words = {}) {
  const { code, field, retry_after_ms } = error;
  if (code === 'missing') return t('form.missing');
  if (code === 'rate_limited' && retry_after_ms > 0) return wait_words(retry_after_ms);
  const key = words[`${field}.${code}`] ?? words[field] ?? words[code];
  if (key) return t(key);
  if (code === 'unauthenticated' || code === 'session_expired') return t('form.signed_out');
  return why(error);
}

/** @param {number} ms */
function wait_words(ms) {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 100) return t('form.wait_seconds', { n: seconds });
  return t('form.wait_minutes', { n: Math.ceil(seconds / 60) });
}

/** @param {HTMLFormElement} form @param {string} name */
const field_of = (form, name) =>
  /** @type {HTMLInputElement | null} */ (
    [...form.elements].find((each) => /** @type {any} */ (each).name === name) ?? null
  );

/** The first field that must hold something and holds nothing. @param {HTMLFormElement} form */
const first_empty = (form) =>
  [...form.elements].find((each) => {
    const { required, value, type } = /** @type {HTMLInputElement} */ (each);
    return required && (type === 'password' ? value === '' : value.trim() === '');
  });

/**
 * @param {(values: Record<string, string>, form: HTMLFormElement) => any} send
 * @param {Record<string, Key>} [words] see `sentence`
 * @returns {Form}
 */
export function use_form(send, words) {
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState(/** @type {Form['problem']} */ (null));
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);

  const refuse = (/** @type {HTMLFormElement} */ form, /** @type {any} */ error) => {
    const at = error.field ? field_of(form, error.field) : null;
    set_problem({ field: at ? error.field : null, text: sentence(error, words) });
    const folded = at?.closest('details');
    if (folded) folded.open = true;
    at?.focus();
    if (error.retry_after_ms > 0)
      timer.current = Number(setTimeout(() => set_problem(null), error.retry_after_ms));
  };
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (busy) return;
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    clearTimeout(timer.current);
    set_problem(null);
    const empty = /** @type {HTMLInputElement | undefined} */ (first_empty(form));
    if (empty) return refuse(form, new HttpProblem('missing', '', empty.name));
    set_busy(true);
    try {
      const values = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
      await send(values, form);
    } catch (error) {
      refuse(form, error);
    }
    set_busy(false);
    return undefined;
  };
  return { busy, problem, submit };
}

/** What went wrong and belongs to no field. @param {{form: Form}} props */
export function Trouble({ form }) {
  if (!form.problem || form.problem.field) return null;
  return html`<p class="problem" role="alert">${form.problem.text}</p>`;
}

/**
 * A labelled field, its hint, and what was wrong with it. Children: the options of a choice.
 * @param {{form: Form, name: string, label: string, hint?: any, multiline?: boolean,
 *   children?: any, aside?: any, [more: string]: any}} props `aside` stands beside the field
 */
export function Ask({ form, label, hint, multiline = false, children, aside, ...input }) {
  const id = input.id ?? `ask-${input.name}`;
  const wrong = form.problem?.field === input.name ? form.problem.text : null;
  const told = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  const common = {
    ...input,
    id,
    'aria-describedby': told || undefined,
    'aria-invalid': wrong ? 'true' : undefined,
  };
  let control = html`<input type="text" ...${common} />`;
  if (multiline) control = html`<textarea rows="3" ...${common}></textarea>`;
  if (children) control = html`<select ...${common}>${children}</select>`;
  return html`<div class="field"><label for=${id}>${label}</label>
    ${aside ? html`<div class="row">${control}${aside}</div>` : control}
    ${wrong && html`<p class="problem small" id=${`${id}-wrong`}>${wrong}</p>`}
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}</div>`;
}

/**
 * Options of a choice, with the one that is chosen.
 * @param {[string | number, string][]} options @param {string | number} chosen
 */
export const choices = (options, chosen) =>
  options.map(
    ([value, words]) =>
      html`<option key=${value} value=${value} selected=${String(value) === String(chosen)}>
        ${words}</option>`,
  );

/**
 * Something that is done at a press of a button: busy meanwhile, and its refusal told beside it.
 * @param {() => Promise<any>} run @param {Record<string, Key>} [words]
 */
export function use_act(run, words) {
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState('');
  const act = async () => {
    set_busy(true);
    set_problem('');
    try {
      await run();
    } catch (error) {
      set_problem(sentence(error, words));
    }
    set_busy(false);
  };
  return { busy, act, trouble: problem && html`<p class="problem" role="alert">${problem}</p>` };
}
