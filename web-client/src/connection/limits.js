// The bounds a client keeps by itself.

export const HELD_MAX = 64;
export const REPLY_TIMEOUT_MS = 10_000;
export const PATIENCE_MS = 15_000;
export const SYNC_JITTER_MS = 2_000;
export const TRIES_MAX = 6;
export const HEARTBEAT_S = 25;
export const SILENCE_ALLOWED_MS = 15_000;
export const CONNECT_TIMEOUT_MS = 10_000;
export const CLOCK_DOUBT_MS = 200;
