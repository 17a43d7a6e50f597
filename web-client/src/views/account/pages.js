// The pages outside an event: one chunk, fetched with the first of them that is opened.

import '../later_icons.js';

export { AccountPanel, MePage } from './account.js';
export { Arrive } from './arrive.js';
export { Home } from './home.js';
export { SignIn } from './sign_in.js';
export { Sso } from './sso.js';
