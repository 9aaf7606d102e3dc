import { type Declared, type Kind, kindsOf } from "./compile/kinds.ts";
import { covers, type Pattern, parsePattern } from "./compile/pattern.ts";
import type { ProtocolFile, RuleSeverity, ScopeDefinition } from "./definition/protocol-file.ts";

/** What a protocol can find wrong with a stream. */
export interface RuleInfo {
  /** `SCOPE/WHAT`: stable, part of the public interface. */
  readonly id: string;
  readonly severity: RuleSeverity;
  /** One line for tables of rules. */
  readonly title: string;
  /** The words of the protocol's source, where the file quotes them. */
  readonly source?: string;
}

/** Every rule that a protocol file yields. A rule exists only where its construct can be broken. */
export function deriveRules(file: ProtocolFile): readonly RuleInfo[] {
  const rules = [...FRAMING, ...eventRules(file), ...scopeRules(file), ...STREAM, ...EXCHANGE];
  return rules.map((rule) => withSetting(rule, file));
}

function withSetting(rule: RuleInfo, file: ProtocolFile): RuleInfo {
  const settings = file.rules ?? {};
  const setting = Object.hasOwn(settings, rule.id) ? settings[rule.id] : undefined;
  if (setting === undefined) return rule;
  return typeof setting === "string" ? { ...rule, severity: setting } : { ...rule, ...setting };
}

const error = (id: string, title: string): RuleInfo => ({ id, severity: "error", title });
const warning = (id: string, title: string): RuleInfo => ({ id, severity: "warning", title });
const off = (id: string, title: string): RuleInfo => ({ id, severity: "off", title });

/** The same for every protocol; also all that is judged without one. */
export const FRAMING: readonly RuleInfo[] = [
  error("sse/invalid-utf8", "The bytes are UTF-8"),
  warning("sse/unterminated", "A blank line ends the last event"),
  off("sse/multiple-data", "An event has one `data:` line"),
  off("sse/data-before-event", "`event:` stands before `data:`"),
  off("sse/no-data", "A block with `event:` has `data:`"),
  off("sse/id", "There are no `id:` fields"),
  off("sse/retry", "There are no `retry:` fields"),
  off("sse/unknown-field", "There are no fields that the standard does not name"),
  off("sse/line-separator", "Data has no raw U+2028, U+2029 or U+0085, at which some clients split lines"),
];

const STREAM: readonly RuleInfo[] = [
  error("stream/truncated", "The stream does not end before it is complete"),
  warning("stream/forgotten", "The stream fits the monitor's memory, so that nothing goes unchecked"),
];

/** Need facts about the HTTP exchange, or the arrival times of chunks. */
const EXCHANGE: readonly RuleInfo[] = [
  error("http/status", "The response's status is 200"),
  error("http/content-type", "The response is `text/event-stream`"),
  off("timing/late-close", "The connection closes soon after the last event"),
  off("timing/buffered", "Events arrive as they are made, not in bursts"),
  off("timing/gap", "Something is sent, at least a comment, before load balancers cut the connection"),
];

function eventRules(file: ProtocolFile): readonly RuleInfo[] {
  const rules = [error("event/not-json", "The data of an event is JSON")];
  const candidates = Array.isArray(file.type) ? file.type : [file.type];
  const fallback = candidates.some((candidate) => typeof candidate === "object" && !("has" in candidate));
  if (!fallback) rules.unshift(error("event/no-type", "Every event has a type"));
  const onlyLine = candidates.every((candidate) => candidate === "event");
  const name = file.name ?? "any";
  if (name !== "any" && !onlyLine) rules.push(error("event/name", NAME_TITLES[name]));
  const schemas = Object.values(file.events).some(
    ({ schema, literal }) => schema !== undefined || literal !== undefined,
  );
  if (schemas || Object.values(file.scopes).some((scope) => scope.key !== undefined)) {
    rules.push(error("event/payload", "The data of an event fits its schema"));
  }
  const open = candidates.some((candidate) => typeof candidate === "string");
  if (open && !Object.hasOwn(file.events, "*")) {
    rules.push(warning("event/unknown-type", "The type of an event is one that the protocol knows"));
  }
  return rules;
}

const NAME_TITLES = {
  same: "The `event:` line, where there is one, equals the type",
  required: "The `event:` line equals the type",
  none: "Events have no `event:` line",
};

function scopeRules(file: ProtocolFile): readonly RuleInfo[] {
  const rules = new Map<string, RuleInfo>();
  for (const [name, scope] of Object.entries(file.scopes)) {
    for (const rule of oneScope(file, name, scope)) if (!rules.has(rule.id)) rules.set(rule.id, rule);
  }
  return [...rules.values()];
}

