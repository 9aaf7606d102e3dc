import { parsePattern } from "../../compile/pattern.ts";
import { toPointer } from "../../payload/pointer.ts";
import type { Problem } from "../problem.ts";
import type { ProtocolFile } from "../protocol-file.ts";
import { patternUses } from "./pattern-uses.ts";
import { list, matchedEvents } from "./patterns.ts";

/** What is wrong with the events, and with the names by which the rest of the file calls them. */
export function* eventProblems(file: ProtocolFile): Generator<Problem> {
  yield* literals(file);
  yield* parts(file);
  yield* candidates(file);
  yield* unreachable(file);
  yield* subtypes(file);
  for (const { pattern, pointer, onKey } of patternUses(file)) yield* unmatched(file, pattern, pointer, onKey);
}

function* literals(file: ProtocolFile): Generator<Problem> {
  const seen = new Map<string, string>();
  for (const [type, { literal, schema, subtype, parts }] of Object.entries(file.events)) {
    if (literal === undefined) continue;
    const pointer = toPointer("events", type, "literal");
    if (schema !== undefined || subtype !== undefined || parts !== undefined) {
      yield { pointer, message: `${quote(type)} is a literal, so it can have no schema, subtype or parts` };
    }
    const other = seen.get(literal);
    if (other !== undefined) yield { pointer, message: `${quote(type)} and ${quote(other)} are the same literal` };
    seen.set(literal, type);
  }
}

function* parts(file: ProtocolFile): Generator<Problem> {
  for (const [type, event] of Object.entries(file.events)) {
    for (const part of Object.keys(event.parts ?? {})) {
      yield* unmatched(file, part, toPointer("events", type, "parts", part), true);
    }
  }
}

function* candidates(file: ProtocolFile): Generator<Problem> {
  for (const [index, candidate] of list(file.type).entries()) {
    if (typeof candidate === "string") continue;
    const path = Array.isArray(file.type) ? ["type", index] : ["type"];
    yield* unmatched(file, candidate.is, toPointer(...path, "is"), false);
  }
}

/** With candidates that only give types by name, all other types must be parts or literals. */
function* unreachable(file: ProtocolFile): Generator<Problem> {
  const candidates = list(file.type);
  if (candidates.some((candidate) => typeof candidate === "string")) return;
  const given = new Set(candidates.map((candidate) => (typeof candidate === "string" ? "" : candidate.is)));
  for (const event of Object.values(file.events)) for (const part of Object.keys(event.parts ?? {})) given.add(part);
  for (const [key, event] of Object.entries(file.events)) {
    const { name, prefix } = parsePattern(key);
    if (prefix || event.literal !== undefined || given.has(name)) continue;
    const message = `no event can have the type ${quote(name)}: \`type\` does not give it, and it is nobody's part`;
    yield { pointer: toPointer("events", key), onKey: true, message };
  }
}

/** `t[s]` in `events` needs a `t` that says where the subtype is. */
function* subtypes(file: ProtocolFile): Generator<Problem> {
  for (const key of Object.keys(file.events)) {
    if (parsePattern(key).subtype !== undefined) yield* unmatched(file, key, toPointer("events", key), true);
  }
}

function* unmatched(file: ProtocolFile, pattern: string, pointer: string, onKey: boolean): Generator<Problem> {
  const matched = matchedEvents(file, pattern);
  if (matched.length === 0) {
    yield {
      pointer,
      onKey,
      message: `no event matches ${quote(pattern)}`,
      word: pattern,
      known: Object.keys(file.events),
    };
  } else if (
    parsePattern(pattern).subtype !== undefined &&
    !matched.some((key) => file.events[key]?.subtype !== undefined)
  ) {
    const { name } = parsePattern(pattern);
    yield { pointer, onKey, message: `${quote(pattern)} names a subtype, but ${quote(name)} has no \`subtype\`` };
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
