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

/** Properties without a title or a description, of their own or of what they refer to. */
function* undescribed(part: unknown): Generator<string> {
  for (const [name, property] of properties(part)) {
    const { title, description, $ref } = property;
    if (title === undefined && description === undefined && $ref === undefined) yield name;
  }
}

interface Property {
  readonly title?: string;
  readonly description?: string;
  readonly $ref?: string;
}

function* properties(part: unknown): Generator<[name: string, property: Property]> {
  if (typeof part !== "object" || part === null) return;
  for (const [keyword, inner] of Object.entries(part)) {
    if (keyword === "properties") yield* Object.entries<Property>(inner);
    yield* properties(inner);
  }
}
