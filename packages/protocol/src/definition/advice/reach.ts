import { type Pattern, parsePattern } from "../../compile/pattern.ts";
import { pointerTokens, toPointer } from "../../payload/pointer.ts";
import { patternUses } from "../meaning/pattern-uses.ts";
import { list } from "../meaning/patterns.ts";
import type { Problem } from "../problem.ts";
import type { ProtocolFile } from "../protocol-file.ts";
import { schemasOf, valuesAt } from "./read-schema.ts";
import { anyCovers, innerOf, quote, type ScopeView, scopesOf } from "./scope-view.ts";

/** Events that cannot come, and scopes that cannot open. */
export function* reachAdvice(file: ProtocolFile): Generator<Problem> {
  yield* otherTypes(file);
  yield* absentSubtypes(file);
  yield* neverOpen(file);
}

/** An event whose own schema says that it has another type. */
function* otherTypes(file: ProtocolFile): Generator<Problem> {
  const [at, ...others] = list(file.type);
  if (typeof at !== "string" || at === "event" || others.length > 0) return;
  for (const [key, { schema }] of Object.entries(file.events)) {
    const { name, prefix } = parsePattern(key);
    const values = valuesAt(schema, pointerTokens(at));
    if (prefix || values === undefined || values.includes(name)) continue;
    const message = `no event can be a ${quote(name)}: its schema says that ${at} is ${values.map((value) => JSON.stringify(value)).join(" or ")}`;
    yield { pointer: toPointer("events", key), onKey: true, message, word: name, known: values.map(String) };
  }
}

/** `t[s]`, where the schema of `t` lists its subtypes and `s` is none of them. */
function* absentSubtypes(file: ProtocolFile): Generator<Problem> {
  const inEvents = Object.keys(file.events).map((pattern) => ({
    pattern,
    pointer: toPointer("events", pattern),
    onKey: true,
  }));
  const told = new Set<string>();
  for (const { pattern, pointer, onKey } of [...inEvents, ...patternUses(file)]) {
    const { name, subtype } = parsePattern(pattern);
    const at = file.events[name]?.subtype;
    if (typeof subtype !== "string" || at === undefined || told.has(pattern)) continue;
    const values = schemasOf(file, `${name}[\0]`)
      .map((schema) => valuesAt(schema, pointerTokens(at)))
      .find((found) => found !== undefined);
    if (values === undefined || values.map(String).includes(subtype)) continue;
    told.add(pattern);
    const known = values.map((value) => `${name}[${String(value)}]`);
    yield {
      pointer,
      onKey,
      message: `no event is ${quote(pattern)}: the schema of ${quote(name)} does not allow it at ${at}`,
      word: pattern,
      known,
    };
  }
}

/** Scopes whose opening events all need something open that only they could open. */
function* neverOpen(file: ProtocolFile): Generator<Problem> {
  const scopes = scopesOf(file);
  const after = lateEvents(file);
  const open = new Set(scopes.filter(({ definition }) => definition.in === undefined).map(({ name }) => name));
  for (let before = -1; before < open.size; ) {
    before = open.size;
    for (const scope of scopes) {
      const parent = scope.definition.in;
      if (parent === undefined || open.has(scope.name) || !open.has(parent)) continue;
      const opens = scope.kinds.flatMap((kind) => kind.open);
      const possible = opens.some(
        (event) => !isOnlyLate(event, after, scopes) && needs(scopes, event, scope).every((name) => open.has(name)),
      );
      if (possible) open.add(scope.name);
    }
  }
  for (const scope of scopes) {
    const { name, definition, kinds } = scope;
    if (open.has(name) || (definition.in !== undefined && !open.has(definition.in))) continue;
    const [event] = kinds.flatMap((kind) => kind.open);
    const missing = event === undefined ? [] : needs(scopes, event, scope).filter((other) => !open.has(other));
    const why =
      missing.length > 0
        ? `${quote(event?.text ?? "")} needs an open ${missing.join(" and ")}`
        : "what opens it comes only after the end";
    // The others wait for this one.
    yield { pointer: toPointer("scopes", name, "open"), message: `nothing can ever open a ${name}: ${why}` };
    return;
  }
}

/** The scopes that must be open for an event to come, other than the one that it opens. */
function needs(scopes: readonly ScopeView[], event: Pattern, opening: ScopeView): readonly string[] {
  const needing = scopes.filter((scope) => {
    if (scope === opening) return false;
    const opens = scope.kinds.some((kind) => anyCovers(kind.open, event));
    return !opens && scope.kinds.some((kind) => anyCovers([...innerOf(kind), ...kind.close], event));
  });
  return needing.map(({ name }) => name);
}

function lateEvents(file: ProtocolFile): readonly string[] {
  return [...patternUses(file)]
    .filter(({ pointer }) => /^\/scopes\/[^/]*\/after/.test(pointer))
    .map(({ pattern }) => pattern);
}

/** In `after`, and in nothing of the stream's scope. */
function isOnlyLate(event: Pattern, after: readonly string[], [stream]: readonly ScopeView[]): boolean {
  if (!after.includes(event.text)) return false;
  return stream?.kinds.every((kind) => !anyCovers([...kind.open, ...innerOf(kind), ...kind.close], event)) === true;
}
