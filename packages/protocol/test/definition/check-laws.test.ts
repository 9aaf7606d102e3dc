import fc from "fast-check";
import { expect, test } from "vitest";
import { checkDefinition, ProtocolError, parseProtocol } from "../../src/index.ts";
import { ferry } from "./ferry.ts";

const whole: unknown = JSON.parse(ferry());

/** What somebody might put in the place of something else. */
const things = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    "",
    "any",
    "once",
    "job",
    "job.done",
    "segment.*",
    "*",
    "job.done[x]",
    "/id",
    "/index",
    [],
    {},
  ),
  fc.constantFrom<unknown>(
    { "segment.text": "some" },
    ["job.done", "job.failed"],
    { $ref: "#" },
    { "lookup.asked": "/id" },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

interface Edit {
  readonly at: number;
  readonly how: "replace" | "remove" | "rename" | "add";
  readonly thing: unknown;
}

const edits: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(400),
  how: fc.constantFrom<Edit["how"]>("replace", "remove", "rename", "add"),
  thing: things,
});

/** The file with some of its places changed. */
function edited(changes: readonly Edit[]): string {
  const copy: unknown = structuredClone(whole);
  for (const { at, how, thing } of changes) {
    const places = [...placesIn(copy)];
    const [object, key] = places[at % places.length] ?? [{}, ""];
    const value: unknown = Reflect.get(object, key);
    if (how === "replace") Reflect.set(object, key, thing);
    else if (how === "add") Reflect.set(object, typeof thing === "string" && thing !== "" ? thing : "more", {});
    else {
      Reflect.deleteProperty(object, key);
      if (how === "rename") Reflect.set(object, `${key}x`, value);
    }
  }
  return JSON.stringify(copy, null, 1);
}

function* placesIn(value: unknown): Generator<[object: object, key: string]> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield [value, key];
    yield* placesIn(inner);
  }
}

async function refusalOf(text: string): Promise<unknown> {
  return parseProtocol(text).then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("check finds an error exactly where loading refuses, and never fails itself", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edits, { minLength: 1, maxLength: 3 }), async (changes) => {
      const text = edited(changes);
      const refusal = await refusalOf(text);
      const { findings, protocol } = await checkDefinition(text);
      const errors = findings.filter(({ severity }) => severity === "error");
      expect({ text, refused: refusal !== undefined }).toEqual({ text, refused: errors.length > 0 });
      expect(protocol === undefined).toBe(errors.length > 0);
      if (refusal === undefined) return;
      expect(refusal).toBeInstanceOf(ProtocolError);
      const lines = text.split("\n");
      for (const { line = 0, column = 0 } of findings)
        expect(lines[line - 1]?.length ?? -1).toBeGreaterThanOrEqual(column - 1);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("one change is at most a few errors", async () => {
  await fc.assert(
    fc.asyncProperty(edits, async (change) => {
      const { findings } = await checkDefinition(edited([change]));
      expect(findings.filter(({ severity }) => severity === "error").length).toBeLessThan(12);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("text that was cut or garbled is JSON or is refused as such", async () => {
  const text = ferry();
  await fc.assert(
    fc.asyncProperty(
      fc.nat(text.length - 1),
      fc.constantFrom("", ",", "}", '"', "\\", "/", "\n", "[", "x"),
      async (at, put) => {
        const garbled = text.slice(0, at) + put + text.slice(at + 1);
        const refusal = await refusalOf(garbled);
        if (refusal === undefined) return;
        expect(refusal).toBeInstanceOf(ProtocolError);
        expect(refusal).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
