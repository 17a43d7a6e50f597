// Starts the page: theme, language, and the first view.

import { html } from 'htm/preact';
import { render } from 'preact';
import { watch_visibility } from './app/frame.js';
import { show_theme } from './app/prefs.js';
import { preferred_language, set_language } from './app/text.js';
import { App } from './views/app.js';

show_theme();
watch_visibility();
await set_language(preferred_language());
const root = document.getElementById('app');
if (root) render(html`<${App} />`, root);
