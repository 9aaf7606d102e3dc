import type { ErrorObject } from "ajv";
import { valueAt } from "./pointer.ts";

/** One thing that is wrong with an event's data. */
export interface PayloadProblem {
  /** JSON Pointer into the data: `""` is the data itself. */
  readonly path: string;
  /** Plain words that follow the path: "must be a string, got 12". */
  readonly message: string;
}

/** Longer values are cut: a message is one line in a terminal. */
const SHOWN = 48;

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

/** A value as a message shows it: scalars as JSON, cut where they are long; objects and lists by name only. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "string" && value.length > SHOWN) return `${JSON.stringify(cut(value))}…`;
  return JSON.stringify(value);
}

/** A name as a message shows it, between backticks; one that holds a backtick itself would end there, and stands in quotes. */
export function code(name: string): string {
  return name.includes("`") ? JSON.stringify(name) : `\`${name}\``;
}

/** The beginning of a long string, without half a surrogate pair at its end. */
function cut(text: string): string {
  return text.slice(0, SHOWN).replace(/[\uD800-\uDBFF]$/, "");
}

/** What Ajv found, in plain words with what came; the words follow the path. */
export function describe(error: ErrorObject, data: unknown): PayloadProblem {
  const { keyword, instancePath: path } = error;
  const {
    missingProperty,
    additionalProperty,
    unevaluatedProperty,
    propertyName,
    pattern,
    type,
    allowedValue,
    allowedValues,
  } = error.params;
  const came = show(valueAt(data, path));
  switch (keyword) {
    case "required":
    case "dependentRequired":
      return { path, message: `must have the property ${code(String(missingProperty))}` };
    case "additionalProperties":
      return { path, message: `must not have the property ${code(String(additionalProperty))}` };
    case "unevaluatedProperties":
      return { path, message: `must not have the property ${code(String(unevaluatedProperty))}` };
    case "type":
      return {
        path,
        message: `must be ${anyOf(type, (type) => TYPES[String(type)] ?? String(type))}, got ${came}`,
      };
    case "const":
      return { path, message: `must be ${show(allowedValue)}, got ${came}` };
    case "enum":
      return { path, message: `must be ${anyOf(allowedValues, show)}, got ${came}` };
    case "propertyNames":
      return { path, message: `must not have the property ${code(String(propertyName))}` };
    case "pattern":
      return { path, message: `must match ${String(pattern)}, got ${came}` };
    case "false schema":
      return { path, message: `must be absent, got ${came}` };
    default:
      return { path, message: `${lowerCase(error.message ?? `must satisfy ${keyword}`)}, got ${came}` };
  }
}

function anyOf(choices: unknown, words: (choice: unknown) => string): string {
  const list = (Array.isArray(choices) ? choices : [choices]).map(words);
  const last = list.pop() ?? "";
  return list.length === 0 ? last : `${list.join(", ")} or ${last}`;
}

/** Ajv says "must NOT have": no shouting. */
function lowerCase(message: string): string {
  return message.replace("NOT", "not");
}
