// The moderator's desk, fetched when first opened.

import '../later_icons.js';

export { DeleteMessage } from './delete_message.js';
export { ModeratorDesk } from './moderator_desk.js';
export { PersonTools } from './person_tools.js';
