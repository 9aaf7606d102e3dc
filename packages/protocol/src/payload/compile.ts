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
  const orFail = <T>(pointer: string, compile: () => T): T => {
    try {
      return compile();
    } catch (cause) {
      return fail(schemaProblem(ajv, pointer, cause));
    }
  };
  for (const [pointer, schema] of schemas) {
    if (orFail(pointer, () => ajv.validateSchema(schema)) !== true) {
      const [error] = ajv.errors ?? [];
      const problem = error === undefined ? { path: "", message: "is not a JSON Schema" } : describe(error, schema);
      fail({ code: "bad-schema", pointer: pointer + problem.path, message: `the schema ${problem.message}` });
    }
    orFail(pointer, () => ajv.addSchema(schema, pointer));
  }
  const compiled = new Map<string, ValidateFunction>();
  for (const pointer of schemas.keys()) {
    const validate = orFail(pointer, () => ajv.getSchema(pointer));
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

/** What Ajv threw, in words that name neither Ajv nor the ids that schemas have here. */
function schemaProblem(ajv: Ajv2020, pointer: string, cause: unknown): Problem {
  const at = { code: "bad-schema", pointer, cause } as const;
  const reason = cause instanceof Error ? cause.message.replace(/^strict mode: /, "") : String(cause);
  if (cause instanceof Error && "missingRef" in cause) {
    const reference = String(cause.missingRef).replace(`${pointer}#`, "#");
    const message = `the reference ${JSON.stringify(reference)} leads nowhere: no schema of this protocol has it, and nothing is fetched`;
    return { ...at, message };
  }
  const [, dialect] = /^no schema with key or ref "(.+)"$/.exec(reason) ?? [];
  if (dialect !== undefined)
    return { ...at, message: `the schema is written in ${dialect}, not in the 2020-12 dialect` };
  const [, word] = /^unknown keyword: "(.+)"$/.exec(reason) ?? [];
  if (word === undefined) return { ...at, message: `the schema cannot be used: ${reason}` };
  return {
    ...at,
    message: `unknown keyword ${JSON.stringify(word)} in the schema`,
    word,
    known: Object.keys(ajv.RULES.keywords),
  };
}
