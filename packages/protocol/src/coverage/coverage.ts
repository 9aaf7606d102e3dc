import type { Finding } from "@ssert/report";
import type { WireEvent } from "@ssert/wire";
import type { Protocol } from "../compile/compile.ts";
import { kindsOf, namedBy } from "../compile/kinds.ts";
import { matches, parsePattern } from "../compile/pattern.ts";
import type { TypePlan } from "../compile/plan.ts";
import { Typing } from "../monitor/typing.ts";
import type { RuleInfo } from "../rules.ts";
import { type CoverageItem, type CoverageReport, groupOf, totalOf } from "./coverage-report.ts";
import { Follower } from "./follow.ts";
import { type Form, formsOf } from "./forms.ts";
import { hasOption, type Option, optionsOf } from "./properties.ts";
import { reachOf } from "./reach.ts";
import { transitionHint } from "./transitions.ts";

/** Counts what streams have exercised of a protocol. */
export interface Coverage {
  /** Watches one more stream, beside its monitor. */
  stream(known?: ExchangeKnown): StreamCoverage;
  report(): CoverageReport;
}

/** What is known of a stream beside its bytes: the rules `http/*` and `timing/*` are judged only then. */
export interface ExchangeKnown {
  readonly response?: boolean | undefined;
  readonly arrivals?: boolean | undefined;
}

/**
 * One stream. Events are told before their findings, as `createStreamCheck` does with `onEvent` and `onFinding`. A stream counts
 * up to its first error: that event and those after it count for nothing but the rules that they break. The work an event is
 * constant; memory grows with open scopes, up to 50,000.
 */
export interface StreamCoverage {
  event(event: WireEvent): void;
  finding(finding: Finding): void;
  /** The stream is over, and all its findings have been told. */
  end(): void;
}

/**
 * Measures what streams exercise of a protocol: its events, the transitions of its scopes (transitions.ts says what that is),
 * what its schemas leave open, and its rules. What no complete stream can have is not counted as missing: that is worked out
 * from the file.
 */
export function createCoverage(protocol: Protocol): Coverage {
  return new ProtocolCoverage(protocol);
}

interface Seen {
  readonly events: readonly string[];
  readonly options: readonly Option[];
}

type Counts = Map<string, { readonly hint: string; count: number }>;

