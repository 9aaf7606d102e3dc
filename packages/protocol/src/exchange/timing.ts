import type { Location } from "@ssert/report";
import type { RuleTable } from "../compile/plan.ts";
import type { Reporter } from "../monitor/reporter.ts";
import type { RuleInfo } from "../rules.ts";
import { Bursts } from "./bursts.ts";

/** "The connection closes shortly after" the terminal event: decision 11 reads that as 5 s. */
const LATE_CLOSE_US = 5_000_000;

/** Load balancers cut silent connections at 60 s (AWS ALB and nginx by default): decision 11 warns 5 s before. */
const GAP_US = 55_000_000;

interface Position {
  position(): Location;
}

/** The rules about arrival times: `timing/gap`, `timing/buffered`, `timing/late-close`. Times count from the headers. */
export class Timing {
  readonly #reporter: Reporter;
  readonly #gap: RuleInfo;
  readonly #buffered: RuleInfo;
  readonly #lateClose: RuleInfo;
  readonly #bursts = new Bursts();
  #lastUs = 0;
  #endedUs: number | undefined;

  /** Undefined if all of them are off. */
  static of(rules: RuleTable, reporter: Reporter): Timing | undefined {
    const timing = new Timing(rules, reporter);
    const all = [timing.#gap, timing.#buffered, timing.#lateClose];
    return all.every((rule) => rule.severity === "off") ? undefined : timing;
  }

  constructor(rules: RuleTable, reporter: Reporter) {
    this.#reporter = reporter;
    this.#gap = rules.rule("timing/gap");
    this.#buffered = rules.rule("timing/buffered");
    this.#lateClose = rules.rule("timing/late-close");
  }

  /** A chunk has arrived; `decoder` stands before it. */
  before(atUs: number, decoder: Position): void {
    this.#checkGap(atUs, decoder);
    this.#lastUs = atUs;
  }

  /** The chunk brought so many events, and after it the stream has `ended` or not. */
  after(atUs: number, events: number, ended: boolean): void {
    this.#bursts.add(atUs, events);
    if (ended) this.#endedUs ??= atUs;
  }

  /** The body is over; without `closedAtUs` it is not known when the connection was closed. */
  end(closedAtUs: number | undefined, decoder: Position): void {
    if (closedAtUs !== undefined) {
      // Silence behind the last event is a matter of closing.
      if (this.#endedUs === undefined) this.#checkGap(closedAtUs, decoder);
      else this.#checkClose(closedAtUs - this.#endedUs, decoder);
    }
    const { events, biggest, afterUs } = this.#bursts;
    if (!this.#bursts.buffered) return;
    this.#report(
      this.#buffered,
      decoder,
      () =>
        `All ${events} events came in bursts, up to ${biggest} at once, the first after ${seconds(afterUs)}. ` +
        "Something between server and client buffers: turn its buffering off (`X-Accel-Buffering: no`, no compression).",
    );
  }

  #checkGap(atUs: number, decoder: Position): void {
    const gap = atUs - this.#lastUs;
    if (gap <= GAP_US || this.#endedUs !== undefined) return;
    this.#report(
      this.#gap,
      decoder,
      () =>
        `Nothing came for ${seconds(gap)}, expected something every ${seconds(GAP_US)}. Send a comment now and then.`,
    );
  }

  #checkClose(afterUs: number, decoder: Position): void {
    if (afterUs <= LATE_CLOSE_US) return;
    this.#report(
      this.#lateClose,
      decoder,
      () =>
        `The connection was closed ${seconds(afterUs)} after the last event, expected ${seconds(LATE_CLOSE_US)} at most. ` +
        "End the response with its last event.",
    );
  }

  #report(rule: RuleInfo, decoder: Position, message: () => string): void {
    if (rule.severity === "off") return;
    const place = { event: undefined, location: decoder.position() };
    this.#reporter.reportAside(rule, place, () => ({ message: message() }));
  }
}

function seconds(us: number): string {
  return `${(us / 1_000_000).toFixed(1)} s`;
}
