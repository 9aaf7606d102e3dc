import { describe, expect, it } from "vitest";
import { adapterOf, Parser } from "../planted/parser.ts";
import type { ParserAdapter, PushAdapter, ShownEvent } from "../src/adapters/adapter.ts";
import { escapeCase } from "../src/case/escape.ts";
import { properties } from "../src/properties/table.ts";
import { assertParser } from "../src/run/assert.ts";
import { type CheckOptions, checkParser } from "../src/run/check.ts";
import type { PropertyResult } from "../src/run/check-result.ts";

const right = adapterOf("right", Parser);
const withoutCr = adapterOf(
  "without-cr",
  class extends Parser {
    override endsLine(character: string): boolean {
      return character === "\n";
    }
    override line(line: string): void {
      super.line(line.replace(/\r$/, ""));
    }
  },
);

async function resultOf(adapter: ParserAdapter, property: string, options: CheckOptions = {}): Promise<PropertyResult> {
  const { results } = await checkParser(adapter, { seed: 1, runs: 200, ...options, properties: [property] });
  const [result] = results;
  if (result === undefined || results.length !== 1) throw new Error(`${property} is not one property`);
  return result;
}

/** The right parser behind another kind of interface. */
const eventsOf = (chunks: readonly Uint8Array[]): ShownEvent[] => {
  const events: ShownEvent[] = [];
  const parser = new Parser({ event: (event) => events.push(event), retry: () => {} });
  for (const chunk of chunks) parser.push(chunk);
  return events;
};
async function* readOn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ShownEvent> {
  const waiting: ShownEvent[] = [];
  const parser = new Parser({ event: (event) => waiting.push(event), retry: () => {} });
  for await (const chunk of chunks) {
    parser.push(chunk);
    yield* waiting.splice(0);
  }
}

describe("a check", () => {
  it("judges every property, in the order of the table", async () => {
    const { results } = await checkParser(right, { seed: 1, runs: 5 });
    expect(results.map(({ property }) => property)).toEqual(properties.map(({ name }) => name));
  }, 30_000);

  it("returns findings and throws nothing", async () => {
    const { ok, results } = await checkParser(withoutCr, { seed: 1, runs: 200, properties: ["line-ends"] });
    expect(ok).toBe(false);
    expect(results.filter(({ verdict }) => verdict === "bug").map(({ property }) => property)).toEqual([
      "line-ends/cr",
      "line-ends/mixed",
      "line-ends/cr-cut",
      "line-ends/cr-at-end",
    ]);
  });

  it("says which parser and which seed it was", async () => {
    const { adapter, seed } = await checkParser(
      { ...right, version: "1.2.3" },
      { seed: 5, runs: 1, properties: ["bom"] },
    );
    expect({ adapter, seed }).toMatchObject({ adapter: { name: "right", version: "1.2.3" }, seed: 5 });
  });

  it("takes groups of properties by their name", async () => {
    const { results } = await checkParser(right, { runs: 1, properties: ["retry", "bom/first"] });
    expect(results.map(({ property }) => property)).toEqual([
      "bom/first",
      "retry/digits",
      "retry/zeros",
      "retry/invalid",
    ]);
  });

  it("refuses a property that it does not know, and lists those that it does", async () => {
    await expect(checkParser(right, { properties: ["bom/third"] })).rejects.toMatchObject({
      name: "FuzzError",
      code: "unknown-property",
      message: expect.stringMatching(/"bom\/third".*line-ends\/lf, .*bom\/second, /),
    });
  });

  it("tells of each result as it comes", async () => {
    const told: string[] = [];
    await checkParser(right, { runs: 1, properties: ["retry"], onResult: ({ property }) => told.push(property) });
    expect(told).toEqual(["retry/digits", "retry/zeros", "retry/invalid"]);
  });
});