class ProtocolCoverage implements Coverage {
  readonly #protocol: Protocol;
  readonly #forms: ReadonlyMap<TypePlan, Form>;
  readonly #seen = new Map<TypePlan, Seen>();
  readonly #events: Counts = new Map();
  readonly #transitions: Counts = new Map();
  readonly #properties: Counts = new Map();
  readonly #held: Counts = new Map();
  readonly #broken: Counts = new Map();
  #streams = 0;
  #brokenStreams = 0;

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
    const { forms, transitions } = reachOf(protocol);
    this.#forms = new Map([...formsOf(protocol)].map((form) => [form.plan, form]));
    const options = optionsOf(protocol, [...forms]);
    const events = eventPatterns(protocol).filter((text) =>
      [...forms].some((form) => matches(parsePattern(text), form)),
    );
    for (const text of events) this.#events.set(text, { hint: `an event \`${text}\``, count: 0 });
    for (const [id, transition] of transitions)
      this.#transitions.set(id, { hint: transitionHint(transition), count: 0 });
    for (const { id, hint } of [...options.values()].flat()) this.#properties.set(id, { hint, count: 0 });
    for (const rule of protocol.rules) {
      if (rule.severity === "off") continue;
      this.#held.set(rule.id, { hint: `a stream that keeps to it: ${rule.title}`, count: 0 });
      // Not a fault of the stream: it takes 50,000 open scopes.
      if (rule.id !== "stream/forgotten")
        this.#broken.set(rule.id, { hint: `a stream that breaks it: ${rule.title}`, count: 0 });
    }
    for (const form of this.#forms.values()) {
      this.#seen.set(form.plan, {
        events: events.filter((text) => matches(parsePattern(text), form)),
        options: [...options].flatMap(([text, some]) => (matches(parsePattern(text), form) ? some : [])),
      });
    }
  }

  stream(known: ExchangeKnown = {}): StreamCoverage {
    return new WatchedStream(this.#protocol, this.#forms, known, {
      form: (plan, data) => this.#see(plan, data),
      transition: (id) => count(this.#transitions, id),
      end: (held, broken, error) => {
        this.#streams += 1;
        if (error) this.#brokenStreams += 1;
        for (const id of held) count(this.#held, id);
        for (const id of broken) count(this.#broken, id);
      },
    });
  }

  #see(plan: TypePlan, data: unknown): void {
    const seen = this.#seen.get(plan);
    if (seen === undefined) return;
    for (const id of seen.events) count(this.#events, id);
    for (const option of seen.options) if (hasOption(data, option)) count(this.#properties, option.id);
  }

  report(): CoverageReport {
    return totalOf({
      protocol: this.#protocol.id,
      streams: this.#streams,
      broken: this.#brokenStreams,
      groups: {
        events: groupOf(itemsOf(this.#events)),
        transitions: groupOf(itemsOf(this.#transitions)),
        properties: groupOf(itemsOf(this.#properties)),
        rulesHeld: groupOf(itemsOf(this.#held)),
        rulesBroken: groupOf(itemsOf(this.#broken)),
      },
    });
  }
}

function count(counts: Counts, id: string): void {
  const item = counts.get(id);
  if (item !== undefined) item.count += 1;
}

function itemsOf(counts: Counts): readonly CoverageItem[] {
  return [...counts].map(([id, { hint, count }]) => ({ id, hint, count }));
}

/** Types, parts, literals, and the subtypes that the file names. */
function eventPatterns({ definition }: Protocol): readonly string[] {
  const named = Object.entries(definition.scopes).flatMap(([name, scope]) => kindsOf(name, scope).flatMap(namedBy));
  const exact = named.filter(({ prefix }) => !prefix).map(({ text }) => text);
  return [...new Set([...Object.keys(definition.events), ...exact])].filter((text) => text !== "*");
}

interface Tally {
  form(plan: TypePlan, data: unknown): void;
  transition(id: string): void;
  end(held: Iterable<string>, broken: Iterable<string>, error: boolean): void;
}

class WatchedStream implements StreamCoverage {
  readonly #protocol: Protocol;
  readonly #known: ExchangeKnown;
  readonly #tally: Tally;
  readonly #typing: Typing;
  readonly #follower: Follower;
  readonly #held = new Set<string>();
  readonly #broken = new Set<string>();
  /** Its findings are still to come. */
  #pending: WireEvent | undefined;
  #events = 0;
  #error = false;

  constructor(protocol: Protocol, forms: ReadonlyMap<TypePlan, Form>, known: ExchangeKnown, tally: Tally) {
    this.#protocol = protocol;
    this.#known = known;
    this.#tally = tally;
    this.#typing = new Typing(protocol.plan);
    this.#follower = new Follower(protocol.plan, forms, {
      form: tally.form,
      transition: tally.transition,
      held: this.#hold,
    });
  }

  event(event: WireEvent): void {
    this.#settle();
    this.#pending = event;
  }

  finding({ rule, severity, event }: Finding): void {
    this.#broken.add(rule);
    if (severity !== "error") return;
    // Findings about framing come before their event, those at the end after the last.
    if (event === undefined || event.number !== this.#pending?.number) this.#settle();
    this.#error = true;
  }

  end(): void {
    this.#settle();
    if (!this.#error) {
      this.#follower.end();
      if (this.#follower.ended) this.#holdAtEnd();
    }
    for (const id of this.#broken) this.#held.delete(id);
    this.#tally.end(this.#held, this.#broken, this.#error);
  }

  #settle(): void {
    const event = this.#pending;
    this.#pending = undefined;
    if (event === undefined || this.#error) return;
    this.#events += 1;
    this.#typing.read(event);
    const { name, entry, data } = this.#typing;
    if (name === undefined) return;
    this.#holdId("event/no-type");
    if (this.#protocol.plan.name !== "any") this.#holdId("event/name");
    if (entry.known) this.#holdId("event/unknown-type");
    if (entry.literal === undefined) this.#holdId("event/not-json");
    if (entry.bare.checks.length > 0) this.#holdId("event/payload");
    this.#follower.event(entry, data.value);
    data.clear();
  }

  #holdAtEnd(): void {
    this.#holdId("stream/truncated");
    this.#holdId("stream/forgotten");
    for (const { id } of this.#protocol.rules) {
      const known =
        id.startsWith("sse/") ||
        (this.#known.response === true && id.startsWith("http/")) ||
        (this.#known.arrivals === true && id.startsWith("timing/"));
      if (known && this.#events > 0) this.#holdId(id);
    }
  }

  #holdId(id: string): void {
    this.#held.add(id);
  }

  readonly #hold = ({ id }: RuleInfo): void => {
    this.#held.add(id);
  };
}
