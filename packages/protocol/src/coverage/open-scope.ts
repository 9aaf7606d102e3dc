import { valueAt } from "../compile/place.ts";
import type { KindPlan, KindRole, Reading, ScopePlan } from "../compile/plan.ts";
import type { RuleInfo } from "../rules.ts";

export type ScopeKey = string | number | boolean;

/** Instances of one scope in one parent. */
export interface Siblings {
  readonly open: Map<ScopeKey, OpenScope>;
  opened: number;
  closed: number;
}

/** An open instance, as coverage sees it: what happened to it last, and which of its values have been seen. */
export class OpenScope {
  readonly kind: KindPlan;
  readonly key: ScopeKey;
  /** By slot. */
  readonly #children: (Siblings | undefined)[] = [];
  readonly #constants = new Set<number>();
  readonly #counters = new Set<number>();
  readonly #joined = new Set<number>();
  /** The pattern of the event before. */
  last: string | undefined;

  constructor(kind: KindPlan, key: ScopeKey) {
    this.kind = kind;
    this.key = key;
  }

  siblings(scope: ScopePlan): Siblings {
    const known = this.#children[scope.slot];
    if (known !== undefined) return known;
    const none = { open: new Map<ScopeKey, OpenScope>(), opened: 0, closed: 0 };
    this.#children[scope.slot] = none;
    return none;
  }

  /** Everything open in it, one level down. */
  *inside(): Iterable<OpenScope> {
    for (const siblings of this.#children) yield* siblings?.open.values() ?? [];
  }

  /** Reads what its rules compare, and tells which of them had something to compare. */
  read(part: KindRole, data: unknown, hold: (rule: RuleInfo) => void): void {
    for (const { of } of present(part.constants, data)) {
      if (this.#constants.has(of.slot)) hold(of.changed);
      this.#constants.add(of.slot);
    }
    for (const { of } of present(part.counters, data)) {
      if (of.from !== undefined || this.#counters.has(of.slot)) hold(of.jumps);
      this.#counters.add(of.slot);
    }
    for (const { of } of present(part.joinedOf, data)) this.#joined.add(of.slot);
    for (const { of } of part.joinedAt) if (this.#joined.has(of.slot)) holdJoined(of, hold);
  }

  /** It is closed: what is joined is compared now. */
  readAtClose(hold: (rule: RuleInfo) => void): void {
    for (const joined of this.kind.joinedAtClose) if (this.#joined.has(joined.slot)) holdJoined(joined, hold);
  }
}

function holdJoined(joined: KindPlan["joined"][number], hold: (rule: RuleInfo) => void): void {
  hold(joined.differs);
  hold(joined.notJson);
}

/** Empty strings and null are not compared, and join to nothing. */
function present<T>(readings: readonly Reading<T>[], data: unknown): readonly Reading<T>[] {
  if (readings.length === 0) return readings;
  return readings.filter(({ at }) => {
    const value = valueAt(data, at);
    return value !== undefined && value !== null && value !== "";
  });
}
