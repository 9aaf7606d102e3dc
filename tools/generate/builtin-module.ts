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
  const forms = [file, ...variants.values()].map((form) => formCode(form, shared));
  return [
    ...heading(origin),
    'import type { ProtocolFile } from "../../definition/protocol-file.ts";',
    'import type { CompiledSchema } from "../../payload/check.ts";',
    'import type { BuiltinForm } from "../form.ts";',
    "",
    shared.code(),
    `export const file: ProtocolFile = ${forms[0]?.file};`,
    "",
    `export const schemas: ReadonlyMap<string, CompiledSchema> = ${forms[0]?.schemas};`,
    "",
    "export const variants: ReadonlyMap<string, BuiltinForm> = new Map([",
    ...[...variants.keys()].map(
      (name, index) =>
        `[${JSON.stringify(name)}, { file: ${forms[index + 1]?.file}, schemas: ${forms[index + 1]?.schemas} }],`,
    ),
    "]);",
    "",
  ].join("\n");
}

/** Schemas by what they say: each gets the name of a constant that holds it, and of a function that checks it. */
class SharedSchemas {
  readonly #indexes = new Map<string, number>();

  /** The number of a schema in the module. */
  indexOf(schema: JsonSchema): number {
    const text = JSON.stringify(schema, null, 2);
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

/** Both parts of a form as code that names the shared schemas. */
function formCode(file: ProtocolFile, shared: SharedSchemas): { readonly file: string; readonly schemas: string } {
  const { $schema: _, ...definition } = file;
  const checks = [...payloadSchemas(file)].map(([pointer, schema]) => [pointer, shared.indexOf(schema)] as const);
  const events = Object.entries(file.events).map(([type, { schema, ...event }]) => {
    return [type, schema === undefined ? event : { schema: `@payload${shared.indexOf(schema)}@`, ...event }] as const;
  });
  const text = JSON.stringify({ ...definition, events: Object.fromEntries(events) }, null, 2);
  return {
    file: text.replaceAll(/"@(payload\d+)@"/g, "$1"),
    schemas: `new Map([\n${checks.map(([pointer, index]) => `  [${JSON.stringify(pointer)}, check${index}],\n`).join("")}])`,
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
