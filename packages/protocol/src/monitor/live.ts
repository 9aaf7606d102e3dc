import type { Finding, Location } from "@ssert/report";
import type { FramingNote, WireEvent } from "@ssert/wire";
import type { Protocol, ProtocolEvent } from "../compile/compile.ts";
import { type IncomingEvent, placeOrNowhere, toWireEvent, withoutNowhere } from "./incoming.ts";
import type { MemoryOptions } from "./limits.ts";
import { type Monitor, monitorWith } from "./monitor.ts";
import { Reporter } from "./reporter.ts";

export interface MonitorOptions<Event extends ProtocolEvent = ProtocolEvent> extends MemoryOptions {
  /** Called as soon as a finding is known, inside the call that brings its event. */
  readonly onFinding: (finding: Finding) => void;
  /**
   * Called with each event of a known type whose data keeps all its schemas, after its findings: then the type says what
   * the data is. A finding about order, values or framing takes nothing from that: the event is given as well. Not given are
   * events whose data is not JSON or breaks a schema, unknown types, and what comes after the end.
   */
  readonly onEvent?: ((event: Event) => void) | undefined;
  /** Findings beyond this are counted, not given: 1,000. */
  readonly maxFindings?: number | undefined;
}

/**
 * Watches a live stream for breaches of a protocol, event by event, in Node and in browsers; the events may come from any
 * parser. It keeps nothing of an event but numbers, names and the values that it compares, within `MemoryOptions`.
 */
export function createMonitor<Event extends ProtocolEvent>(
  protocol: Protocol<Event>,
  options: MonitorOptions<Event>,
): Monitor {
  return new LiveMonitor(protocol, options);
}

class LiveMonitor<Event extends ProtocolEvent> implements Monitor {
  readonly #inner: Monitor<WireEvent>;
  readonly #isType: (name: string) => boolean;
  #events = 0;

  constructor(protocol: Protocol<Event>, { onFinding, onEvent, maxFindings, ...memory }: MonitorOptions<Event>) {
    const reporter = new Reporter((finding) => onFinding(withoutNowhere(finding)), maxFindings);
    this.#inner = monitorWith(protocol, reporter, memory, (event, fits) => {
      if (onEvent !== undefined && isEventOf(protocol, event, fits)) onEvent(event);
    });
    this.#isType = (name) => protocol.plan.types.find(name).known;
  }

  event(event: IncomingEvent): void {
    this.#events += 1;
    this.#inner.event(toWireEvent(event, this.#events, this.#isType));
  }

  note(note: FramingNote): void {
    this.#inner.note(note);
  }

  end(at?: Location): void {
    this.#inner.end(placeOrNowhere(at));
  }

  get errors(): number {
    return this.#inner.errors;
  }

  get heldBack(): number {
    return this.#inner.heldBack;
  }

  get ended(): boolean {
    return this.#inner.ended;
  }

  get truncated(): boolean {
    return this.#inner.truncated;
  }
}

/** The types of a protocol's events were made from its schemas, and `fits` is what the same schemas say of this event. */
function isEventOf<Event extends ProtocolEvent>(
  _protocol: Protocol<Event>,
  event: ProtocolEvent,
  fits: boolean,
): event is Event {
  return fits;
}