describe("a counterexample", () => {
  it("is found again with seed and path, in one step", async () => {
    const first = (await resultOf(withoutCr, "line-ends/mixed")).counterexample;
    const tried: string[] = [];
    const again = await resultOf(withoutCr, "line-ends/mixed", {
      path: first?.path ?? "",
      onCase: (candidate) => tried.push(escapeCase(candidate)),
    });
    expect(again.counterexample?.case).toEqual(first?.case);
    expect(tried[0]).toBe(escapeCase(first?.case ?? { text: "", cuts: [] }));
  });

  it("keeps only the cut that matters", async () => {
    const forgetful = adapterOf(
      "forgetful",
      class extends Parser {
        override push(chunk: Uint8Array): void {
          this.afterCr = false;
          super.push(chunk);
        }
      },
    );
    const { counterexample } = await resultOf(forgetful, "line-ends/crlf-cut");
    expect(escapeCase(counterexample?.case ?? { text: "", cuts: [] })).toBe('"data:1\\r" "\\ndata:1\\r\\n\\r\\n"');
  });

  it("does not become one of another bug of the same parser", async () => {
    // Wrong about CRLF that a chunk cuts, and about CR: only the first is what this property is about.
    const twice = adapterOf(
      "twice",
      class extends Parser {
        override push(chunk: Uint8Array): void {
          this.afterCr = false;
          super.push(chunk);
        }
        override endsLine(character: string): boolean {
          return character === "\n" || character === "\r";
        }
        override dataField(value: string): void {
          super.dataField(value.replace("\ufeff", ""));
        }
      },
    );
    const { counterexample } = await resultOf(twice, "line-ends/crlf-cut");
    expect(counterexample?.case.text).toMatch(/^(?:data: ?[1-9]+\r\n|\r\n)*$/);
  });

  it("uses a missing space only for parsers that read fields without one", async () => {
    const strict = adapterOf(
      "strict",
      class extends Parser {
        override value(afterColon: string): string {
          return afterColon.startsWith(" ") ? afterColon.slice(1) : "";
        }
        override endsLine(character: string): boolean {
          return character === "\n";
        }
      },
    );
    expect((await resultOf(strict, "line-ends/crlf")).counterexample?.case.text).toBe("data: 1\r\n\r\n");
  });
});

describe("interfaces", () => {
  const batch: ParserAdapter = { name: "batch", shows: { id: "last" }, parse: eventsOf };
  const later: ParserAdapter = { name: "later", shows: { id: "last" }, parse: async (chunks) => eventsOf(chunks) };
  const stream: ParserAdapter = { name: "stream", shows: { id: "last" }, read: readOn };
  const iterable: ParserAdapter = {
    name: "iterable",
    shows: { id: "last" },
    parse: (chunks) =>
      readOn(
        (async function* () {
          yield* chunks;
        })(),
      ),
  };
  const promising: PushAdapter = {
    name: "promising",
    shows: { id: "last" },
    open(sink) {
      const parser = new Parser(sink);
      return { push: async (chunk) => parser.push(chunk), end: () => {} };
    },
  };

  it.each([batch, later, stream, iterable, promising].map((adapter) => [adapter.name, adapter] as const))(
    "%s: a right parser passes what it can show",
    async (_, adapter) => {
      const { results } = await checkParser(adapter, { seed: 1, runs: 40 });
      expect(results.filter(({ verdict }) => verdict === "bug")).toEqual([]);
    },
    60_000,
  );

  it("sees when a stream parser shows an event", async () => {
    expect((await resultOf(stream, "delivery/lf", { runs: 30 })).verdict).toBe("pass");
    const late: ParserAdapter = {
      name: "late",
      async *read(chunks) {
        let held: ShownEvent | undefined;
        for await (const event of readOn(chunks)) {
          if (held !== undefined) yield held;
          held = event;
        }
        if (held !== undefined) yield held;
      },
    };
    expect((await resultOf(late, "delivery/lf", { runs: 30 })).verdict).toBe("bug");
  });

  it("cannot see when a batch parser would have shown it", async () => {
    expect(await resultOf(batch, "delivery/lf")).toMatchObject({
      verdict: "not-observable",
      reason: "the API answers only when the stream has ended",
    });
  });
});

describe("what an API does not show", () => {
  it.each([
    ["event/type", { type: false }],
    ["id/set", { id: false }],
    ["id/persist", { id: "own" }],
    ["id/reset", { id: "own-or-empty" }],
    ["retry/digits", { retry: false }],
  ] as const)("%s is not observable", async (property, shows) => {
    expect((await resultOf({ ...right, shows }, property)).verdict).toBe("not-observable");
  });

  it("is not held against it: types and ids are compared only where they are shown", async () => {
    const dataOnly: ParserAdapter = {
      ...right,
      shows: { type: false, id: false },
      open: (sink) => new Parser({ ...sink, event: ({ data }) => sink.event({ data }), retry: () => {} }),
    };
    expect((await resultOf(dataOnly, "chunks/fields")).verdict).toBe("pass");
  });

  it("compares JSON as JSON, and leaves out what is none", async () => {
    const json: ParserAdapter = {
      name: "json",
      shows: { data: "json", id: "last" },
      parse: (chunks) => eventsOf(chunks).map((event) => ({ ...event, data: JSON.stringify(JSON.parse(event.data)) })),
    };
    expect((await resultOf(json, "line-ends/crlf")).verdict).toBe("pass");
    expect(await resultOf(json, "text/null")).toMatchObject({
      verdict: "not-observable",
      reason: "the API shows data as parsed JSON only",
    });
    expect(await resultOf(json, "data/multi-line")).toMatchObject({
      verdict: "not-observable",
      reason: "no case of it comes through this API",
    });
  });
});

