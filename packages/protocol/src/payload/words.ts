import type { ErrorObject } from "ajv";
import type { PayloadProblem } from "./check.ts";
import { valueAt } from "./pointer.ts";

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
  if (typeof value === "string" && value.length > SHOWN) return `${JSON.stringify(value.slice(0, SHOWN))}…`;
  return JSON.stringify(value);
}

/** What Ajv found, in plain words with what came; the words follow the path. */
export function describe(error: ErrorObject, data: unknown): PayloadProblem {
  const { keyword, params, instancePath: path } = error;
  const came = show(valueAt(data, path));
  switch (keyword) {
    case "required":
    case "dependentRequired":
      return { path, message: `must have the property \`${String(params["missingProperty"])}\`` };
    case "additionalProperties":
      return { path, message: `must not have the property \`${String(params["additionalProperty"])}\`` };
    case "unevaluatedProperties":
      return { path, message: `must not have the property \`${String(params["unevaluatedProperty"])}\`` };
    case "type":
      return {
        path,
        message: `must be ${anyOf(params["type"], (type) => TYPES[String(type)] ?? String(type))}, got ${came}`,
      };
    case "const":
      return { path, message: `must be ${show(params["allowedValue"])}, got ${came}` };
    case "enum":
      return { path, message: `must be ${anyOf(params["allowedValues"], show)}, got ${came}` };
    case "propertyNames":
      return { path, message: `must not have the property \`${String(params["propertyName"])}\`` };
    case "pattern":
      return { path, message: `must match ${String(params["pattern"])}, got ${came}` };
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
