import type { Match, NameRule, Times, TypeCandidate } from "../definition/protocol-file.ts";
import type { PayloadCheck } from "../payload/check.ts";
import type { RuleInfo } from "../rules.ts";
import type { Pointer } from "./place.ts";

/** What the monitor runs. Everything that a type decides is worked out here, once a type. */
export interface ProtocolPlan {
  readonly candidates: readonly CandidatePlan[];
  readonly name: NameRule;
  readonly types: TypeTable;
  readonly literals: readonly TypeEntry[];
  /** In the file's order: parents first, the stream's scope before all. */
  readonly scopes: readonly ScopePlan[];
  readonly stream: ScopePlan;
  /** What may or must come when the stream's scope has ended. */
  readonly after: readonly AfterPlan[];
  /** Parts within parts: how many levels an event can have. */
  readonly depth: number;
  readonly rules: RuleTable;
}

/** Rules by id. One that the protocol does not yield is off. */
export interface RuleTable {
  rule(id: string): RuleInfo;
}

export type CandidatePlan =
  | { readonly by: "event"; readonly candidate: TypeCandidate }
  | { readonly by: "pointer"; readonly pointer: Pointer; readonly candidate: TypeCandidate }
  | { readonly by: "key"; readonly has: Pointer; readonly is: string; readonly candidate: TypeCandidate }
  | { readonly by: "rest"; readonly is: string; readonly candidate: TypeCandidate };

/** Entries for every type that the file names, and one for each prefix; no entry is ever added while a stream runs. */
export interface TypeTable {
  find(name: string): TypeEntry;
}

/** One type, with a plan for each subtype that the file names and one for all others. */
export interface TypeEntry {
  /** Undefined for types that are known by a prefix only. */
  readonly name: string | undefined;
  readonly known: boolean;
  readonly literal: string | undefined;
  readonly subtype: Pointer | undefined;
  readonly bare: TypePlan;
  readonly other: TypePlan;
  readonly subtypes: ReadonlyMap<string, TypePlan>;
  /** What the event may have meant if its subtype cannot be read. */
  readonly anySubtype: readonly Role[];
  /** In `after` of the stream's scope. */
  readonly after: AfterPlan | undefined;
}

/** What an event of one type and subtype does. */
export interface TypePlan {
  readonly checks: readonly PayloadCheck[];
  /** Shapes of data that need no check: see proof.ts. */
  readonly proven: readonly string[];
  readonly parts: readonly PartPlan[];
  /** It opens, closes, counts and reads nothing: coming again at once, it does nothing new. See monitor/run.ts. */
  readonly inert: boolean;
  /** In the stream's scope, if it has any part there. */
  readonly stream: Role | undefined;
  /** In every other scope that it concerns, parents first. */
  readonly roles: readonly Role[];
  /** Where the event is found to be in one scope matters to another role or to a part. */
  readonly looksBack: boolean;
  /** Those it closes or aborts, children first, the stream's scope last. */
  readonly closing: readonly Role[];
}

export interface PartPlan {
  readonly name: string;
  readonly pointer: Pointer;
  readonly entry: () => TypeEntry;
}

/**
 * `own`: the scope names the event. `path`: a scope inside it does, so it must be open. `observer`: a place reads a value
 * from the event, wherever it belongs.
 */
export type Part = "own" | "path" | "observer";

/** What one type does in one scope. */
export interface Role {
  readonly part: Part;
  readonly scope: ScopePlan;
  /** Where the parts of the key are; empty for a scope without a key. */
  readonly key: readonly (Pointer | undefined)[];
  readonly opens: KindPlan | undefined;
  /** The opening event does nothing else here, so it cannot go on with what is open. */
  readonly opensOnly: boolean;
  /** By index of the kind. */
  readonly kinds: readonly KindRole[];
  readonly closes: boolean;
  readonly aborts: boolean;
}

/** What one type does in an instance of one kind. */
export interface KindRole {
  /** The kind has the event: as an inner or a closing one, or it opens and goes on. */
  readonly admits: boolean;
  readonly inner: InnerPlan | undefined;
  readonly closes: boolean;
  readonly aborts: boolean;
  /** From now on the instance must be closed. */
  readonly obliges: boolean;
  /** There is anything at all to read. */
  readonly reads: boolean;
  readonly constants: readonly Reading<ConstantPlan>[];
  readonly counters: readonly Reading<CounterPlan>[];
  readonly joinedOf: readonly Reading<JoinedPlan>[];
  readonly joinedAt: readonly Reading<JoinedPlan>[];
}

/** A value to be read at a place. */
export interface Reading<T> {
  readonly of: T;
  readonly at: Pointer;
}

export interface ScopePlan {
  readonly index: number;
  readonly name: string;
  readonly parent: ScopePlan | undefined;
  readonly children: readonly ScopePlan[];
  /** Its position among its parent's children. */
  readonly slot: number;
  readonly keyed: boolean;
  /** Its events are parts of others, so that one event may have any number of them. */
  readonly byParts: boolean;
  readonly exclusive: boolean;
  readonly numbered: { readonly from: number; readonly step: number } | undefined;
  readonly reuse: boolean;
  readonly kinds: readonly KindPlan[];
  readonly rules: ScopeRules;
}

interface ScopeRules {
  readonly notOpen: RuleInfo;
  readonly alreadyOpen: RuleInfo;
  readonly overlap: RuleInfo;
  readonly keyJumps: RuleInfo;
  readonly reopened: RuleInfo;
  readonly closed: RuleInfo;
  readonly unclosed: RuleInfo;
  readonly wrongKind: RuleInfo;
}

export interface KindPlan {
  readonly index: number;
  readonly name: string;
  readonly scope: ScopePlan;
  /** For messages. */
  readonly open: readonly string[];
  readonly close: readonly string[];
  readonly steps: readonly (readonly InnerPlan[])[];
  /** Inner events whose first one is remembered. */
  readonly marks: number;
  /** `inObligation`: only if one of a list of events has been seen. */
  readonly mustClose: "always" | "never" | "inObligation";
  readonly opening: { readonly check: PayloadCheck; readonly rule: RuleInfo; readonly owner: string } | undefined;
  readonly constants: readonly ConstantPlan[];
  readonly counters: readonly CounterPlan[];
  readonly joined: readonly JoinedPlan[];
  /** Checked when the scope closes. */
  readonly joinedAtClose: readonly JoinedPlan[];
  readonly missing: RuleInfo;
  readonly repeated: RuleInfo;
  readonly outOfOrder: RuleInfo;
  /** Other scopes that its opening events open too: when one of those is lost, these lose their opening with it. */
  readonly opensWith: readonly ScopePlan[];
}

export interface InnerPlan {
  readonly pattern: string;
  readonly step: number;
  readonly times: Times;
  /** Where its first event is remembered; -1 for `any`. */
  readonly mark: number;
}

/** An event that may come when the stream's scope has ended. */
export interface AfterPlan {
  readonly index: number;
  /** For messages. */
  readonly shown: string;
  readonly times: Times;
}

export interface ConstantPlan {
  readonly slot: number;
  readonly name: string;
  readonly changed: RuleInfo;
}

export interface CounterPlan {
  readonly slot: number;
  readonly name: string;
  readonly from: number | undefined;
  readonly step: number | "up";
  readonly jumps: RuleInfo;
}

export interface JoinedPlan {
  readonly slot: number;
  readonly name: string;
  readonly match: Match;
  readonly differs: RuleInfo;
  readonly notJson: RuleInfo;
}
