import { Ajv2020, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import type { Fail, Problem } from "../definition/problem.ts";
import { type PayloadCheck, type PayloadChecks, payloadCheck } from "./check.ts";
import type { PayloadSchemas } from "./schemas.ts";
import { describe } from "./words.ts";

/**
 * Ajv as this package uses it: the 2020-12 dialect, one problem a schema, unknown keywords refused. `format` is an annotation,
 * as the dialect has it by default. Nothing is ever fetched.
 */
export function createAjv(options: Options = {}): Ajv2020 {
  return new Ajv2020({ strictTypes: false, strictTuples: false, validateFormats: false, logger: false, ...options });
}

/** Compiles every schema; a `$ref` reaches any of them by its `$id`. What is no schema goes to `fail`, as `bad-schema`. */
export function compileSchemas(
  ajv: Ajv2020,
  schemas: PayloadSchemas,
  fail: Fail,
): ReadonlyMap<string, ValidateFunction> {
  for (const [pointer, schema] of schemas) {
    if (ajv.validateSchema(schema) !== true) {
      const [error] = ajv.errors ?? [];
      const problem = error === undefined ? { path: "", message: "is not a JSON Schema" } : describe(error, schema);
      fail({ code: "bad-schema", pointer: pointer + problem.path, message: `the schema ${problem.message}` });
    }
    attempt(pointer, fail, () => ajv.addSchema(schema, pointer));
  }
  const compiled = new Map<string, ValidateFunction>();
  for (const pointer of schemas.keys()) {
    const validate = attempt(pointer, fail, () => ajv.getSchema(pointer));
    if (validate !== undefined) compiled.set(pointer, validate);
  }
  return compiled;
}

/** Payload checks of a definition that comes at run time. */
export function compileChecks(schemas: PayloadSchemas, fail: Fail): PayloadChecks {
  const checks = new Map<string, PayloadCheck>();
  for (const [pointer, validate] of compileSchemas(createAjv(), schemas, fail))
    checks.set(pointer, payloadCheck(validate));
  return checks;
}

function attempt<T>(pointer: string, fail: Fail, compile: () => T): T {
  try {
    return compile();
  } catch (cause) {
    return fail(schemaProblem(pointer, cause));
  }
}

function schemaProblem(pointer: string, cause: unknown): Problem {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const reference = cause instanceof Error && "missingRef" in cause ? cause.missingRef : undefined;
  const message =
    typeof reference === "string"
      ? `no schema of this protocol is ${JSON.stringify(reference)}, and references are not fetched`
      : `the schema cannot be used: ${reason.replace(/^strict mode: /, "")}`;
  return { code: "bad-schema", pointer, message, cause };
}
