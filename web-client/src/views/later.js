// The views of a member that are not needed to arrive: one chunk, fetched when the first is opened.

import './later_icons.js';

export { FloorTable, Sofa } from './floor_plan.js';
export { Keys } from './keys.js';
export { Letters } from './letters.js';
export { Me } from './me.js';
export { People } from './people.js';
export { Search } from './search.js';
