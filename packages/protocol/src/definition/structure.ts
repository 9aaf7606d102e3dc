import type { ErrorObject, ValidateFunction } from "ajv";
import { nearestWord } from "../nearest-word.ts";
import { createAjv } from "../payload/compile.ts";
import { toPointer } from "../payload/pointer.ts";
import { describe } from "../payload/words.ts";
import { protocolSchema } from "./generated/protocol-schema.ts";
import { isObject } from "./json.ts";
import type { Problem } from "./problem.ts";
import type { ProtocolFile } from "./protocol-file.ts";

let compiled: ValidateFunction | undefined;

/** What a definition has that `schemas/protocol.schema.json` does not allow; unknown keys first, they explain the rest. */
export function structureProblems(definition: unknown): readonly Problem[] {
  compiled ??= createAjv({ allErrors: true, verbose: true }).compile(protocolSchema);
  if (compiled(definition)) return [];
  const errors = (compiled.errors ?? []).filter(({ keyword }) => keyword !== "if" && keyword !== "propertyNames");
  const unknown = errors.filter(
    ({ keyword, propertyName }) => keyword === "additionalProperties" || propertyName !== undefined,
  );
  const found = [...unknown, ...errors.filter((error) => !unknown.includes(error))];
  const problems = found.map((error) => problem(error, definition));
  return problems.filter((other, index) => !problems.slice(0, index).some((first) => explains(first, other)));
}

/** One slip, one problem: a key that is missing because it is misspelt, a value under a key that cannot be. */
function explains(first: Problem, other: Problem): boolean {
  if (first.onKey !== true) return false;
  if (first.word === undefined) return other.pointer === first.pointer || other.pointer.startsWith(`${first.pointer}/`);
  const [, missing] = /^the key "(.+)" is missing$/.exec(other.message) ?? [];
  const parent = first.pointer.slice(0, first.pointer.lastIndexOf("/"));
  return missing !== undefined && parent === other.pointer && missing === nearestWord(first.word, first.known ?? []);
}

/** A definition without structure problems, read as what it is; `extends` and schemas by path must have been resolved. */
export function isProtocolFile(definition: unknown): definition is ProtocolFile {
  return structureProblems(definition).length === 0;
}

function problem(error: ErrorObject, definition: unknown): Problem {
  const { keyword, instancePath, params, parentSchema, propertyName } = error;
  const title = titleOf(parentSchema);
  if (keyword === "additionalProperties") {
    const word = String(params["additionalProperty"]);
    const properties: unknown = isObject(parentSchema) ? parentSchema["properties"] : undefined;
    const known = isObject(properties) ? Object.keys(properties) : [];
    return {
      pointer: instancePath + toPointer(word),
      onKey: true,
      message: `unknown key ${JSON.stringify(word)}`,
      word,
      known,
    };
  }
  if (propertyName !== undefined) {
    const message = `the key ${JSON.stringify(propertyName)} must be ${title}`;
    return { pointer: instancePath + toPointer(propertyName), onKey: true, message };
  }
  if (keyword === "required") {
    return { pointer: instancePath, message: `the key ${JSON.stringify(params["missingProperty"])} is missing` };
  }
  const { message, path } = describe(error, definition);
  if (keyword === "pattern") return { pointer: path, message: `must be ${title}, got ${JSON.stringify(error.data)}` };
  if (keyword === "minProperties" || keyword === "minItems") return { pointer: path, message: "must not be empty" };
  const choices: unknown = params["allowedValues"];
  if (keyword === "enum" && Array.isArray(choices) && typeof error.data === "string") {
    return { pointer: path, message, word: error.data, known: choices.map(String) };
  }
  return { pointer: path, message };
}

/** A schema's title within a sentence: `a JSON Pointer such as /id`. */
function titleOf(schema: unknown): string {
  const title = isObject(schema) ? String(schema["title"] ?? "") : "";
  if (title.startsWith('"')) return title;
  return `a ${/^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title}`;
}
