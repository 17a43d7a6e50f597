// Arriving by a link: what it is, who is here, a name, in.

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { create_session, get_invite, request } from '../app/http.js';
import { why } from '../app/notices.js';
import { browser } from '../app/prefs.js';
import { go_in, known_here } from '../app/route.js';
import { end_of } from '../store/state.js';
import { clock_time, day_name, t } from '../app/text.js';
import { Door } from './doors.js';
import { account } from './later_parts.js';
import { Lazy } from './lazy.js';
import { Avatar, Field } from './parts.js';

/** @typedef {{event: any, role: string, people: string[], count: number}} Invite */
/** @typedef {import('../app/route.js').Known} Known */

const FIELDS = ['about', 'ask', 'offer'];

/** @param {{invite: string}} props */
export function Join({ invite }) {
  const [look, set_look] = useState(/** @type {Invite | null} */ (null));
  const [known, set_known] = useState(/** @type {Known[]} */ ([]));
  const [problem, set_problem] = useState('');
  useEffect(() => {
    Promise.all([get_invite(invite), known_here()]).then(
      ([found, here]) => {
        set_look(found);
        void who_may(here, found.event.id).then(set_known);
        document.title = `${found.event.title} · ${t('app.name')}`;
      },
      (error) => set_problem(error.code === 'not_found' ? 'gone' : error.code),
    );
  }, [invite]);

  if (problem === 'gone') {
    return html`<${Door} icon="door" title=${t('join.dead')}><p>${t('join.dead_how')}</p><//>`;
  }
  if (problem) {
    return html`<${Door} icon="retry" title=${t('join.unreachable')}>
      <p>${t('join.unreachable_how')}</p>
      <button type="button" class="button primary" onClick=${() => location.reload()}>
        ${t('door.try_again')}</button><//>`;
  }
  if (!look)
    return html`<main class="door"><div class="door-card door-quiet" role="status">
    <h1>${t('connection.connecting')}</h1></div></main>`;
  return html`<${Door} icon=${null} title=${look.event.title}>
    <${When} event=${look.event} />
    <${Here} people=${look.people ?? []} count=${look.count ?? 0} />
    ${known.map(
      (each) => html`<${ComeBack} key=${each.slot} invite=${invite} known=${each} role=${look.role}
      again=${each.event === look.event.id} />`,
    )}
    ${known.length > 0 && html`<p class="or"><span>${t('join.or_new')}</span></p>`}
    <${Form} invite=${invite} role=${look.role} />
    <${WithAccount} invite=${invite} role=${look.role} />
  <//>`;
}

/** @param {{event: any}} props */
function When({ event }) {
  if (event.state === 'over') return html`<p class="when">${t('join.over')}</p>`;
  if (!event.starts_at) return html`<p class="when">${t('join.live')}</p>`;
  const ends_at = end_of(event);
  const span = ends_at
    ? `${clock_time(event.starts_at)}–${clock_time(ends_at)}`
    : clock_time(event.starts_at);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone !== event.timezone;
  return html`<p class="when">${
    event.state === 'live' && event.starts_at < Date.now()
      ? t('join.live')
      : `${day_name(event.starts_at)}, ${span}${zone ? ` ${t('time.yours')}` : ''}`
  }</p>`;
}

/** @param {{people: string[], count: number}} props */
function Here({ people, count }) {
  if (count === 0) return html`<p class="quiet">${t('join.first')}</p>`;
  return html`<div class="here"><span class="avatars">
    ${people.slice(0, 8).map((name) => html`<${Avatar} key=${name} id=${name} name=${name} />`)}
    </span><span>${t('join.here', { n: count })}</span></div>`;
}

/**
 * Who comes in as themselves: whoever is in the event, and members of the community to any.
 * @param {Known[]} here @param {string} event
 */
async function who_may(here, event) {
  const is_guest = (/** @type {Known} */ { slot }) =>
    request('GET', `/me?as=${slot}`).then(
      (me) => me.guest !== false,
      () => true,
    );
  const may = await Promise.all(
    here.map(async (each) => each.event === event || !(await is_guest(each))),
  );
  return here.filter((_each, i) => may[i]);
}

const load_sign_in = () => account().then(({ SignIn }) => SignIn);

/** @param {{invite: string, role: string}} props */
function WithAccount({ invite, role }) {
  const [wanted, set_wanted] = useState(false);
  const then = (/** @type {{event: string, slot: number}} */ { event, slot }) =>
    go_in(event, slot, invite, role);
  if (wanted)
    return html`<${Lazy} load=${load_sign_in} invite=${invite} then=${then}
      to=${`/j/${encodeURIComponent(invite)}`} />`;
  return html`<p><button type="button" class="link" onClick=${() => set_wanted(true)}>
    ${t('join.have_account')}</button></p>`;
}

/** @param {{invite: string, role: string, known: Known, again: boolean}} props */
function ComeBack({ invite, role, known, again }) {
  const [problem, set_problem] = useState('');
  const come_back = async () => {
    try {
      const { event, slot } = await create_session({ invite, slot: known.slot });
      go_in(event ?? known.event ?? '', slot ?? known.slot, invite, role);
    } catch (error) {
      set_problem(why(error));
    }
  };
  return html`<button type="button" class="button primary wide" onClick=${come_back}>
    <bdi>${t(again ? 'join.back_as' : 'join.as_member', { name: known.name })}</bdi></button>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}`;
}

/** @param {string} invite @param {string} role @param {FormData} form */
async function come_in(invite, role, form) {
  /** @type {Record<string, string>} */
  const body = { invite, name: String(form.get('name')).trim() };
  for (const field of FIELDS) {
    const value = String(form.get(field) ?? '').trim();
    if (value) body[field] = value;
  }
  const { event, slot } = await create_session(body);
  browser.set('name', body.name);
  go_in(event, slot, invite, role);
}

/** @param {{invite: string, role: string}} props */
function Form({ invite, role }) {
  const name = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState('');
  useEffect(() => name.current?.focus(), []);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    if (!String(form.get('name')).trim()) {
      set_problem(t('join.name_needed'));
      name.current?.focus();
      return;
    }
    set_busy(true);
    set_problem('');
    try {
      await come_in(invite, role, form);
    } catch (error) {
      const { field } = /** @type {any} */ (error);
      set_problem(field === 'name' ? t('join.name_wrong') : why(error));
      set_busy(false);
    }
  };
  return html`<form class="stack" onSubmit=${submit} noValidate>
    <div class="field"><label for="name">${t('card.name')}</label>
      <input ref=${name} id="name" name="name" type="text" maxlength="60" autocomplete="name"
        required aria-invalid=${problem ? 'true' : undefined}
          defaultValue=${browser.get('name') ?? ''} /></div>
    <details class="more"><summary>${t('join.add')}</summary><div class="stack">
      <${Field} name="about" label=${t('card.about')} hint=${t('card.about_hint')} maxlength="200"
        />
      <${Field} name="ask" label=${t('card.ask')} hint=${t('card.ask_hint')} maxlength="200" />
      <${Field} name="offer" label=${t('card.offer')} hint=${t('card.offer_hint')} maxlength="200"
        />
    </div></details>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <button class="button primary wide" disabled=${busy}>${t('join.come_in')}</button>
    <p class="quiet small">${t('join.privacy')}</p>
  </form>`;
}
