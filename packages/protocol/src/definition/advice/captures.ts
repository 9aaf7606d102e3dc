import type { Declared, Kind } from "../../compile/kinds.ts";
import { covers, type Pattern, parsePattern } from "../../compile/pattern.ts";
import { nearestWord } from "../../nearest-word.ts";
import { pointerTokens, toPointer } from "../../payload/pointer.ts";
import { shareEvent } from "../meaning/patterns.ts";
import type { Problem } from "../problem.ts";
import type { Place, ProtocolFile } from "../protocol-file.ts";
import { namesAt, schemasOf, standingOf } from "./read-schema.ts";
import { anyCovers, innerOf, isExact, ownOf, quote, type ScopeView, scopesOf } from "./scope-view.ts";

/** Keys, constants, counters and joined values that read nothing, or nothing that could ever differ. */
export function* captureAdvice(file: ProtocolFile): Generator<Problem> {
  for (const scope of scopesOf(file)) {
    yield* keyAdvice(file, scope);
    const seen = new Set<string>();
    for (const kind of scope.kinds) {
      for (const [pointer, declared, place] of placesOf(scope, kind)) {
        if (seen.has(pointer)) continue;
        seen.add(pointer);
        // A value that the scope declares is read in each of its kinds.
        const inherited = declared.owner === scope.name ? scope.kinds : [kind];
        yield* unread(file, declared.name, place, inherited.flatMap(ownOf), pointer);
      }
      yield* lonelyConstants(file, scope, kind);
      yield* lateParts(scope, kind);
    }
  }
}

function* placesOf(scope: ScopeView, kind: Kind): Generator<readonly [string, Declared<unknown>, Place]> {
  const at = (declared: Declared<unknown>, ...rest: string[]): string =>
    ownerPath(scope, declared) + toPointer(...rest);
  for (const constant of kind.constant) yield [at(constant, "constant", constant.name), constant, constant.value];
  for (const counter of kind.counters) yield [at(counter, "counters", counter.name, "of"), counter, counter.value.of];
  for (const joined of kind.joined) {
    yield [at(joined, "joined", joined.name, "of"), joined, joined.value.of];
    if (joined.value.at !== "close") yield [at(joined, "joined", joined.name, "at"), joined, joined.value.at];
  }
}

function ownerPath(scope: ScopeView, { owner }: Declared<unknown>): string {
  return owner === scope.name ? toPointer("scopes", owner) : toPointer("scopes", scope.name, "kinds", owner);
}

/**
 * A place that no schema of the events that it is read from speaks of, though one is nearly the same. Schemas need not name
 * every property: without such a neighbour the place may well be there.
 */
function* unread(
  file: ProtocolFile,
  name: string,
  place: Place,
  own: readonly Pattern[],
  pointer: string,
): Generator<Problem> {
  if (typeof place === "string") {
    const known = own.flatMap((pattern) => pointersBeside(file, pattern.text, place));
    if (!own.every((pattern) => lacks(file, pattern, place)) || nearestWord(place, known) === undefined) return;
    yield { pointer, message: `no event of it has ${place}, so ${quote(name)} is never read`, word: place, known };
    return;
  }
  for (const [text, at] of Object.entries(place)) {
    const known = pointersBeside(file, text, at);
    if (!lacks(file, parsePattern(text), at) || nearestWord(at, known) === undefined) continue;
    const message = `${quote(text)} has no ${at}, so ${quote(name)} is never read there`;
    yield { pointer: pointer + toPointer(text), message, word: at, known };
  }
}

function lacks(file: ProtocolFile, pattern: Pattern, pointer: string): boolean {
  const schemas = schemasOf(file, pattern.text);
  const tokens = pointerTokens(pointer);
  return (
    schemas.length > 0 && isExact(pattern) && schemas.every((schema) => standingOf(schema, tokens) === "unmentioned")
  );
}

function pointersBeside(file: ProtocolFile, pattern: string, pointer: string): readonly string[] {
  const tokens = pointerTokens(pointer);
  const names = schemasOf(file, pattern).flatMap((schema) => namesAt(schema, tokens));
  return names.map((name) => toPointer(...tokens.slice(0, -1), name));
}

