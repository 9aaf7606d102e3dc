import type { EventDefinition, ProtocolFile } from "../definition/protocol-file.ts";
import type { PayloadCheck, PayloadChecks } from "../payload/check.ts";
import { toPointer } from "../payload/pointer.ts";
import { type AfterSource, afterOf } from "./after.ts";
import { matches, mostSpecific, OTHER, type Pattern, parsePattern, type Variant } from "./pattern.ts";
import { compilePointer } from "./place.ts";
import type { PartPlan, Role, TypeEntry, TypePlan, TypeTable } from "./plan.ts";
import { provenShapes } from "./proof.ts";
import { refuse } from "./refuse.ts";
import { compileRoles, patternsOf } from "./roles.ts";
import type { ScopeSource } from "./scopes.ts";

/** A name that no pattern spells out: it stands for all types that begin with a prefix and have no entry of their own. */
const UNNAMED = "\0";

/**
 * Works out the plan of every type and subtype that the file names, once. Types that only a prefix knows share that
 * prefix's entry, and subtypes that no pattern names share one plan: data cannot make this table grow.
 */
export function compileTypes(
  file: ProtocolFile,
  checks: PayloadChecks,
  scopes: readonly ScopeSource[],
  after: readonly AfterSource[],
): TypeTable {
  const compiler = new TypeCompiler(file, checks, scopes, after);
  const exact = new Map<string, TypeEntry>();
  for (const name of compiler.names)
    exact.set(
      name,
      compiler.entry(name, name, (part) => table.find(part)),
    );
  const prefixes = compiler.prefixes.map((prefix) => {
    return { prefix, entry: compiler.entry(prefix + UNNAMED, undefined, (part) => table.find(part)) };
  });
  const unknown = compiler.entry(UNNAMED, undefined, (part) => table.find(part));
  const table: TypeTable = {
    find: (name) => exact.get(name) ?? prefixes.find(({ prefix }) => name.startsWith(prefix))?.entry ?? unknown,
  };
  return table;
}

class TypeCompiler {
  readonly names: ReadonlySet<string>;
  /** Longest first. */
  readonly prefixes: readonly string[];
  readonly #events: readonly (readonly [Pattern, EventDefinition])[];
  readonly #patterns: readonly Pattern[];
  readonly #after: readonly AfterSource[];
  readonly #partNames: ReadonlySet<string>;
  readonly #checks: PayloadChecks;
  readonly #scopes: readonly ScopeSource[];

  constructor(
    file: ProtocolFile,
    checks: PayloadChecks,
    scopes: readonly ScopeSource[],
    after: readonly AfterSource[],
  ) {
    this.#checks = checks;
    this.#scopes = scopes;
    this.#events = Object.entries(file.events).map(([text, event]) => [parsePattern(text), event] as const);
    this.#after = after;
    this.#patterns = [
      ...this.#events.map(([pattern]) => pattern),
      ...patternsOf(scopes),
      ...after.map(({ pattern }) => pattern),
    ];
    this.#partNames = new Set(this.#events.flatMap(([, event]) => Object.keys(event.parts ?? {})));
    const named = this.#patterns.filter((pattern) => !pattern.prefix).map((pattern) => pattern.name);
    this.names = new Set([...named, ...this.#partNames]);
    const prefixes = this.#patterns.filter((pattern) => pattern.prefix && pattern.name !== "");
    this.prefixes = [...new Set(prefixes.map((pattern) => pattern.name))].sort((a, b) => b.length - a.length);
  }

  /** `name` is matched against patterns; `shown` is the type's own name, if it has one. */
  entry(name: string, shown: string | undefined, find: (part: string) => TypeEntry): TypeEntry {
    const bareVariant = { name, subtype: undefined };
    const subtype = mostSpecific(
      this.#events.flatMap(([pattern, event]) =>
        event.subtype === undefined ? [] : [[pattern, event.subtype] as const],
      ),
      bareVariant,
    );
    const literal = mostSpecific(
      this.#events.flatMap(([pattern, event]) =>
        event.literal === undefined ? [] : [[pattern, event.literal] as const],
      ),
      bareVariant,
    );
    const plan = (variant: Variant): TypePlan => this.#plan(variant, find);
    const bare = plan(bareVariant);
    const other = subtype === undefined ? bare : plan({ name, subtype: OTHER });
    const subtypes = new Map<string, TypePlan>();
    for (const pattern of this.#patterns) {
      if (subtype !== undefined && pattern.name === name && typeof pattern.subtype === "string") {
        subtypes.set(pattern.subtype, plan({ name, subtype: pattern.subtype }));
      }
    }
    return {
      name: shown,
      known: this.#events.some(([pattern]) => pattern.name === name || matches(pattern, bareVariant)),
      literal,
      subtype: subtype === undefined ? undefined : compilePointer(subtype),
      bare,
      other,
      subtypes,
      anySubtype: distinct([bare, other, ...subtypes.values()].flatMap(({ roles }) => roles)),
      after: afterOf(this.#after, name),
    };
  }

