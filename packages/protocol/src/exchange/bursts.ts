/**
 * A burst is what comes within this time after a silence. A model that writes 1,000 tokens a second, the fastest that is
 * sold, sends 50 events in it, but then it goes on, and what goes on is no burst.
 */
const BURST_US = 50_000;

/** Silence before a burst: a client sees a stop-and-go stream, and no agent pauses so long between each few words. */
const SILENCE_US = 1_000_000;

/** A tool's call, result and the blocks around them are made at once: about 8 events. 20 are not. */
const MANY = 20;

/** In a shorter stream nobody waits long enough to notice. */
const LONG_US = 5_000_000;

/**
 * Tells whether events were held up on their way: a stream that took long, and all of whose events came in bursts, each of
 * many events after a silence, the first one too. (The last burst may be small: it is what was left in the buffer.) One
 * event at its own time shows that nothing holds events up. What was buffered together with the headers cannot be told.
 */
export class Bursts {
  events = 0;
  /** The most events in one burst. */
  biggest = 0;
  /** When the first event came, in microseconds since the headers. */
  afterUs = 0;
  #startUs = Number.NEGATIVE_INFINITY;
  #lastUs = 0;
  #inBurst = 0;
  #flowing = false;

  add(atUs: number, events: number): void {
    const silence = atUs - this.#lastUs;
    this.#lastUs = atUs;
    if (events === 0) return;
    if (this.events === 0) this.afterUs = atUs;
    if (silence >= SILENCE_US) this.#begin(atUs);
    else if (atUs - this.#startUs > BURST_US) this.#flowing = true;
    this.events += events;
    this.#inBurst += events;
    this.biggest = Math.max(this.biggest, this.#inBurst);
  }

  #begin(atUs: number): void {
    if (this.events > 0 && this.#inBurst < MANY) this.#flowing = true;
    this.#startUs = atUs;
    this.#inBurst = 0;
  }

  get buffered(): boolean {
    return !this.#flowing && this.biggest >= MANY && this.#lastUs >= LONG_US;
  }
}