describe("declared deviations", () => {
  const deviations = [{ property: "line-ends/cr", reason: "lone CR is not used by any server we know" }];

  it("are shown as such, with reason and counterexample", async () => {
    const { ok, results } = await checkParser({ ...withoutCr, deviations }, { seed: 1, properties: ["line-ends/cr"] });
    expect(ok).toBe(true);
    expect(results[0]).toMatchObject({ verdict: "declared", reason: deviations[0]?.reason });
    expect(results[0]?.counterexample?.case.text).toBe("data:1\r\r:");
  });

  it("say so when there is no need for them", async () => {
    expect(await resultOf({ ...right, deviations }, "line-ends/cr")).toMatchObject({
      verdict: "pass",
      reason: expect.stringContaining("declared as a deviation, but passes"),
    });
  });

  it("are not found again by the mixed properties, which still find what is new", async () => {
    const names = ["line-ends", "mixed"];
    const known = await checkParser(withoutCr, { seed: 1, properties: names });
    expect(known.results.filter(({ property }) => property.startsWith("mixed")).map(({ verdict }) => verdict)).toEqual([
      "pass",
      "pass",
    ]);
    const alsoTrims: PushAdapter = {
      ...withoutCr,
      open: (sink) =>
        withoutCr.open({
          ...sink,
          event: (event) => sink.event({ ...event, data: event.data.trim() }),
          retry: () => {},
        }),
    };
    const { results } = await checkParser(alsoTrims, { seed: 1, properties: names });
    const mixed = results.find(({ property }) => property === "mixed/blocks");
    expect(mixed?.verdict).toBe("bug");
    expect(mixed?.counterexample?.case.text).not.toContain("\r");
  });
});

describe("parsers that misbehave", () => {
  it.each<readonly [string, ParserAdapter, string]>([
    [
      "throws",
      {
        name: "throws",
        open: () => {
          throw new TypeError("no such thing");
        },
      },
      "the parser threw",
    ],
    ["rejects", { name: "rejects", parse: () => Promise.reject(new Error("no")) }, "the parser threw"],
    ["hangs", { name: "hangs", parse: () => new Promise(() => {}) }, "the parser did not come to an end"],
    [
      "answers late",
      {
        name: "late",
        open: (sink) => ({
          push: async () => {},
          end: () => {
            setImmediate(() => sink.event({ data: "1" }));
          },
        }),
      },
      "the parser answered after its end",
    ],
  ])("%s: is a finding", async (_, adapter, message) => {
    const { verdict, counterexample } = await resultOf(adapter, "stream/empty", { runs: 3, timeLimitMs: 20 });
    expect(verdict).toBe("bug");
    expect(counterexample?.mismatch.message).toBe(message);
  });

  it("shows what the error said", async () => {
    const adapter: ParserAdapter = {
      name: "throws",
      open: () => {
        throw new TypeError("no such thing");
      },
    };
    expect((await resultOf(adapter, "line-ends/lf")).counterexample?.mismatch.actual).toEqual([
      "TypeError: no such thing",
    ]);
  });
});

describe("assertParser", () => {
  it("returns the result of a right parser", async () => {
    expect((await assertParser(right, { seed: 1, runs: 20, properties: ["bom", "id"] })).ok).toBe(true);
  });

  it("throws what a maintainer needs: case, both sides, sentence, and how to see it again", async () => {
    const thrown = await assertParser(
      { ...withoutCr, version: "3.1.0" },
      { seed: 1, properties: ["line-ends/cr"] },
    ).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: "FuzzError", code: "counterexample" });
    const text = String(thrown);
    expect(text).toContain("without-cr 3.1.0 breaks line-ends/cr: a lone CR ends a line");
    expect(text).toContain('"data:1\\r\\r:"   (9 bytes in 1 chunk)');
    expect(text).toMatch(/expected +actual\n +message "1" +≠ +–/);
    expect(text).toContain("HTML 9.2.6: “The stream must then be parsed by reading everything line by line");
    expect(text).toMatch(/checkParser\(adapter, \{ properties: \["line-ends\/cr"\], seed: 1, path: "[\d:]+" \}\)/);
  });
});
