import type { ProtocolFile, TypeCandidate } from "../definition/protocol-file.ts";
import type { PayloadChecks } from "../payload/check.ts";
import { deriveRules, type RuleInfo } from "../rules.ts";
import { compileAfter } from "./after.ts";
import { parsePattern } from "./pattern.ts";
import { compilePointer } from "./place.ts";
import type { CandidatePlan, KindPlan, ProtocolPlan, RuleTable, ScopePlan, TypeEntry } from "./plan.ts";
import { refuse } from "./refuse.ts";
import { compileScopes, type ScopeSource } from "./scopes.ts";
import { compileTypes, depthOf } from "./types.ts";

/**
 * A protocol, ready to watch streams. It holds no state: any number of monitors may share it. `Event` is the type of its
 * events, for the built-in ones the union that was made from their schemas.
 */
export interface Protocol<Event extends ProtocolEvent = ProtocolEvent> {
  readonly name: string;
  readonly version: string;
  /** `name@version`, as reports have it. */
  readonly id: string;
  /** Every rule, those that are off included. */
  readonly rules: readonly RuleInfo[];
  readonly definition: ProtocolFile;
  /** What the monitor runs; its shape is no part of the public interface. */
  readonly plan: ProtocolPlan;
  /** The compiled payload schemas, from which the plan was made. */
  readonly checks: PayloadChecks;
  /** Never there: it only tells the type checker which events the protocol has. */
  readonly eventType?: Event;
}

/** An event whose data keeps every schema that the protocol has for it. */
export interface ProtocolEvent {
  /** The protocol's name for it, wherever it was found. */
  readonly type: string;
  /** Where the type has subtypes: the one that it is, or null for one that the protocol does not name. */
  readonly subtype?: string | null;
  /** Parsed JSON; of a sentinel such as `[DONE]` its text. */
  readonly data: unknown;
}

/**
 * Turns a checked definition and its compiled schemas into a protocol. Throws a ProtocolError for what the monitor cannot
 * follow, so that nothing in a definition is ignored in silence.
 */
export function compileProtocol(file: ProtocolFile, checks: PayloadChecks): Protocol {
  const rules = deriveRules(file);
  const table = ruleTable(rules);
  const depth = depthOf(file);
  const scopes = compileScopes(file, checks, table);
  const after = compileAfter(file);
  const types = compileTypes(file, checks, scopes, after);
  const stream = scopes[0]?.plan ?? refuse("a protocol has at least the stream's scope", ["scopes"]);
  const literals = Object.entries(file.events).flatMap(([text, event]) => {
    return event.literal === undefined ? [] : [types.find(parsePattern(text).name)];
  });
  linkOpenings(scopes, types.find, file);
  return {
    name: file.protocol,
    version: file.version,
    id: `${file.protocol}@${file.version}`,
    rules,
    definition: file,
    checks,
    plan: {
      candidates: candidatesOf(file).map(compileCandidate),
      name: file.name ?? "any",
      types,
      literals,
      scopes: scopes.map(({ plan }) => plan),
      stream,
      after: after.map(({ plan }) => plan),
      depth,
      rules: table,
    },
  };
}

function ruleTable(rules: readonly RuleInfo[]): RuleTable {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return { rule: (id) => byId.get(id) ?? { id, severity: "off", title: "" } };
}

function candidatesOf(file: ProtocolFile): readonly TypeCandidate[] {
  return isList(file.type) ? file.type : [file.type];
}

function isList(type: ProtocolFile["type"]): type is readonly TypeCandidate[] {
  return Array.isArray(type);
}

function compileCandidate(candidate: TypeCandidate): CandidatePlan {
  if (candidate === "event") return { by: "event", candidate };
  if (typeof candidate === "string") return { by: "pointer", pointer: compilePointer(candidate), candidate };
  if (!("has" in candidate)) return { by: "rest", is: candidate.is, candidate };
  return { by: "key", has: compilePointer(candidate.has), is: candidate.is, candidate };
}

/** Notes for each kind which other scopes its opening events open as well. */
function linkOpenings(scopes: readonly ScopeSource[], find: (name: string) => TypeEntry, file: ProtocolFile): void {
  const together = new Map<KindPlan, Set<ScopePlan>>();
  const names = new Set(scopes.flatMap(({ kinds }) => kinds.flatMap(({ kind }) => kind.open.map(({ name }) => name))));
  for (const name of [...names, ...Object.keys(file.events).map((text) => parsePattern(text).name)]) {
    const entry = find(name);
    for (const plan of [entry.bare, entry.other, ...entry.subtypes.values()]) {
      const opening = plan.roles.filter((role) => role.opens !== undefined);
      for (const { opens } of opening) {
        if (opens === undefined) continue;
        const others = together.get(opens) ?? new Set();
        for (const other of opening) if (other.scope !== opens.scope) others.add(other.scope);
        together.set(opens, others);
      }
    }
  }
  for (const [kind, others] of together) Object.assign(kind, { opensWith: [...others] });
}
