// What moderators did concerning oneself, opened from one's own card.

import { html } from 'htm/preact';
import { t } from '../../app/text.js';
import { Audit } from './audit.js';

const MINE = {};

export function MyRecord() {
  return html`<${Audit} about=${MINE} nothing=${t('record.nothing')} />`;
}
