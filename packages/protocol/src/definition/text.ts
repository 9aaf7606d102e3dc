import { parse, type ValueNode } from "@humanwhocodes/momoa";
import { pointerTokens, toPointer, valueAt } from "../payload/pointer.ts";
import { ProtocolError } from "./error.ts";
import { brokenString, explainJson } from "./json-mistakes.ts";
import { excessOf } from "./limits.ts";
import type { Problem, TextPlace } from "./problem.ts";

/** JSON with the places of its keys and values. */
export interface JsonText {
  readonly value: unknown;
  /** Keys that an object has twice: all but the last would be ignored in silence. */
  readonly repeated: readonly Problem[];
  /** The value that a pointer names, or undefined. */
  valueAt(pointer: string): unknown;
  /** Where a pointer's key or value is; of what is not in this text, the nearest thing around it. */
  locate(pointer: string, part: "key" | "value"): TextPlace;
}

/** Throws ProtocolError `bad-json` for text that is not JSON, and for more of it than any protocol file has. */
export function parseJsonText(source: string | undefined, text: string): JsonText {
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const excess = excessOf(json);
  if (excess !== undefined) throw notJson(source, excess.reason, placeAt(json, excess.offset));
  const root = parseNodes(source, json);
  const value = parseValue(source, json);
  const repeated: Problem[] = [];
  findRepeated(root, [], repeated);
  return {
    value,
    repeated,
    valueAt: (pointer) => valueAt(value, pointer),
    locate: (pointer, part) => locate(root, pointerTokens(pointer), part),
  };
}

function parseNodes(source: string | undefined, json: string): ValueNode {
  try {
    return parse(json, { mode: "json" }).body;
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const offset = Math.min(offsetOf(cause, json), brokenString(json) ?? json.length);
    throw notJson(source, explainJson(json, offset), placeAt(json, offset), cause);
  }
}

/** The parser that keeps places takes line ends and the like within strings. */
function parseValue(source: string | undefined, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const offset = Number(/position (\d+)/.exec(cause.message)?.[1] ?? 0);
    throw notJson(source, explainJson(json, offset), placeAt(json, offset), cause);
  }
}

/** Where momoa stopped; it has no place for the end of the text. */
function offsetOf(error: Error, json: string): number {
  if (/end of input/i.test(error.message) || !("offset" in error)) return json.length;
  return Number(error.offset);
}

function placeAt(text: string, offset: number): TextPlace {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

function findRepeated(node: ValueNode, path: readonly (string | number)[], found: Problem[]): void {
  if (node.type === "Array") {
    for (const [index, element] of node.elements.entries()) findRepeated(element.value, [...path, index], found);
  }
  if (node.type !== "Object") return;
  const seen = new Map<string, number>();
  for (const { name, value } of node.members) {
    const key = name.type === "String" ? name.value : name.name;
    const inner = [...path, key];
    const first = seen.get(key);
    if (first !== undefined) {
      const { line, column } = name.loc.start;
      const message = `the key ${JSON.stringify(key)} comes twice: it is in line ${first} already`;
      found.push({ code: "bad-json", pointer: toPointer(...inner), place: { line, column }, message });
    } else seen.set(key, name.loc.start.line);
    findRepeated(value, inner, found);
  }
}

function locate(root: ValueNode, tokens: readonly string[], part: "key" | "value"): TextPlace {
  let node = root;
  let place = root.loc.start;
  for (const token of tokens) {
    if (node.type === "Object") {
      const member = node.members.find(({ name }) => (name.type === "String" ? name.value : name.name) === token);
      if (member === undefined) break;
      node = member.value;
      place = part === "key" ? member.name.loc.start : node.loc.start;
    } else if (node.type === "Array") {
      const element = node.elements[Number(token)];
      if (element === undefined) break;
      node = element.value;
      place = node.loc.start;
    } else break;
  }
  return { line: place.line, column: place.column };
}

function notJson(source: string | undefined, problem: string, place: TextPlace, cause?: Error): ProtocolError {
  const where = [...(source === undefined ? [] : [source]), `line ${place.line}, column ${place.column}`].join(", ");
  const message = `the file is not JSON that can be used: ${problem} (${where})`;
  return new ProtocolError("bad-json", message, place, { cause });
}
