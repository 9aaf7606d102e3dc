import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { readText } from "../../src/definition/read.ts";

const schema: object = JSON.parse(
  readFileSync(new URL("../../../../schemas/protocol.schema.json", import.meta.url), "utf8"),
);

/** A file in which every key of the language stands, in every form that it has. */
const EVERY_FORM = {
  $schema: "protocol.schema.json",
  protocol: "every-form",
  version: "1.2",
  source: "this test",
  type: ["event", "/type", { has: "/error", is: "error" }, { is: "chunk" }],
  name: "same",
  events: {
    start: { schema: true },
    chunk: { schema: "chunk.json", subtype: "/kind", parts: { choice: "/choices" } },
    "chunk[last]": { schema: { required: ["usage"] } },
    choice: {},
    "tool.*": {},
    error: {},
    done: { literal: "[DONE]" },
    bye: {},
  },
  scopes: {
    response: {
      open: "start",
      inner: { "*": "any" },
      close: ["done", "bye"],
      abort: "error",
      after: "bye",
      reuse: false,
    },
    choice: {
      in: "response",
      key: ["/index", { choice: "/id" }],
      exclusive: true,
      open: ["choice"],
      opening: { required: ["role"] },
      inner: [
        { "chunk[*]": "any", choice: "once" },
        { "tool.*": "some", start: "optional" },
      ],
      mustClose: ["choice"],
      constant: { id: { "chunk[last]": "/id", "tool.*": "/call/id" } },
      counters: { sequence: { of: { "*": "/n" }, from: 0, step: 2 }, size: { of: "/size", step: "up" } },
      joined: {
        text: { of: { "chunk[*]": "/text" }, at: { choice: "/text" }, match: "equal" },
        start: { of: "/text", at: "/whole", match: "prefix" },
        input: { of: "/input", at: "close", match: "parses" },
        same: { of: "/input", at: { choice: "/input" }, match: "json" },
      },
      close: "chunk",
    },
    call: {
      in: "choice",
      key: "/call",
      numbered: { from: 1, step: 1 },
      reuse: false,
      open: "tool.start",
      kinds: {
        local: {
          open: "tool.local",
          opening: false,
          inner: { "tool.step": "any" },
          close: "tool.end",
          abort: ["error"],
          mustClose: false,
          constant: {},
          counters: {},
          joined: {},
        },
      },
    },
  },
  rules: { "sse/id": "off", "call/reopened": { severity: "warning", source: "should" } },
  variants: { short: { scopes: { call: null } } },
};

test("every form of the language is taken", async () => {
  const { file } = await readText(JSON.stringify(EVERY_FORM), { readSchema: () => ({ type: "object" }) });
  expect(file.events["chunk"]?.schema).toEqual({ type: "object" });
  const short = await readText(JSON.stringify(EVERY_FORM), { readSchema: () => ({}), variant: "short" });
  expect(Object.keys(short.file.scopes)).toEqual(["response", "choice"]);
});

test("every key of the language stands in that file", () => {
  const used = new Set([...keysOf(EVERY_FORM), "extends"]);
  expect([...propertyNames(schema)].filter((name) => !used.has(name))).toEqual([]);
});

test("the schema is one, and editors find words for every key", () => {
  expect(new Ajv2020({ strict: false }).validateSchema(schema)).toBe(true);
  expect([...undescribed(schema)]).toEqual([]);
});

test("words with code in them are there as Markdown too, and choices have words of their own", () => {
  const parts = [...subschemas(schema)];
  const plain = parts.filter(
    ({ description = "", markdownDescription }) => description.includes("`") && markdownDescription !== description,
  );
  expect(plain).toEqual([]);
  const choices = parts.filter((part) => part.enum !== undefined);
  expect(choices.length).toBeGreaterThan(4);
  expect(choices.filter(({ enum: values, enumDescriptions }) => enumDescriptions?.length !== values?.length)).toEqual(
    [],
  );
});

test("every example and default is what its schema allows", () => {
  const ajv = new Ajv2020({ strict: false }).addSchema(schema, "protocol");
  for (const [pointer, { examples = [], default: usual }] of pointed(schema, "")) {
    for (const value of usual === undefined ? examples : [...examples, usual]) {
      const validate = ajv.getSchema(`protocol#${pointer}`);
      expect({ pointer, value, valid: validate?.(value) }).toEqual({ pointer, value, valid: true });
    }
  }
});

test("the package ships the schema under the name that the guide gives", async () => {
  const manifest: { files: string[]; publishConfig: { exports: Record<string, unknown> } } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  expect(manifest.files).toContain("protocol.schema.json");
  expect(manifest.publishConfig.exports["./protocol.schema.json"]).toBe("./protocol.schema.json");
});

function* keysOf(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield key;
    yield* keysOf(inner);
  }
}

/** Every property that any part of the schema declares. */
function* propertyNames(part: unknown): Generator<string> {
  for (const [name] of properties(part)) yield name;
}

/** Properties without words of their own or of what they refer to. */
function* undescribed(part: unknown): Generator<string> {
  for (const [name, property] of properties(part)) {
    const referred = property.$ref === undefined ? undefined : definitions[property.$ref.replace("#/$defs/", "")];
    if ((property.description ?? referred?.description) === undefined) yield name;
    if ((property.title ?? referred?.title) === undefined) yield `${name} (title)`;
  }
}

interface Part {
  readonly title?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly $ref?: string;
}

const { $defs: definitions }: { readonly $defs: Readonly<Record<string, Part>> } = JSON.parse(JSON.stringify(schema));

/** Values of these are data, not schemas. */
const DATA = new Set(["examples", "default", "enum", "enumDescriptions", "defaultSnippets", "required"]);

function* subschemas(part: unknown): Generator<Part> {
  for (const [, inner] of pointed(part, "")) yield inner;
}

function* pointed(part: unknown, pointer: string): Generator<[pointer: string, part: Part]> {
  if (typeof part !== "object" || part === null) return;
  yield [pointer, part];
  for (const [keyword, inner] of Object.entries(part)) {
    if (!DATA.has(keyword)) yield* pointed(inner, `${pointer}/${keyword}`);
  }
}

function* properties(part: unknown): Generator<[name: string, property: Part]> {
  for (const [pointer, inner] of pointed(part, ""))
    if (pointer.endsWith("/properties")) yield* Object.entries<Part>(JSON.parse(JSON.stringify(inner)));
}
