// The root: which page to show, before there is an event and after.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { listen_to_happenings } from '../app/happenings.js';
import { come_back, route } from '../app/route.js';
import { arrived, ended } from '../app/session.js';
import { t } from '../app/text.js';
import { Choose, Ended, Home } from './doors.js';
import { Join } from './join.js';
import { Icon } from './parts.js';
import { Shell } from './shell.js';

listen_to_happenings();

export function App() {
  const { value } = route;
  if (value.page === 'join') return html`<${Join} invite=${value.invite} />`;
  if (value.page === 'event') return html`<${EventPage} event=${value.event} />`;
  return html`<${Home} />`;
}

/** @param {{event: string}} props */
function EventPage({ event }) {
  const [choices, set_choices] = useState(
    /** @type {import('../app/route.js').Known[] | null} */ (null),
  );
  useEffect(() => void come_back(event).then(set_choices), [event]);
  if (ended.value) return html`<${Ended} event=${event} end=${ended.value} />`;
  if (choices) return html`<${Choose} event=${event} choices=${choices} />`;
  return arrived.value ? html`<${Shell} />` : html`<${Connecting} />`;
}

function Connecting() {
  return html`<main class="door"><div class="door-card door-quiet" role="status">
    <${Icon} name="coffee" class="icon-large" /><h1>${t('connection.connecting')}</h1></div>
      </main>`;
}