  #plan(variant: Variant, find: (part: string) => TypeEntry): TypePlan {
    const matching = this.#events.filter(([pattern]) => matches(pattern, variant));
    const roles = compileRoles(this.#scopes, variant, this.#partNames.has(variant.name));
    const closing = roles.filter((role) => role.closes || role.aborts).reverse();
    const parts = matching.flatMap(([, event]) => partsOf(event, find));
    const literal = matching.some(([, event]) => event.literal !== undefined);
    const subtype = matching.some(([, event]) => event.subtype !== undefined);
    return {
      inert: !literal && !subtype && parts.length === 0 && closing.length === 0 && roles.every(isInert),
      checks: matching.flatMap(([pattern, event]) => this.#check(pattern, event)),
      proven: this.#proven(matching.map(([, event]) => event)),
      parts,
      looksBack: parts.length > 0 || roles.some((role) => role.part !== "own"),
      stream: roles.find((role) => role.scope.parent === undefined),
      roles: roles.filter((role) => role.scope.parent !== undefined),
      closing,
    };
  }

  #proven(events: readonly EventDefinition[]): readonly string[] {
    if (events.some((event) => event.literal !== undefined)) return [];
    return provenShapes(events.flatMap(({ schema }) => (schema === undefined ? [] : [schema])));
  }

  #check(pattern: Pattern, event: EventDefinition): readonly PayloadCheck[] {
    if (event.schema === undefined) return [];
    const path = ["events", pattern.text, "schema"];
    const check = this.#checks.get(toPointer(...path));
    return [check ?? refuse("this schema has not been compiled", path)];
  }
}

/** Goes on with an instance that needs no key to be told, and leaves no mark on it. */
function isInert({ part, scope, opens, kinds }: Role): boolean {
  const marks = kinds.some(({ reads, inner }) => reads || (inner !== undefined && inner.mark !== -1));
  return part !== "observer" && !scope.keyed && opens === undefined && !marks;
}

function partsOf(event: EventDefinition, find: (part: string) => TypeEntry): readonly PartPlan[] {
  return Object.entries(event.parts ?? {}).map(([name, pointer]) => {
    return { name, pointer: compilePointer(pointer), entry: () => find(name) };
  });
}

/** One role a scope: one by which the scope names the event, else one that aborts what is open in it. */
function distinct(roles: readonly Role[]): readonly Role[] {
  const byScope = new Map<number, Role>();
  for (const role of roles) {
    if (role.part === "own" || (role.aborts && !byScope.has(role.scope.index))) byScope.set(role.scope.index, role);
  }
  return [...byScope.values()];
}

/** How many levels of parts an event can have, itself included. Parts in a circle would never end. */
export function depthOf(file: ProtocolFile): number {
  const depth = (type: string, above: readonly string[]): number => {
    if (above.includes(type)) refuse(`"${type}" is a part of itself`, ["events", type, "parts"]);
    const parts = Object.entries(file.events)
      .filter(
        ([text]) => matches(parsePattern(text), { name: type, subtype: OTHER }) || parsePattern(text).name === type,
      )
      .flatMap(([, event]) => Object.keys(event.parts ?? {}));
    return 1 + Math.max(0, ...parts.map((part) => depth(part, [...above, type])));
  };
  return Math.max(1, ...Object.keys(file.events).map((text) => depth(parsePattern(text).name, [])));
}
