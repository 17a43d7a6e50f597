// Where a reported or held message was said, in words.

import { t } from '../../app/text.js';
import { stream_kind } from '../../store/state.js';
import { chat_name } from '../chat.js';

/** @param {import('../../store/state.js').State} state @param {string} stream */
export const place_name = (state, stream) =>
  stream_kind(stream) === 'conversation' ? t('queue.in_private') : chat_name(state, stream);
