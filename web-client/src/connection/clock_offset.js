// The difference between the server's clock and ours, from the sample with the lowest round trip.

const SAMPLES_KEPT = 8;

export class ClockOffset {
  /** @type {{rtt_ms: number, offset_ms: number}[]} */
  #samples = [];

  /**
   * @param {number} sent_at ours
   * @param {number} server_at theirs
   * @param {number} received_at ours
   */
  add(sent_at, server_at, received_at) {
    const rtt_ms = received_at - sent_at;
    if (!(rtt_ms >= 0) || !Number.isFinite(server_at)) return;
    this.#samples.push({ rtt_ms, offset_ms: server_at - (sent_at + rtt_ms / 2) });
    if (this.#samples.length > SAMPLES_KEPT) this.#samples.shift();
  }

  /** Forgets everything: after a sleep or a new connection, an old sample may lie about today. */
  clear() {
    this.#samples = [];
  }

  /** Milliseconds to add to our clock to get the server's; 0 before the first sample. */
  get offset_ms() {
    let best = this.#samples[0];
    for (const sample of this.#samples) if (sample.rtt_ms < best.rtt_ms) best = sample;
    return best ? best.offset_ms : 0;
  }
}
