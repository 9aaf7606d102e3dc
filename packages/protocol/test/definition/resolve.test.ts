import { expect, test } from "vitest";
import { mergePatch } from "../../src/definition/json.ts";
import { readText, readValue } from "../../src/definition/read.ts";
import { callWith, refusal, valueRefusal } from "./small-protocol.ts";

const SCHEMA = { type: "object", required: ["who"] };
const byPath = callWith('"hush": {}', '"hush": { "schema": "events/hush.json" }');

test("a schema by path is read by the host and stands in its place", async () => {
  const read: string[] = [];
  const readSchema = (path: string): unknown => {
    read.push(path);
    return SCHEMA;
  };
  const { file } = await readText(byPath, { readSchema });
  expect(file.events["hush"]).toEqual({ schema: SCHEMA });
  expect(read).toEqual(["events/hush.json"]);
});

test("a host may take its time, and reads each path once", async () => {
  const twice = byPath.replace('"ring": {}', '"ring": { "schema": "events/hush.json" }');
  let reads = 0;
  const readSchema = (): Promise<unknown> => {
    reads += 1;
    return Promise.resolve(SCHEMA);
  };
  const { file } = await readText(twice, { readSchema });
  expect(reads).toBe(1);
  expect(file.events["ring"]?.schema).toBe(file.events["hush"]?.schema);
});

test("a path without a reader says which option is missing", async () => {
  const error = await refusal(byPath);
  expect(error).toMatchObject({ code: "unreadable", pointer: "/events/hush/schema", line: 8 });
  expect(error?.message).toContain("readSchema");
});

test("a file that cannot be read names itself and the cause", async () => {
  const cause = new Error("no such file");
  const error = await refusal(byPath, { readSchema: () => Promise.reject(cause) });
  expect(error?.message).toContain('cannot read "events/hush.json": no such file at /events/hush/schema');
  expect(error?.cause).toBe(cause);
});

test.each([['"a string"'], [12], [null], [[]]])("what a path holds must be a schema, not %j", async (found) => {
  const error = await refusal(byPath, { readSchema: () => found });
  expect(error).toMatchObject({ code: "bad-schema", pointer: "/events/hush/schema" });
});

const base: unknown = JSON.parse(
  byPath.replace('"rules"', '"variants": { "short": { "scopes": { "turn": null } } }, "rules"'),
);
const readers = { readProtocol: (): unknown => base, readSchema: (): unknown => SCHEMA };

test("extends starts from another file and merges into it", async () => {
  const derived = {
    extends: "base.json",
    protocol: "long-call",
    scopes: { turn: { key: null } },
    events: { whisper: {} },
  };
  const { file } = await readValue(derived, readers);
  expect(file.protocol).toBe("long-call");
  expect(file.version).toBe("1");
  expect(file.scopes["turn"]).toEqual({ in: "call", open: "say", close: "hush" });
  expect(Object.keys(file.events)).toEqual(["ring", "say", "hush", "hang_up", "whisper"]);
});

test("extends may start from a variant", async () => {
  const { file } = await readValue({ extends: "base.json#short" }, readers);
  expect(Object.keys(file.scopes)).toEqual(["call"]);
  expect(file.protocol).toBe("call+short");
});

test("paths in a base are relative to the base", async () => {
  const read: string[] = [];
  const readSchema = (path: string): unknown => {
    read.push(path);
    return SCHEMA;
  };
  await readValue({ extends: "vendor/base.json" }, { ...readers, readSchema });
  expect(read).toEqual(["vendor/events/hush.json"]);
});

test("a variant is applied by name, and named in the protocol", async () => {
  const { file } = await readValue(base, { ...readers, variant: "short" });
  expect(file.protocol).toBe("call+short");
  expect(file).not.toHaveProperty("variants");
  expect(file.scopes).not.toHaveProperty("turn");
});

test("a variant that is not there lists those that are, and the nearest", async () => {
  const error = await valueRefusal(base, { ...readers, variant: "shrt" });
  expect(error?.code).toBe("unknown-variant");
  expect(error?.message).toContain('call has no variant "shrt", only "short"');
  expect(error?.message).toContain('did you mean "short"?');
});

test("every variant is checked with its file, whether it is asked for or not", async () => {
  const text = callWith('"rules"', '"variants": {\n"odd": { "scopes": { "turn": { "in": "nowhere" } } } }, "rules"');
  const place = { pointer: "/variants/odd/scopes/turn/in", line: 16 };
  expect(await refusal(text)).toMatchObject({ code: "bad-definition", ...place });
  expect(await refusal(text, { variant: "odd" })).toMatchObject({ code: "bad-definition" });
});

test("a variant may take away a scope without its rules, but sets none that it does not have", async () => {
  const rules = callWith(
    '"event/unknown-type": "error" }',
    '"turn/unclosed": "off" }, "variants": { "mute": VARIANT }',
  );
  const mute = (variant: string): string => rules.replace("VARIANT", variant);
  expect(await refusal(mute('{ "scopes": { "turn": null } }'))).toBeUndefined();
  expect(await refusal(mute('{ "scopes": { "turn": null }, "rules": { "turn/unclosed": null } }'))).toBeUndefined();
  expect(await refusal(mute('{ "scopes": { "turn": null }, "rules": { "turn/not-open": "off" } }'))).toMatchObject({
    pointer: "/variants/mute/rules/turn~1not-open",
  });
});

test("a mistake in the file itself is told there, not in its variants", async () => {
  const text = callWith('"rules"', '"variants": { "odd": {} }, "rules"').replace('"in": "call"', '"in": "cal"');
  expect(await refusal(text)).toMatchObject({ pointer: "/scopes/turn/in" });
});

test("variants share the schemas that they name", async () => {
  const text = byPath.replace('"rules"', '"variants": { "a": {}, "b": { "source": "x" } }, "rules"');
  let reads = 0;
  const readSchema = (): Promise<unknown> => {
    reads += 1;
    return Promise.resolve(SCHEMA);
  };
  await readText(text, { readSchema });
  expect(reads).toBe(1);
});

test("a circle of files comes to an end", async () => {
  const error = await valueRefusal({ extends: "a.json" }, { readProtocol: () => ({ extends: "a.json" }) });
  expect(error?.message).toContain("extends itself");
});

// RFC 7396, appendix A.
const PATCHES: readonly [target: unknown, patch: unknown, result: unknown][] = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [
    ["a", "b"],
    ["c", "d"],
    ["c", "d"],
  ],
  [{ a: "b" }, ["c"], ["c"]],
  [{ a: "foo" }, null, null],
  [{ a: "foo" }, "bar", "bar"],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test.each(PATCHES)("merge patch: %j with %j is %j", (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result);
});
