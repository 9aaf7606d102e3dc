import type { Finding } from "@ssert/report";
import type { WireEvent } from "@ssert/wire";
import type { Protocol } from "../compile/compile.ts";
import type { TypePlan } from "../compile/plan.ts";
import { Typing } from "../monitor/event/typing.ts";
import type { RuleInfo } from "../rules.ts";
import { Follower } from "./follow.ts";
import type { Form } from "./forms.ts";

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

/** Who counts. */
export interface Tally {
  form(plan: TypePlan, data: unknown): void;
  transition(id: string): void;
  end(held: Iterable<string>, broken: Iterable<string>, error: boolean): void;
}

export class WatchedStream implements StreamCoverage {
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
    const { checks, roles } = entry.bare;
    if (checks.length > 0 || entry.literal !== undefined || roles.some(({ scope }) => scope.keyed))
      this.#holdId("event/payload");
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
