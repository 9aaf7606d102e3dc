import { parse, type ValueNode } from "@humanwhocodes/momoa";
import { pointerTokens, toPointer } from "../payload/pointer.ts";
import { ProtocolError } from "./error.ts";

/** From 1; columns in UTF-16 units. */
interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** JSON with the places of its keys and values. */
export interface JsonText {
  readonly value: unknown;
  /** Where a pointer's key or value is; of what is not in this text, the nearest thing around it. */
  locate(pointer: string, part: "key" | "value"): TextPlace;
}

/** Throws ProtocolError `bad-json` for text that is not JSON, and for a key that an object has twice. */
export function parseJsonText(source: string | undefined, text: string): JsonText {
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const root = parseNodes(source, json);
  refuseRepeatedKeys(source, root, []);
  return {
    value: JSON.parse(json),
    locate: (pointer, part) => locate(root, pointerTokens(pointer), part),
  };
}

function parseNodes(source: string | undefined, json: string): ValueNode {
  try {
    return parse(json, { mode: "json" }).body;
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const reason = cause.message.replace(/ ?\(\d+:\d+\)$/, "").replace(/\.$/, "");
    throw notJson(source, reason, placeOf(cause, json), cause);
  }
}

/** Where momoa stopped; it has no place for the end of the text. */
function placeOf(error: Error, json: string): TextPlace {
  if (!/end of input/i.test(error.message) && "line" in error && "column" in error) {
    return { line: Number(error.line), column: Number(error.column) };
  }
  const lines = json.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

function refuseRepeatedKeys(source: string | undefined, node: ValueNode, path: readonly (string | number)[]): void {
  if (node.type === "Array") {
    for (const [index, element] of node.elements.entries()) refuseRepeatedKeys(source, element.value, [...path, index]);
  }
  if (node.type !== "Object") return;
  const seen = new Set<string>();
  for (const { name, value } of node.members) {
    const key = name.type === "String" ? name.value : name.name;
    const inner = [...path, key];
    if (seen.has(key))
      throw notJson(
        source,
        `the key ${JSON.stringify(key)} comes twice`,
        name.loc.start,
        undefined,
        toPointer(...inner),
      );
    seen.add(key);
    refuseRepeatedKeys(source, value, inner);
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

function notJson(
  source: string | undefined,
  problem: string,
  place: TextPlace,
  cause?: Error,
  pointer?: string,
): ProtocolError {
  const where = [...(source === undefined ? [] : [source]), `line ${place.line}, column ${place.column}`].join(", ");
  const message = `the protocol file is not JSON that can be used: ${problem} (${where})`;
  return new ProtocolError("bad-json", message, { ...(pointer === undefined ? {} : { pointer }), ...place }, { cause });
}
