import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import { isObject } from "../definition/json.ts";
import type { Problem } from "../definition/problem.ts";
import { type PayloadCheck, type PayloadChecks, payloadCheck } from "./check.ts";
import { toPointer, valueAt } from "./pointer.ts";
import { referenceProblems } from "./references.ts";
import { SlowPattern, safeRegExp } from "./regular-expression.ts";
import type { PayloadSchemas } from "./schemas.ts";
import { describe } from "./words.ts";

/**
 * Ajv as this package uses it: the 2020-12 dialect, one problem a schema, unknown keywords refused. `format` is an annotation,
 * as the dialect has it by default. Nothing is ever fetched.
 */
export function createAjv(options: Options = {}): Ajv2020 {
  return new Ajv2020({ strictTypes: false, strictTuples: false, validateFormats: false, logger: false, ...options });
}

/**
 * Compiles every schema; a `$ref` reaches any of them by its `$id`. What is no schema goes to `note`, as `bad-schema`, and is
 * left out unless `note` throws.
 */
export function compileSchemas(
  ajv: Ajv2020,
  schemas: PayloadSchemas,
  note: (problem: Problem) => void,
): ReadonlyMap<string, ValidateFunction> {
  const bad = new Set<string>();
  const complain = (pointer: string, problem: Problem): undefined => {
    bad.add(pointer);
    note({ code: "bad-schema", ...problem });
  };
  const orComplain = <T>(pointer: string, compile: () => T): T | undefined => {
    try {
      return compile();
    } catch (cause) {
      return complain(pointer, schemaProblem(ajv, pointer, schemas.get(pointer), cause));
    }
  };
  for (const [pointer, schema] of schemas) {
    const valid = orComplain(pointer, () => ajv.validateSchema(schema));
    if (valid === false) {
      const [error] = ajv.errors ?? [];
      const problem = error === undefined ? { path: "", message: "is not a JSON Schema" } : describe(error, schema);
      complain(pointer, {
        pointer: pointer + problem.path,
        message: `the schema ${problem.message}`,
        ...choice(error, schema),
      });
    }
    const proto = pathOf("__proto__", schema);
    // Ajv passes over a property of that name, so nothing would be checked.
    if (proto !== undefined)
      complain(pointer, { pointer: pointer + proto, message: "a property named __proto__ cannot be checked" });
    if (!bad.has(pointer)) orComplain(pointer, () => ajv.addSchema(schema, pointer));
  }
  const good = new Map([...schemas].filter(([pointer]) => !bad.has(pointer)));
  for (const { within, pointer, message } of referenceProblems(good)) complain(within, { pointer, message });
  const compiled = new Map<string, ValidateFunction>();
  for (const pointer of good.keys()) {
    const validate = bad.has(pointer) ? undefined : orComplain(pointer, () => ajv.getSchema(pointer));
    if (validate !== undefined) compiled.set(pointer, validate);
  }
  return compiled;
}

/** The word at fault, where there is a list of right ones. */
function choice(error: ErrorObject | undefined, schema: unknown): Pick<Problem, "word" | "known"> {
  const known: unknown = error?.params["allowedValues"];
  const word = error === undefined ? undefined : valueAt(schema, error.instancePath);
  return typeof word === "string" && Array.isArray(known) ? { word, known: known.map(String) } : {};
}

/** Payload checks of a definition that comes at run time. */
export function compileChecks(schemas: PayloadSchemas, note: (problem: Problem) => void): PayloadChecks {
  const checks = new Map<string, PayloadCheck>();
  const ajv = createAjv({ code: { regExp: safeRegExp } });
  for (const [pointer, validate] of compileSchemas(ajv, schemas, note)) checks.set(pointer, payloadCheck(validate));
  return checks;
}

/** What Ajv threw, in words that name neither Ajv nor the ids that schemas have here. */
function schemaProblem(ajv: Ajv2020, pointer: string, schema: unknown, cause: unknown): Problem {
  const at = { code: "bad-schema", pointer, cause } as const;
  if (cause instanceof SlowPattern) {
    return { ...at, pointer: pointer + (pathOf(cause.pattern, schema) ?? ""), message: cause.message };
  }
  const reason = cause instanceof Error ? cause.message.replace(/^strict mode: /, "") : String(cause);
  if (cause instanceof Error && "missingRef" in cause) {
    const reference = String(cause.missingRef).replace(`${pointer}#`, "#");
    const message = `the reference ${JSON.stringify(reference)} leads nowhere: no schema of this protocol has it, and nothing is fetched`;
    const known = isObject(schema) && isObject(schema["$defs"]) ? Object.keys(schema["$defs"]) : [];
    const path = pathOf(reference, schema) ?? "";
    return {
      ...at,
      pointer: pointer + path,
      message,
      word: reference,
      known: known.map((name) => `#${toPointer("$defs", name)}`),
    };
  }
  const [, dialect] = /^no schema with key or ref "(.+)"$/.exec(reason) ?? [];
  if (dialect !== undefined)
    return { ...at, message: `the schema is written in ${dialect}, not in the 2020-12 dialect` };
  const [, word] = /^unknown keyword: "(.+)"$/.exec(reason) ?? [];
  if (word === undefined) return { ...at, message: `the schema cannot be used: ${reason}` };
  return {
    ...at,
    pointer: pointer + (pathOf(word, schema) ?? ""),
    onKey: true,
    message: `unknown keyword ${JSON.stringify(word)} in the schema`,
    word,
    known: Object.keys(ajv.RULES.keywords),
  };
}

/** Where a word stands in a schema, as a key or as a value: the first place. */
function pathOf(word: string, schema: unknown): string | undefined {
  if (schema === word) return "";
  if (typeof schema !== "object" || schema === null) return undefined;
  for (const [key, inner] of Object.entries(schema)) {
    const path = key === word ? "" : pathOf(word, inner);
    if (path !== undefined) return toPointer(key) + path;
  }
  return undefined;
}
