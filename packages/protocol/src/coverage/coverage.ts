import type { Protocol } from "../compile/compile.ts";
import type { TypePlan } from "../compile/plan.ts";
import {
  type CoverageGroup,
  type CoverageGroupName,
  type CoverageReport,
  groupOf,
  totalOf,
} from "./coverage-report.ts";
import { type CoverageModel, modelOf } from "./model.ts";
import { hasOption } from "./properties.ts";
import { type ExchangeKnown, type StreamCoverage, WatchedStream } from "./watched-stream.ts";

/** Counts what streams have exercised of a protocol. */
export interface Coverage {
  /** Watches one more stream, beside its monitor. */
  stream(known?: ExchangeKnown): StreamCoverage;
  report(): CoverageReport;
  /** A coverage of the same protocol that has seen nothing yet. Costs much less than `createCoverage`. */
  fresh(): Coverage;
}

/**
 * Measures what streams exercise of a protocol: its events, the transitions of its scopes (transitions.ts says what that is),
 * what its schemas leave open, and its rules. What no complete stream can have is not counted as missing: that is worked out
 * from the file, which takes some tens of milliseconds for a large one.
 */
export function createCoverage(protocol: Protocol): Coverage {
  return new ProtocolCoverage(modelOf(protocol));
}

class ProtocolCoverage implements Coverage {
  readonly #model: CoverageModel;
  readonly #counts: Readonly<Record<CoverageGroupName, Map<string, number>>> = {
    events: new Map(),
    transitions: new Map(),
    properties: new Map(),
    rulesHeld: new Map(),
    rulesBroken: new Map(),
  };
  #streams = 0;
  #broken = 0;

  constructor(model: CoverageModel) {
    this.#model = model;
    // A count for every item and for nothing else: a stream cannot make these maps grow.
    for (const [name, counts] of Object.entries(this.#counts)) {
      for (const [group, items] of Object.entries(model.items)) {
        if (group === name) for (const { id } of items) counts.set(id, 0);
      }
    }
  }

  fresh(): Coverage {
    return new ProtocolCoverage(this.#model);
  }

  stream(known: ExchangeKnown = {}): StreamCoverage {
    const { protocol, forms } = this.#model;
    return new WatchedStream(protocol, forms, known, {
      form: (plan, data) => this.#see(plan, data),
      transition: (id) => count(this.#counts.transitions, id),
      end: (held, broken, error) => {
        this.#streams += 1;
        if (error) this.#broken += 1;
        for (const id of held) count(this.#counts.rulesHeld, id);
        for (const id of broken) count(this.#counts.rulesBroken, id);
      },
    });
  }

  #see(plan: TypePlan, data: unknown): void {
    const seen = this.#model.seen.get(plan);
    if (seen === undefined) return;
    for (const id of seen.events) count(this.#counts.events, id);
    for (const option of seen.options) if (hasOption(data, option)) count(this.#counts.properties, option.id);
  }

  report(): CoverageReport {
    const { protocol, items } = this.#model;
    const group = (name: CoverageGroupName): CoverageGroup =>
      groupOf(items[name].map((item) => ({ ...item, count: this.#counts[name].get(item.id) ?? 0 })));
    return totalOf({
      protocol: protocol.id,
      streams: this.#streams,
      broken: this.#broken,
      groups: {
        events: group("events"),
        transitions: group("transitions"),
        properties: group("properties"),
        rulesHeld: group("rulesHeld"),
        rulesBroken: group("rulesBroken"),
      },
    });
  }
}

function count(counts: Map<string, number>, id: string): void {
  const known = counts.get(id);
  if (known !== undefined) counts.set(id, known + 1);
}
