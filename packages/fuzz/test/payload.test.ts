import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamAdapter } from "../src/adapters/adapter.ts";
import { isPayload, withPayloads } from "../src/adapters/payload.ts";
import { escapeCase } from "../src/case/escape.ts";
import { bodyOf, readEach } from "../src/parsers/web-streams.ts";
import { checkParser } from "../src/run/check.ts";

const payload = (digits: string): string => `{"n":"${digits}"}`;

describe("a case for an API that takes objects of one kind", () => {
  it("has them in place of numbers, at the same places of the stream", () => {
    expect(withPayloads({ text: "data: 12\r\n\rdata:3", cuts: [] }, payload).text).toBe(
      'data: {"n":"12"}\r\n\rdata:{"n":"3"}',
    );
  });

  it("keeps what is no number by itself, and what has payloads already", () => {
    const text = "id: 12\ndata: 1 2\ndata:  1\ndata\ndata: a1\n\n";
    expect(withPayloads({ text, cuts: [] }, payload).text).toBe(text);
    const once = withPayloads({ text: "data: 12\n\n", cuts: [7] }, payload);
    expect(withPayloads(once, payload)).toEqual(once);
  });

  it("is cut before and behind them where it was, and inside where it was inside", () => {
    const cuts = [0, 5, 6, 7, 8, 9, 10, 16, 17, 18];
    const { text, cuts: moved } = withPayloads({ text: "data: 12\n\ndata: 3\n\n", cuts }, payload);
    const behind = moved.map((cut) => text.slice(cut, cut + 2));
    expect(behind).toEqual(["da", " {", '{"', '"n', "\n\n", "\nd", "da", '{"', "\n\n", "\n"]);
  });

  it("has cuts in order and inside the stream, whatever it was", () => {
    const lines = fc.array(fc.constantFrom("data: 12", "data:3", "\n", "\r\n", ":", "id: 4"), { maxLength: 12 });
    const cases = lines.chain((all) =>
      fc.record({
        text: fc.constant(all.join("")),
        cuts: fc
          .array(fc.nat({ max: all.join("").length }), { maxLength: 6 })
          .map((cuts) => cuts.toSorted((a, b) => a - b)),
      }),
    );
    fc.assert(
      fc.property(cases, (candidate) => {
        const { text, cuts } = withPayloads(candidate, payload);
        expect(cuts).toEqual(cuts.toSorted((a, b) => a - b));
        expect(cuts.every((cut) => cut <= text.length)).toBe(true);
        expect(cuts).toHaveLength(candidate.cuts.length);
      }),
    );
  });

  it("tells payloads from other data", () => {
    expect(isPayload('{"n":"12"}', payload)).toBe(true);
    for (const data of ["12", "", '{"n":"12"}\n{"n":"3"}', '{"n": "12"}', '{"m":"12"}']) {
      expect(isPayload(data, payload)).toBe(false);
    }
  });
});

describe("a parser behind such an API", () => {
  // Reads by the LF, and takes what follows `data:`.
  const reading: StreamAdapter = {
    name: "objects",
    shows: { type: false, id: false, data: "json" },
    payload,
    hides: (type) => type !== "message",
    read: readEach(
      async function* (chunks) {
        const text = await new Response(bodyOf(chunks)).text();
        for (const block of text.split("\n\n").slice(0, -1)) {
          const data = /^data: ?(.*)$/m.exec(block)?.[1];
          if (data === undefined || /^event/m.test(block)) continue;
          const { n }: { n: string } = JSON.parse(data);
          yield n;
        }
      },
      (n) => ({ data: payload(n) }),
    ),
  };

  it("is judged by the objects, and a counterexample has them", async () => {
    const { results } = await checkParser(reading, {
      seed: 1,
      runs: 30,
      properties: ["line-ends/lf", "line-ends/crlf"],
    });
    expect(results.map(({ verdict }) => verdict)).toEqual(["pass", "bug"]);
    const found = results[1]?.counterexample;
    expect(found && escapeCase(found.case)).toContain('data:{\\"n\\":\\"');
    expect(found?.mismatch.message).toContain("is missing");
  });

  it("is not accused of keeping events of other types to itself", async () => {
    const { results } = await checkParser(reading, { seed: 1, runs: 30, properties: ["data/no-data-type"] });
    expect(results[0]?.verdict).toBe("pass");
  });
});
