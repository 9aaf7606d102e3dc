/**
 * The protocol file, as `schemas/protocol.schema.json` describes it and after `extends`, `variants` and schemas by path have
 * been resolved. The order of `scopes` and of steps is the file's order and has a meaning.
 */
export interface ProtocolFile {
  readonly $schema?: string;
  /** Name of the protocol: `pokee`. */
  readonly protocol: string;
  readonly version: string;
  /** What the file was written from. */
  readonly source?: string;
  /** Where an event's type is found: candidates, tried in order. */
  readonly type: TypeCandidate | readonly TypeCandidate[];
  /** What the SSE `event:` line must be; `any` when absent. */
  readonly name?: NameRule;
  /** Known types, by pattern. */
  readonly events: Readonly<Record<Pattern, EventDefinition>>;
  /** By name. Parents stand above their children; the one without `in` is the stream's scope. */
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  /** Severities that deviate from the default, and quotations, by rule id. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
}

/** `t`, `t[subtype]`, `t[*]`, `prefix*` or `*`. */
export type Pattern = string;

/** JSON Pointer (RFC 6901) into an event's data. */
type Pointer = string;

/** A JSON Schema of the 2020-12 dialect. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** The `event:` line, a string in the data, a key that is present, or everything else. */
export type TypeCandidate =
  | "event"
  | Pointer
  | { readonly has: Pointer; readonly is: string }
  | { readonly is: string };

/** `same`: equal to the type where present; `required`: present and equal; `none`: absent. */
export type NameRule = "any" | "same" | "required" | "none";

export interface EventDefinition {
  readonly schema?: JsonSchema;
  /** A scalar in the data that refines the type: `t` becomes `t[value]`. */
  readonly subtype?: Pointer;
  /** Arrays or objects in the data whose elements are events of their own, by the type they get. */
  readonly parts?: Readonly<Record<string, Pointer>>;
  /** The data is exactly this text, not JSON. */
  readonly literal?: string;
}

/** A pointer holds for the scope's own events; a map says it by pattern, for own events and others. */
export type Place = Pointer | Readonly<Record<Pattern, Pointer>>;

/** `once`: exactly; `optional`: at most once; `some`: at least once. */
export type Times = "any" | "once" | "optional" | "some";

/** Inner events that may come in any order. */
export type Step = Readonly<Record<Pattern, Times>>;

export interface Counter {
  readonly of: Place;
  /** Starts anywhere when absent. */
  readonly from?: number;
  /** 1 when absent; `up` only increases. */
  readonly step?: number | "up";
}

/** `equal`: the same string; `prefix`: the value starts with it; `json`: it parses to the value; `parses`: it is JSON. */
export type Match = "equal" | "prefix" | "json" | "parses";

export interface Joined {
  /** The strings that are joined. */
  readonly of: Place;
  /** The value they are held against; `close`: checked when the scope closes. */
  readonly at: Place | "close";
  readonly match: Match;
}

/** What a scope and each of its kinds can say; a kind inherits what it leaves out. */
export interface KindDefinition {
  readonly open?: Pattern | readonly Pattern[];
  /** A list is a list of steps, in this order; `{}`: none, where a scope has some. */
  readonly inner?: Step | readonly Step[];
  readonly close?: Pattern | readonly Pattern[];
  readonly abort?: Pattern | readonly Pattern[];
  /** True when absent; a list of own inner events: only if one of them has been seen. */
  readonly mustClose?: boolean | readonly Pattern[];
  /** What the opening event must also satisfy. */
  readonly opening?: JsonSchema;
  readonly constant?: Readonly<Record<string, Place>>;
  readonly counters?: Readonly<Record<string, Counter>>;
  readonly joined?: Readonly<Record<string, Joined>>;
}

export interface ScopeDefinition extends KindDefinition {
  /** The parent scope. */
  readonly in?: string;
  /** What tells instances apart; a list is a compound key. */
  readonly key?: Place | readonly Place[];
  /** Stream's scope only: events that may still come when it has ended; with times, those that must. */
  readonly after?: Pattern | readonly Pattern[] | Step;
  /** No two instances open at once in one parent. */
  readonly exclusive?: boolean;
  /** Keys of new instances count up within the parent. */
  readonly numbered?: { readonly from?: number; readonly step?: number };
  /** May a closed key be opened again? True when absent; false for the stream's scope. */
  readonly reuse?: boolean;
  readonly kinds?: Readonly<Record<string, KindDefinition>>;
}

export type RuleSeverity = "error" | "warning" | "off";

type RuleSetting = RuleSeverity | { readonly severity: RuleSeverity; readonly source?: string };
