export const ACCOUNT_ACTS = {};
