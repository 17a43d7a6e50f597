// The root: which page to show, before there is an event and after.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { listen_to_happenings } from '../app/happenings.js';
import { come_back, enter, route } from '../app/route.js';
import { arrived, ended } from '../app/session.js';
import { t } from '../app/text.js';
import { Choose, Ended } from './doors.js';
import { Join } from './join.js';
import { account, groups, organise } from './later_parts.js';
import { Lazy } from './lazy.js';
import { Icon } from './parts.js';
import { Shell } from './shell.js';

listen_to_happenings();

const load_home = () => account().then(({ Home }) => Home);
const load_sso = () => account().then(({ Sso }) => Sso);
const load_me = () => account().then(({ MePage }) => MePage);
const load_arrive = () => account().then(({ Arrive }) => Arrive);
const load_group = () => groups().then(({ GroupPage }) => GroupPage);
const load_organise = () => organise().then(({ Organise }) => Organise);
const PAGES = { home: load_home, sso: load_sso, me: load_me, group: load_group };

export function App() {
  const { page, id } = route.value;
  if (page === 'join') return html`<${Join} invite=${id} />`;
  if (page === 'event') return html`<${EventPage} event=${id} />`;
  return html`<${Lazy} key=${page} load=${PAGES[page]} id=${id} />`;
}

/** @param {{event: string}} props */
function EventPage({ event }) {
  const [choices, set_choices] = useState(
    /** @type {import('../app/route.js').Known[] | null} */ (null),
  );
  useEffect(() => void come_back(event).then(set_choices), [event]);
  const go_in = (/** @type {number} */ slot) => {
    enter(event, slot);
    set_choices(null);
  };
  if (choices?.length === 0)
    return html`<${Lazy} load=${load_arrive} event=${event} go_in=${go_in} />`;
  // Arranging an event needs no seat in it, and goes on while there is no line to it.
  if (/^organise/.test(route.value.part) && !choices)
    return html`<${Lazy} load=${load_organise} event=${event} />`;
  if (ended.value) return html`<${Ended} event=${event} end=${ended.value} />`;
  if (choices) return html`<${Choose} choices=${choices} go_in=${go_in} />`;
  return arrived.value ? html`<${Shell} />` : html`<${Connecting} />`;
}

function Connecting() {
  return html`<main class="door"><div class="door-card door-quiet" role="status">
    <${Icon} name="coffee" class="icon-large" /><h1>${t('connection.connecting')}</h1></div>
      </main>`;
}
