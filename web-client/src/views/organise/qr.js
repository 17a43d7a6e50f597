// A link as a code for a camera, drawn as one shape: sharp on a slide and on paper.

import { html } from 'htm/preact';
import { encode } from 'uqr';
import { t } from '../../app/text.js';
import { save_file } from '../account/copying.js';
import { Icon } from '../parts.js';

/** Empty squares around it, which readers need (ISO/IEC 18004). */
const QUIET = 4;

/** @param {string} text @returns {{size: number, path: string}} */
export function qr_shape(text) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size, path };
}

/** @param {{text: string, name: string}} props */
export function Qr({ text, name }) {
  const { size, path } = qr_shape(text);
  const box = `0 0 ${size} ${size}`;
  const save = () =>
    save_file(
      'hallway-link.svg',
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><path fill="#fff" d="M0 0h${size}v${
        size
      }H0z"/><path d="${path}"/></svg>`,
      'image/svg+xml',
    );
  return html`<figure class="qr"><svg viewBox=${box} role="img" aria-label=${name}
    shape-rendering="crispEdges"><path class="qr-ground" d=${`M0 0h${size}v${size}H0z`} />
    <path class="qr-ink" d=${path} /></svg>
    <figcaption><button type="button" class="button small" onClick=${save}>
      <${Icon} name="download" /> ${t('invites.qr_save')}</button></figcaption></figure>`;
}