/** Without its key nobody knows which instance an event belongs to. */
function* keyAdvice(file: ProtocolFile, { name, definition, kinds }: ScopeView): Generator<Problem> {
  const { key } = definition;
  if (key === undefined) return;
  const pointer = toPointer("scopes", name, "key");
  const own = kinds.flatMap(ownOf);
  // Of a compound key a part may be absent.
  if (isPlaces(key)) {
    for (const [index, place] of key.entries()) yield* unread(file, "key", place, own, `${pointer}/${index}`);
    return;
  }
  // One place may be wrong for many events: it is told once.
  const told = new Set<string>();
  for (const pattern of own) {
    const at = typeof key === "string" ? key : bestPlace(key, pattern);
    if (at === undefined || told.has(at)) continue;
    const known = pointersBeside(file, pattern.text, at);
    if (lacks(file, pattern, at) && nearestWord(at, known) !== undefined) {
      yield { pointer, message: `${quote(pattern.text)} has no ${at}, the key of its ${name}`, word: at, known };
    } else if (mayLack(file, pattern, at)) {
      const message = `${at} is the key of a ${name}, but the schema of ${quote(pattern.text)} does not require it`;
      yield { pointer, message };
    } else continue;
    told.add(at);
  }
}

function mayLack(file: ProtocolFile, pattern: Pattern, pointer: string): boolean {
  const general = Object.entries(file.events).filter(([key]) => covers(parsePattern(key), pattern));
  const standings = general.flatMap(([, { schema }]) =>
    schema === undefined ? [] : [standingOf(schema, pointerTokens(pointer))],
  );
  return standings.includes("optional") && !standings.includes("required") && !standings.includes("unknown");
}

function bestPlace(key: Readonly<Record<string, string>>, pattern: Pattern): string | undefined {
  return Object.entries(key).find(([text]) => shareEvent(parsePattern(text), pattern))?.[1];
}

function isPlaces(key: Place | readonly Place[]): key is readonly Place[] {
  return Array.isArray(key);
}

/** A constant that one event has, which comes once: there is nothing to compare it with. */
function* lonelyConstants(file: ProtocolFile, scope: ScopeView, kind: Kind): Generator<Problem> {
  for (const constant of kind.constant) {
    if (constant.owner !== kind.name) continue;
    const place = constant.value;
    const readers =
      typeof place === "string"
        ? ownOf(kind).filter(({ text }) => file.events[text]?.literal === undefined)
        : Object.keys(place).map(parsePattern);
    const [only] = readers;
    if (only === undefined || readers.some(({ text }) => text !== only.text) || !comesOnce(kind, only)) continue;
    yield {
      pointer: ownerPath(scope, constant) + toPointer("constant", constant.name),
      message: `${quote(constant.name)} is read from ${quote(only.text)} only, which comes once: there is nothing to compare it with`,
    };
  }
}

function comesOnce(kind: Kind, pattern: Pattern): boolean {
  if (!isExact(pattern)) return false;
  const inner = kind.steps.flat().filter((known) => shareEvent(known.pattern, pattern));
  const own = inner.length > 0 || anyCovers([...kind.open, ...kind.close], pattern);
  return own && inner.every(({ times }) => times === "once" || times === "optional");
}

/** A value that is compared before the first of its parts can come. */
function* lateParts(scope: ScopeView, kind: Kind): Generator<Problem> {
  for (const joined of kind.joined) {
    const { of, at } = joined.value;
    if (at === "close" || typeof of === "string" || typeof at === "string") continue;
    const parts = Object.keys(of).map((text) => positionIn(kind, parsePattern(text)));
    const wholes = Object.keys(at).map((text) => positionIn(kind, parsePattern(text)));
    if ([...parts, ...wholes].includes(undefined)) continue;
    const first = Math.min(...parts.map(Number));
    const last = Math.max(...wholes.map(Number));
    if (first <= last) continue;
    yield {
      pointer: ownerPath(scope, joined) + toPointer("joined", joined.name),
      message: `the parts of ${quote(joined.name)} come after the value that they are compared with, so it is never checked`,
    };
  }
}

/** When an event comes in an instance: at the opening (-1), in a step, at the closing. Undefined where that is not settled. */
function positionIn(kind: Kind, pattern: Pattern): number | undefined {
  const step = kind.steps.findIndex((inner) => inner.some((known) => covers(known.pattern, pattern)));
  if (step >= 0) return step;
  if (anyCovers(kind.close, pattern)) return innerOf(kind).length + 1;
  return anyCovers(kind.open, pattern) ? -1 : undefined;
}
