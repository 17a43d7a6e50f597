// The console of whoever leads rounds.
import { html } from 'htm/preact';
export function Console() { return html`<div></div>`; }
