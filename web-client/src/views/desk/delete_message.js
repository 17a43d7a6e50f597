// Deleting what somebody else said, from the message itself: it asks first, since nothing brings
// the words back.

import { html } from 'htm/preact';
import { remove_message } from '../../app/chat_actions.js';
import { ActForm } from './act_form.js';

/**
 * @param {{stream: string, message: import('../../store/state.js').Message, close: () => void}}
 *   props
 */
export function DeleteMessage({ stream, message, close }) {
  const run = async (/** @type {{reason: string}} */ { reason }) => {
    const done = await remove_message(stream, message.offset, reason);
    if (done) close();
    return done;
  };
  return html`<${ActForm} id="message" doing="delete" run=${run} close=${close} />`;
}
