import type { Finding, Location, Verdict } from "@ssert/report";
import { createDecoder, type Decoder, type FramingKind, type FramingNote, type WireEvent } from "@ssert/wire";
import type { Protocol } from "./compile/compile.ts";
import { checkResponse, type ResponseFacts } from "./exchange/response.ts";
import { Timing } from "./exchange/timing.ts";
import { reportNote } from "./monitor/event/framing.ts";
import type { MemoryOptions } from "./monitor/limits.ts";
import { type Monitor, monitorWith } from "./monitor/monitor.ts";
import { Reporter } from "./monitor/reporter.ts";
import { FRAMING, type RuleInfo } from "./rules.ts";

export interface StreamCheckOptions extends MemoryOptions {
  /** What the stream must look like. Without it only the framing is judged. */
  readonly protocol?: Protocol | undefined;
  /** Called as soon as a finding is known: inside the `push` that brings its event. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** Findings beyond this are counted, not given: 1,000. */
  readonly maxFindings?: number | undefined;
  /** Bytes that one event may take: 16 MiB. */
  readonly maxEventBytes?: number | undefined;
  /** Every dispatched event, before it is judged. */
  readonly onEvent?: ((event: WireEvent) => void) | undefined;
}

export interface StreamResult {
  /** `name@version`; null where only the framing was checked. */
  readonly protocol: string | null;
  readonly verdict: Extract<Verdict, "valid" | "invalid" | "truncated">;
  /** Dispatched events. */
  readonly events: number;
  readonly bytes: number;
  /** Ordered by position. */
  readonly findings: readonly Finding[];
  /** Findings about what followed from a fault already reported, and those beyond the cap. */
  readonly heldBack: number;
}

/** Bytes of one stream in, findings out. */
export interface StreamCheck {
  /** What is known of the HTTP response; before the first `push`. */
  response(facts: ResponseFacts): void;
  /**
   * The next bytes of the body, however they were cut. `atUs` is their arrival in microseconds since the response's headers,
   * for the rules about timing. Throws a WireError for an event that is too large. `chunk` may be reused.
   */
  push(chunk: Uint8Array, atUs?: number): void;
  /** Findings held back so far. */
  readonly heldBack: number;
  /** The body is over. `closedAtUs`: when the connection was closed, in microseconds since the response's headers. */
  end(closedAtUs?: number): StreamResult;
}

/** Checks one stream, given as bytes, against a protocol. */
export function createStreamCheck(options: StreamCheckOptions): StreamCheck {
  return new ByteCheck(options);
}

class ByteCheck implements StreamCheck {
  readonly #protocol: Protocol | undefined;
  readonly #reporter: Reporter;
  readonly #monitor: Monitor<WireEvent> | undefined;
  readonly #decoder: Decoder;
  readonly #timing: Timing | undefined;
  readonly #onEvent: ((event: WireEvent) => void) | undefined;
  readonly #findings: Finding[] = [];
  #events = 0;

  constructor({ protocol, onFinding, maxFindings, maxEventBytes, onEvent, ...memory }: StreamCheckOptions) {
    this.#protocol = protocol;
    this.#onEvent = onEvent;
    this.#reporter = new Reporter((finding) => {
      this.#findings.push(finding);
      onFinding?.(finding);
    }, maxFindings);
    this.#monitor = protocol === undefined ? undefined : monitorWith(protocol, this.#reporter, memory);
    this.#timing = protocol === undefined ? undefined : Timing.of(protocol.plan.rules, this.#reporter);
    const handlers = {
      event: (event: WireEvent): void => this.#event(event),
      note: (note: FramingNote): void => this.#note(note),
    };
    this.#decoder = createDecoder(handlers, { maxEventBytes });
  }

  #event(event: WireEvent): void {
    this.#events += 1;
    this.#onEvent?.(event);
    this.#monitor?.event(event);
  }

  #note(note: FramingNote): void {
    if (this.#monitor !== undefined) this.#monitor.note(note);
    else reportNote(this.#reporter, framingRule(note.kind), note);
  }

  get heldBack(): number {
    return this.#reporter.heldBack;
  }

  response(facts: ResponseFacts): void {
    if (this.#protocol !== undefined) checkResponse(this.#protocol.plan.rules, this.#reporter, facts);
  }

  push(chunk: Uint8Array, atUs?: number): void {
    if (this.#timing === undefined || atUs === undefined) {
      this.#decoder.push(chunk);
      return;
    }
    this.#timing.before(atUs, this.#decoder);
    const before = this.#events;
    this.#decoder.push(chunk);
    this.#timing.after(atUs, this.#events - before, this.#monitor?.ended === true);
  }

  end(closedAtUs?: number): StreamResult {
    this.#decoder.end();
    this.#monitor?.end(this.#decoder.position());
    this.#timing?.end(closedAtUs, this.#decoder);
    return {
      protocol: this.#protocol?.id ?? null,
      verdict: this.#verdict(),
      events: this.#events,
      bytes: this.#decoder.bytes,
      findings: this.#findings.toSorted(byPosition),
      heldBack: this.heldBack,
    };
  }

  #verdict(): StreamResult["verdict"] {
    const { errors } = this.#reporter;
    if (this.#monitor?.truncated === true && errors <= 1) return "truncated";
    return errors > 0 ? "invalid" : "valid";
  }
}

/** What is judged of the framing without a protocol. */
function framingRule(kind: FramingKind): RuleInfo {
  const id = `sse/${kind}`;
  return FRAMING.find((rule) => rule.id === id) ?? { id, severity: "off", title: "" };
}

/** Findings about the response come first; the rest where they show. */
function byPosition(left: Finding, right: Finding): number {
  return offsetOf(left.location) - offsetOf(right.location);
}

function offsetOf(location: Location | undefined): number {
  return location?.offset ?? -1;
}
