// The difference between the server's clock and ours, from the sample with the lowest round trip.
// A clock that is set, or that stood still while the machine slept, is noticed: two samples that
// cannot both be right mean that it moved, and the newer is believed.

const SAMPLES_KEPT = 8;
// What a clock may wander between two samples without having been set.
const DRIFT_MS = 20;

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
    const sample = { rtt_ms, offset_ms: server_at - (sent_at + rtt_ms / 2) };
    // Each is off by half its round trip at most.
    const agrees = (/** @type {typeof sample} */ each) =>
      Math.abs(each.offset_ms - sample.offset_ms) <= (each.rtt_ms + rtt_ms) / 2 + DRIFT_MS;
    this.#samples = this.#samples.filter(agrees);
    this.#samples.push(sample);
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
