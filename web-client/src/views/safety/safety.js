// What a member meets of moderation, fetched when first met: reporting, a warning, lockdown, and
// what moderators did concerning oneself.

import '../later_icons.js';

export { Calm } from './calm.js';
export { MyRecord } from './my_record.js';
export { Report } from './report.js';
export { Warned } from './warned.js';