function oneScope(file: ProtocolFile, name: string, scope: ScopeDefinition): readonly RuleInfo[] {
  const kinds = kindsOf(name, scope);
  const stream = scope.in === undefined;
  const ends = kinds.some((kind) => kind.close.length > 0 || kind.abort.length > 0);
  const found: (RuleInfo | false)[] = [
    canBeOrphaned(file, name, kinds) && error(`${name}/not-open`, `A ${name} is opened before anything happens in it`),
    kinds.some((kind) => kind.open.some((open) => kinds.some((other) => !admits(other, open)))) &&
      error(`${name}/already-open`, `A ${name} is not opened again while it is open`),
    scope.exclusive === true && error(`${name}/overlap`, `One ${name} is closed before the next is opened`),
    scope.numbered !== undefined && error(`${name}/key-jumps`, `The keys of each new ${name} count up`),
    !stream &&
      scope.reuse === false &&
      kinds.some((kind) => kind.open.some((open) => !kinds.some((other) => admits(other, open)))) &&
      error(`${name}/reopened`, `The key of a ${name} is used once`),
    (stream || scope.reuse === false) && ends && error(`${name}/closed`, `Nothing happens in a ${name} that has ended`),
    !stream &&
      kinds.some((kind) => kind.close.length > 0 && kind.mustClose !== false) &&
      error(`${name}/unclosed`, `A ${name} is closed before what it is in`),
    canMixKinds(kinds) && error(`${name}/wrong-kind`, `An event in a ${name} fits the kind of ${name} that was opened`),
  ];
  return [...found.filter((rule) => rule !== false), ...kinds.flatMap((kind) => kindRules(kind))];
}

function kindRules(kind: Kind): readonly RuleInfo[] {
  const rules: RuleInfo[] = [];
  const times = kind.steps.flat().map((inner) => inner.times);
  const name = kind.innerOwner;
  if (times.includes("once") || times.includes("some")) {
    rules.push(error(`${name}/missing`, `A ${name} has every event that it must have`));
  }
  if (times.includes("once") || times.includes("optional")) {
    rules.push(error(`${name}/repeated`, `No event is repeated that a ${name} has once`));
  }
  if (kind.steps.length > 1) rules.push(error(`${name}/out-of-order`, `The events of a ${name} come in order`));
  if (kind.opening !== undefined) {
    const { owner } = kind.opening;
    rules.push(error(`${owner}/opening`, `What opens a ${owner} has what only the opening event carries`));
  }
  for (const constant of kind.constant) {
    rules.push(error(declaredRule(constant, "changed"), `${constant.name} stays the same within a ${constant.owner}`));
  }
  for (const counter of kind.counters) {
    rules.push(error(declaredRule(counter, "jumps"), `${counter.name} counts up within a ${counter.owner}`));
  }
  for (const joined of kind.joined) {
    const { match } = joined.value;
    if (match !== "parses") {
      rules.push(error(declaredRule(joined, "differs"), `${joined.name} is what its parts spell`));
    }
    if (match === "json" || match === "parses") {
      rules.push(error(declaredRule(joined, "not-json"), `The parts of ${joined.name} spell JSON`));
    }
  }
  return rules;
}

/** `tool_use/id-changed`. */
export function declaredRule(declared: Declared<unknown>, what: string): string {
  return `${declared.owner}/${declared.name}-${what}`;
}

/** Does the event go on with or end an open instance of the kind? An opening event that does not can open nothing anew. */
function admits(kind: Kind, pattern: Pattern): boolean {
  return [...continuing(kind), ...kind.abort].some((own) => covers(own, pattern));
}

function continuing(kind: Kind): readonly Pattern[] {
  return [...kind.steps.flat().map((inner) => inner.pattern), ...kind.close];
}

/** Has one kind an event that another kind cannot have, and that does not open one? */
function canMixKinds(kinds: readonly Kind[]): boolean {
  const opening = kinds.flatMap((kind) => kind.open);
  const mixable = kinds.flatMap(continuing).filter((pattern) => !opening.some((open) => covers(open, pattern)));
  return mixable.some((pattern) => kinds.some((kind) => !admits(kind, pattern)));
}

/** Can an event need this scope open and come when it is not? */
function canBeOrphaned(file: ProtocolFile, name: string, kinds: readonly Kind[]): boolean {
  const opening = kinds.flatMap((kind) => kind.open);
  const opens = (pattern: Pattern): boolean => opening.some((open) => covers(open, pattern));
  if (file.scopes[name]?.in === undefined) return !Object.keys(file.events).map(parsePattern).every(opens);
  const needs = [name, ...descendants(file, name)].flatMap((scope) => needing(file, scope, scope === name));
  return needs.some((pattern) => !opens(pattern) && !carriedBy(file, pattern.name, opens, new Set()));
}

/** The events that need a scope open. What only aborts it needs nothing; what aborts a child needs the parent. */
function needing(file: ProtocolFile, name: string, itself: boolean): readonly Pattern[] {
  const scope = file.scopes[name];
  if (scope === undefined) return [];
  return kindsOf(name, scope).flatMap((kind) => [
    ...(itself ? [] : [...kind.open, ...kind.abort]),
    ...continuing(kind),
  ]);
}

function descendants(file: ProtocolFile, name: string): readonly string[] {
  const children = Object.keys(file.scopes).filter((child) => file.scopes[child]?.in === name);
  return children.flatMap((child) => [child, ...descendants(file, child)]);
}

/** A part whose every carrier opens the scope cannot come without it. */
function carriedBy(file: ProtocolFile, type: string, opens: (p: Pattern) => boolean, seen: Set<string>): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  const carriers = Object.keys(file.events).filter((name) => Object.hasOwn(file.events[name]?.parts ?? {}, type));
  return (
    carriers.length > 0 &&
    carriers.map(parsePattern).every((carrier) => opens(carrier) || carriedBy(file, carrier.name, opens, seen))
  );
}
