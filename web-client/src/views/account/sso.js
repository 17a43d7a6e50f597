// Coming from the association's own site by a signed link: in at once, or told plainly why not, as
// is whoever its sign-on did not let through.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { get_offers, own_page, sign_in } from '../../app/account_actions.js';
import { HttpProblem } from '../../app/http.js';
import { route } from '../../app/route.js';
import { t } from '../../app/text.js';
import { Door } from '../doors.js';
import { sentence } from './form.js';
import { Contact } from './sign_in.js';

/** Its signature, its age or its being spent: the same to whoever clicked it. */
const SPENT = ['unauthenticated', 'session_expired', 'not_found', 'bad_request', 'conflict'];

/** Posts the link's token once, whatever the page draws. @type {Promise<string> | null} */
let signed_in = null;

async function come_in() {
  const asked = new URLSearchParams(route.value.part);
  const jwt = asked.get('jwt');
  const error = asked.get('error');
  if (error) throw new HttpProblem(error);
  route.value = { ...route.value, part: '' };
  if (!jwt) return '/';
  const { event } = await sign_in({ jwt });
  return own_page(asked.get('to')) ?? (event ? `/e/${encodeURIComponent(event)}` : '/');
}

export function Sso() {
  const [problem, set_problem] = useState(/** @type {any} */ (null));
  const [contact, set_contact] = useState('');
  useEffect(() => {
    signed_in ??= come_in();
    signed_in.then((to) => location.replace(to), set_problem);
  }, []);
  useEffect(() => {
    if (problem)
      get_offers().then(
        (offers) => set_contact(offers.contact ?? ''),
        () => {},
      );
  }, [problem]);
  if (!problem) {
    return html`<main class="door"><div class="door-card door-quiet" role="status">
      <h1>${t('connection.connecting')}</h1></div></main>`;
  }
  const spent = SPENT.includes(problem.code);
  return html`<${Door} icon="door" title=${t(spent ? 'sso.spent' : 'sso.not_now')}>
    <p role="alert">${
      spent
        ? t('sso.spent_how')
        : sentence(problem, { forbidden: 'sign_in.not_here', banned: 'sign_in.not_here' })
    }</p>
    ${
      spent && contact && html`<p class="hint">${t('sso.contact')} <${Contact} at=${contact} /></p>`
    }
    <a class="button" href="/">${t('sso.home')}</a><//>`;
}
