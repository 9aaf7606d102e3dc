import { ANY, parsePattern } from "../../compile/pattern.ts";
import { toPointer } from "../../payload/pointer.ts";
import type { Problem } from "../problem.ts";
import type { KindDefinition, ProtocolFile, ScopeDefinition } from "../protocol-file.ts";
import { list, shareType } from "./patterns.ts";

/** Rule ids begin with a scope's or kind's name; these beginnings are taken. */
const RESERVED = new Set(["sse", "event", "stream", "http", "timing"]);

/** What is wrong with the scopes: names, parents, keys, kinds, steps, joins. */
export function* scopeProblems(file: ProtocolFile): Generator<Problem> {
  yield* names(file);
  yield* parents(file);
  for (const [name, scope] of Object.entries(file.scopes)) {
    const pointer = toPointer("scopes", name);
    yield* keys(scope, pointer);
    yield* openings(name, scope, pointer);
    yield* fallThrough(name, scope, pointer);
    yield* kindProblems(scope, pointer);
    for (const [kind, own] of Object.entries(scope.kinds ?? {})) {
      yield* kindProblems({ ...scope, ...own }, pointer + toPointer("kinds", kind), own);
    }
  }
}

function* names(file: ProtocolFile): Generator<Problem> {
  const seen = new Set<string>();
  for (const [name, scope] of Object.entries(file.scopes)) {
    yield* taken(name, toPointer("scopes", name), seen);
    for (const kind of Object.keys(scope.kinds ?? {}))
      yield* taken(kind, toPointer("scopes", name, "kinds", kind), seen);
  }
}

function* taken(name: string, pointer: string, seen: Set<string>): Generator<Problem> {
  if (RESERVED.has(name))
    yield { pointer, onKey: true, message: `the name ${quote(name)} is taken: ids of other rules begin so` };
  if (seen.has(name))
    yield {
      pointer,
      onKey: true,
      message: `the name ${quote(name)} is used twice: scopes and kinds share their names`,
    };
  seen.add(name);
}

function* parents(file: ProtocolFile): Generator<Problem> {
  const above: string[] = [];
  let stream: string | undefined;
  for (const [name, scope] of Object.entries(file.scopes)) {
    const pointer = toPointer("scopes", name);
    if (scope.in === undefined) {
      if (stream !== undefined) {
        const message = `${quote(name)} needs a parent (\`in\`): ${quote(stream)} is the stream's scope already`;
        yield { pointer, onKey: true, message };
      }
      stream ??= name;
    } else if (!above.includes(scope.in)) {
      const below = Object.hasOwn(file.scopes, scope.in);
      const message = below
        ? `the parent ${quote(scope.in)} must stand above ${quote(name)}`
        : `there is no scope ${quote(scope.in)}`;
      yield { pointer: `${pointer}/in`, message, ...(below ? {} : { word: scope.in, known: above }) };
    }
    if (scope.after !== undefined && scope.in !== undefined) {
      yield {
        pointer: `${pointer}/after`,
        onKey: true,
        message: "`after` is for the stream's scope, which has no `in`",
      };
    }
    above.push(name);
  }
}

function* keys(scope: ScopeDefinition, pointer: string): Generator<Problem> {
  if (scope.key === undefined && scope.exclusive === true) {
    yield {
      pointer: `${pointer}/exclusive`,
      onKey: true,
      message: "`exclusive` needs a `key`: without one there is one instance at a time",
    };
  }
  if (scope.numbered === undefined) return;
  const place = { pointer: `${pointer}/numbered`, onKey: true };
  if (scope.key === undefined && scope.exclusive !== true)
    yield { ...place, message: "`numbered` needs a `key`: it is the key that counts" };
  if (Array.isArray(scope.key))
    yield { ...place, message: "`numbered` needs a `key` that is one place: a compound key does not count" };
  if (scope.counters?.["key"] !== undefined) {
    yield {
      pointer: `${pointer}/counters/key`,
      onKey: true,
      message: "`numbered` takes the rule of a counter named `key`",
    };
  }
}

function* openings(name: string, scope: ScopeDefinition, pointer: string): Generator<Problem> {
  const kinds = Object.entries(scope.kinds ?? {});
  if (scope.open === undefined && kinds.length === 0)
    yield { pointer, onKey: true, message: `nothing opens ${quote(name)}: it needs \`open\`` };
  const chosen = new Map<string, string>();
  for (const [kind, { open }] of kinds) {
    const place = { pointer: pointer + toPointer("kinds", kind), onKey: true };
    if (open === undefined)
      yield { ...place, message: `the kind ${quote(kind)} can never be chosen: it needs an \`open\` of its own` };
    const patterns = list(open);
    if (patterns.length > 0 && patterns.every((pattern) => chosen.has(pattern))) {
      const earlier = quote(chosen.get(patterns[0] ?? "") ?? "");
      yield { ...place, message: `the kind ${quote(kind)} can never be chosen: ${earlier} opens with the same event` };
    }
    for (const pattern of patterns) chosen.set(pattern, chosen.get(pattern) ?? kind);
  }
}

/** Subtypes that only some patterns of a scope name would fall out of it when the protocol grows. */
function* fallThrough(name: string, scope: ScopeDefinition, pointer: string): Generator<Problem> {
  const all = [scope, ...Object.values(scope.kinds ?? {})];
  const opens = all.flatMap((kind) => list(kind.open).map(parsePattern));
  const others = all.flatMap((kind) =>
    [...list(kind.close), ...list(kind.inner).flatMap(Object.keys)].map(parsePattern),
  );
  for (const opening of opens) {
    if (typeof opening.subtype !== "string") continue;
    const same = [...opens, ...others].filter((pattern) => shareType(pattern, opening));
    // A scope that only goes on with the subtypes that open it has nothing to do with others.
    const continued = others.some(
      (pattern) => same.includes(pattern) && !opens.some(({ text }) => text === pattern.text),
    );
    if (!continued || same.some(({ subtype }) => subtype === undefined || subtype === ANY)) continue;
    const type = quote(opening.name);
    const message = `${quote(name)} names only some subtypes of ${type}, so others would fall out of it: add ${type} to its \`open\``;
    yield { pointer, onKey: true, message };
    return;
  }
}

function* kindProblems(kind: KindDefinition, pointer: string, own: KindDefinition = kind): Generator<Problem> {
  if (typeof own.mustClose === "object") {
    const inner = list(kind.inner).flatMap((step) => Object.keys(step));
    for (const [index, pattern] of own.mustClose.entries()) {
      if (inner.some((known) => shareType(parsePattern(known), parsePattern(pattern)))) continue;
      yield {
        pointer: `${pointer}/mustClose/${index}`,
        message: `${quote(pattern)} is no inner event here`,
        word: pattern,
        known: inner,
      };
    }
  }
  for (const [name, { at, match }] of Object.entries(own.joined ?? {})) {
    if (at !== "close" || match === "parses") continue;
    const message = `\`match\` must be "parses" where \`at\` is "close": there is no value to compare with`;
    yield { pointer: pointer + toPointer("joined", name, "match"), message };
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
