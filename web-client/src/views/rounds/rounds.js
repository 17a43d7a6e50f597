// What those in a round see: one chunk, fetched when a round is announced in one's room.

import '../later_icons.js';
import { listen_to_rounds } from './told.js';

export { MyRound } from './my_round.js';
export { Plenary } from './plenary.js';
export { RoundHead } from './head.js';

listen_to_rounds();
