// The frame of the pages outside an event, and how they load what they show.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { get_everyone } from '../../app/account_actions.js';
import { t } from '../../app/text.js';
import { Avatar, Icon } from '../parts.js';
import { sentence } from './form.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */

/**
 * @param {{title: string, me?: Me | null, wide?: boolean, children?: any, above?: any}} props
 */
export function Page({ title, me = null, wide = false, children, above }) {
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title]);
  return html`<div class=${`page ${wide ? 'page-wide' : ''}`}>
    <header class="page-head"><a class="wordmark" href="/"><${Icon} name="coffee"
      /> ${t('app.name')}</a>
      ${
        me &&
        html`<a class="page-me" href="/me"><${Avatar} id=${me.person.id} name=${me.person.name}
          small /><bdi class="one-line">${me.person.name}</bdi>
          <span class="unseen">${t('account.open')}</span></a>`
      }</header>
    <main class="page-main">${above}<h1 dir="auto">${title}</h1>${children}</main></div>`;
}

/**
 * A part of a page, under its own heading.
 * @param {{title: string, children?: any, class?: string, aside?: any}} props
 */
export function Section({ title, children, class: extra = '', aside }) {
  return html`<section class=${`card stack ${extra}`}>
    ${
      aside
        ? html`<div class="row wrap"><h2 class="grow">${title}</h2>${aside}</div>`
        : html`<h2>${title}</h2>`
    }${children}</section>`;
}

/**
 * What a page shows, once it is there: undefined while it loads.
 * @template T @param {() => Promise<T>} load @param {any[]} [deps]
 */
export function use_loaded(load, deps = []) {
  const [found, set_found] = useState(/** @type {{value?: T, problem?: any}} */ ({}));
  const again = () =>
    load().then(
      (value) => set_found({ value }),
      (problem) => set_found({ problem }),
    );
  useEffect(() => void again(), deps);
  return { ...found, again, set: (/** @type {T} */ value) => set_found({ value }) };
}

/** Everyone this browser is signed in as. */
export const use_everyone = () => use_loaded(get_everyone);

/**
 * While something loads, or where it could not.
 * @param {{problem?: any, again: () => any, words?: Record<string, any>}} props
 */
export function Loading({ problem, again, words }) {
  if (!problem) return html`<p class="quiet" role="status">${t('lazy.loading')}</p>`;
  return html`<div class="stack" role="alert"><p>${sentence(problem, words)}</p>
    <p><button type="button" class="button" onClick=${again}>${t('door.try_again')}</button></p>
    </div>`;
}

/** The way back, at the head of a page. @param {string} to */
export const back = (to) =>
  html`<a class="back" href=${to}><${Icon} name="arrow_left" /> ${t('action.back')}</a>`;
