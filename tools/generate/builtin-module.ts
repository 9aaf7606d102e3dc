import standalone from "ajv/dist/standalone/index.js";
import type { Problem } from "../../packages/protocol/src/definition/problem.ts";
import type { JsonSchema, ProtocolFile } from "../../packages/protocol/src/definition/protocol-file.ts";
import { compileSchemas, createAjv } from "../../packages/protocol/src/payload/compile.ts";
import { payloadSchemas } from "../../packages/protocol/src/payload/schemas.ts";
import { heading } from "./heading.ts";
import { isObject, withoutWords } from "./without-words.ts";

/** A built-in protocol and its variants as a module. What several of them say of an event is in it once. */
export function builtinModule(file: ProtocolFile, variants: ReadonlyMap<string, ProtocolFile>, origin: string): string {
  const shared = new SharedSchemas();
  const base = formCode(file, shared);
  const forms = [...variants].map(([name, variant]) => [name, formCode(variant, shared)] as const);
  return [
    ...heading(origin),
    'import type { ProtocolFile } from "../../definition/protocol-file.ts";',
    'import type { CompiledSchema } from "../../payload/check.ts";',
    'import type { BuiltinForm } from "../form.ts";',
    "",
    shared.code(),
    `export const file: ProtocolFile = {\n${[...base.file.values()].join("")}};`,
    "",
    `export const schemas: ReadonlyMap<string, CompiledSchema> = new Map([\n${[...base.schemas.values()].join("")}]);`,
    "",
    "export const variants: ReadonlyMap<string, BuiltinForm> = new Map<string, BuiltinForm>([",
    ...forms.map(([name, form]) => {
      // A check that the variant has no schema for is never called; a key that stayed would be another protocol.
      for (const key of base.file.keys()) if (!form.file.has(key)) throw new Error(`${name} takes ${key} away`);
      const [keys, checks] = [changes(base.file, form.file), changes(base.schemas, form.schemas)];
      return `[${JSON.stringify(name)}, { file: { ...file,\n${keys}}, schemas: new Map([ ...schemas,\n${checks}]) }],`;
    }),
    "]);",
    "",
  ].join("\n");
}

/** The lines of a variant that the base has otherwise or not at all. */
function changes(base: ReadonlyMap<string, string>, variant: ReadonlyMap<string, string>): string {
  return [...variant].flatMap(([key, line]) => (base.get(key) === line ? [] : [line])).join("");
}

/** Schemas by what they say: each gets the name of a constant that holds it, and of a function that checks it. */
class SharedSchemas {
  readonly #indexes = new Map<string, number>();

  /** The number of a schema in the module. */
  indexOf(schema: JsonSchema): number {
    const text = JSON.stringify(schema, null, 1);
    const index = this.#indexes.get(text) ?? this.#indexes.size;
    this.#indexes.set(text, index);
    return index;
  }

  code(): string {
    const texts = [...this.#indexes.keys()];
    const constants = texts.map((text, index) => `const payload${index} = ${text};`);
    return [...constants, "", compiledCode(texts.map((text): JsonSchema => JSON.parse(text)))].join("\n");
  }
}

/** The top-level keys of a form, and its checks, as lines of code that name the shared schemas. */
interface FormCode {
  readonly file: ReadonlyMap<string, string>;
  readonly schemas: ReadonlyMap<string, string>;
}

function formCode(file: ProtocolFile, shared: SharedSchemas): FormCode {
  const { $schema: _, ...definition } = file;
  const events = Object.entries(file.events).map(([type, { schema, ...event }]) => {
    return [type, schema === undefined ? event : { schema: `@payload${shared.indexOf(schema)}@`, ...event }] as const;
  });
  const keys = Object.entries({ ...definition, events: Object.fromEntries(events) });
  const checks = [...payloadSchemas(file)].map(([pointer, schema]) => [pointer, shared.indexOf(schema)] as const);
  const named = (value: unknown): string => JSON.stringify(value, null, 1).replaceAll(/"@(payload\d+)@"/g, "$1");
  return {
    file: new Map(keys.map(([key, value]) => [key, `  ${JSON.stringify(key)}: ${named(value)},\n`])),
    schemas: new Map(checks.map(([pointer, index]) => [pointer, `  [${JSON.stringify(pointer)}, check${index}],\n`])),
  };
}

/** Ajv's standalone code as plain functions `check0`, `check1`, without the schemas that they do not read. */
function compiledCode(schemas: readonly JsonSchema[]): string {
  const ajv = createAjv({ code: { source: true, esm: true, lines: true } });
  const bare = new Map(schemas.map((schema, index) => [`/${index}`, bareSchema(schema)]));
  compileSchemas(ajv, bare, ({ pointer, message }: Problem): never => {
    throw new Error(`${message} at ${pointer}`);
  });
  const code = standalone.default(ajv, Object.fromEntries(schemas.map((_, index) => [`check${index}`, `/${index}`])));
  if (/\brequire\(|\bimport\b/.test(code))
    throw new Error("a schema needs a part of Ajv at run time: say it in other keywords");
  const lines = code
    .replace('"use strict";', "")
    .replaceAll(/^\s*export const/gm, "const")
    .split("\n");
  return `${lines
    .filter((line) => !isUnusedSchema(line, code))
    .join("\n")
    .trim()}\n`;
}

/** Ajv writes down every schema, also those that its code never reads. */
function isUnusedSchema(line: string, code: string): boolean {
  const name = /^const (schema\d+) = /.exec(line)?.[1];
  return name !== undefined && code.split(new RegExp(`\\b${name}\\b`)).length === 2;
}

function bareSchema(schema: JsonSchema): JsonSchema {
  const bare = withoutWords(schema, WORDS);
  return isObject(bare) ? bare : schema;
}

const WORDS = new Set(["title", "description", "examples", "default", "$schema"]);
