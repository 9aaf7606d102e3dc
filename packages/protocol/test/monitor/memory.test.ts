import { describe, expect, test } from "vitest";
import { createStreamCheck } from "../../src/index.ts";
import { check, define, ev, type Sent } from "./streams.ts";

const calls = define("begin end open go close", {
  stream: { open: "begin", close: "end" },
  call: { in: "stream", key: "/id", reuse: false, open: "open", inner: { go: "any" }, close: "close" },
});
const [begin, end] = [ev("begin"), ev("end")];
const at = (type: string, id: number): Sent => ev(type, { id });
const rules = (findings: readonly { rule: string; severity: string }[]): readonly string[] =>
  findings.map(({ rule, severity }) => `${severity} ${rule}`);

describe("closed keys", () => {
  const all = [1, 2, 3, 4, 5].flatMap((id) => [at("open", id), at("close", id)]);

  test("are forgotten beyond a bound, oldest first, and it is said once", () => {
    const result = check(calls, [begin, ...all, at("open", 1), at("close", 1), at("open", 5), end], {
      maxClosedKeys: 2,
    });
    expect(rules(result.findings)).toEqual(["warning stream/forgotten", "error call/reopened"]);
    expect(result.findings[0]?.message).toBe(
      "More than 2 closed keys to remember, the latest of a call. The oldest are forgotten, and their reuse is not found.",
    );
  });

  test("a long key counts for several", () => {
    const long = ["a", "b"].map((id) => id.repeat(64 * 50));
    const events = long.flatMap((id) => [ev("open", { id }), ev("close", { id })]);
    expect(rules(check(calls, [begin, ...events, end], { maxClosedKeys: 60 }).findings)).toEqual([
      "warning stream/forgotten",
    ]);
    expect(check(calls, [begin, ...events, end], { maxClosedKeys: 110 }).findings).toEqual([]);
  });

  test("below the bound nothing is said", () => {
    expect(check(calls, [begin, ...all, end], { maxClosedKeys: 5 }).findings).toEqual([]);
  });
});

describe("open instances", () => {
  test("are forgotten beyond a bound, and what would belong to them is not judged", () => {
    const open = [1, 2, 3, 4].map((id) => at("open", id));
    const result = check(calls, [begin, ...open, at("go", 1), at("close", 1), at("close", 4), at("close", 3), end], {
      maxOpen: 3,
    });
    expect(rules(result.findings)).toEqual(["warning stream/forgotten"]);
    expect(result.heldBack).toBeGreaterThan(0);
  });

  test("that are closed make room again", () => {
    const all = Array.from({ length: 50 }, (_, id) => [at("open", id), at("close", id)]).flat();
    expect(check(calls, [begin, ...all, end], { maxOpen: 3 }).findings).toEqual([]);
  });

  test("200,000 open ids are watched, the latest 50,000 of them remembered", () => {
    const chunk = (from: number): Uint8Array => {
      let text = "";
      for (let id = from; id < from + 1_000; id += 1) text += `data: {"t":"open","id":${id}}\n\n`;
      return new TextEncoder().encode(text);
    };
    const findings: string[] = [];
    const stream = streamOf(findings);
    stream.push(new TextEncoder().encode('data: {"t":"begin"}\n\n'));
    for (let from = 0; from < 200_000; from += 1_000) stream.push(chunk(from));
    expect(findings).toEqual(["stream/forgotten"]);
  });
});

function streamOf(findings: string[]): ReturnType<typeof createStreamCheck> {
  return createStreamCheck({ protocol: calls, onFinding: ({ rule }) => findings.push(rule) });
}
