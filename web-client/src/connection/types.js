// The shapes on the wire and the ports of the connection, as types alone.

/**
 * @typedef {{
 *   push: string, stream?: string, offset?: number, at?: number, by?: string, data: any,
 * }} Push
 *
 * @typedef {{
 *   code: string, message: string, retry?: boolean, retry_after_ms?: number, field?: string,
 * }} Err
 *
 * @typedef {{
 *   send(text: string): void,
 *   close(code?: number, reason?: string): void,
 *   onopen: ((event: any) => void) | null,
 *   onmessage: ((event: any) => void) | null,
 *   onclose: ((event: any) => void) | null,
 * }} SocketLike
 *
 * @typedef {{
 *   open_socket(): SocketLike,
 *   now(): number,
 *   random(): number,
 *   nonce(): string,
 *   set_timer(run: () => void, ms: number): any,
 *   clear_timer(timer: any): void,
 * }} Ports
 *
 * @typedef {'connecting' | 'open' | 'waiting' | 'stopped'} Status
 *
 * @typedef {{
 *   status?(status: Status): void,
 *   hello?(ok: any, kept: Set<string>): void,
 *   push?(push: Push): void,
 *   stopped?(end: {code: number, refusal: import('./refusal.js').Refusal | null}): void,
 *   waiting?(command: Command): void,
 * }} Handlers
 *
 * @typedef {{
 *   cmd: string,
 *   d: Record<string, any>,
 *   lane: string | null,
 *   kept: boolean,
 *   given_at: number,
 *   sent_id: number,
 *   tries: number,
 *   timer: any,
 *   resolve(ok: any): void,
 *   reject(refusal: import('./refusal.js').Refusal): void,
 * }} Command
 */

export {};
