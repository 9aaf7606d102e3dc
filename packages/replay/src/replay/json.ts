import { isUtf8 } from "node:buffer";

/** A JSON body as a value, and as a text that is equal for equal values. */
export interface JsonBody {
  readonly json: unknown;
  readonly canonical: string;
}

/**
 * What a JSON body says, whatever its key order, white space and spelling of numbers; undefined for any other body. Only an
 * object or an array counts: `1.0` may as well be text.
 */
export function readJson(body: Buffer): JsonBody | undefined {
  if (!isUtf8(body)) return undefined;
  const text = body.toString("utf8");
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return { json, canonical: canonicalJson(json) };
  } catch {
    // Not JSON, or nested deeper than the stack.
    return undefined;
  }
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(",")}}`;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
