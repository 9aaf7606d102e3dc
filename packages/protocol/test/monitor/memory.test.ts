import { describe, expect, test } from "vitest";
import { createStreamCheck } from "../../src/index.ts";
import { check, define, ev, line, pokee, type Sent } from "./streams.ts";

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
    const long = ["a", "b"].map((id) => id.repeat(256));
    const events = long.flatMap((id) => [ev("open", { id }), ev("close", { id })]);
    expect(rules(check(calls, [begin, ...events, end], { maxClosedKeys: 8 }).findings)).toEqual([
      "warning stream/forgotten",
    ]);
    expect(check(calls, [begin, ...events, end], { maxClosedKeys: 10 }).findings).toEqual([]);
  });

  test("of a very long key only a beginning is kept, and it is told apart all the same", () => {
    const [one, other] = ["a", "b"].map((last) => "x".repeat(1_000_000) + last);
    const opened = [
      ev("open", { id: one }),
      ev("close", { id: one }),
      ev("open", { id: other }),
      ev("close", { id: other }),
    ];
    expect(check(calls, [begin, ...opened, end], { maxClosedKeys: 20 }).findings).toEqual([]);
    expect(rules(check(calls, [begin, ...opened, ev("open", { id: one }), end]).findings)).toEqual([
      "error call/reopened",
    ]);
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

  test("that a long key needs the room of make room for it", () => {
    const keys = ["a", "b", "c", "x".repeat(200)].map((id) => ev("open", { id }));
    const closed = ["x".repeat(200), "a"].map((id) => ev("close", { id }));
    const result = check(calls, [begin, ...keys, ...closed, end], { maxOpen: 4 });
    // Three were forgotten: nothing is left open.
    expect(rules(result.findings)).toEqual(["warning stream/forgotten"]);
  });

  test("opened over and over under one key count once each", () => {
    const again = Array.from({ length: 100 }, () => at("open", 1));
    const others = [at("open", 2), at("open", 3), at("close", 2), at("close", 3)];
    const { findings } = check(calls, [begin, ...again, ...others, end], { maxOpen: 20 });
    expect(rules(findings)).not.toContain("warning stream/forgotten");
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

describe("texts that are kept to be compared", () => {
  const texts = define("begin end open part close", {
    stream: { open: "begin", close: "end", constant: { name: { "*": "/name" } } },
    text: {
      in: "stream",
      key: "/id",
      open: "open",
      inner: { part: "any" },
      close: "close",
      constant: { about: "/about" },
      joined: { text: { of: { part: "/part" }, at: "close", match: "parses" } },
    },
  });
  const part = (id: number, part: string): Sent => ev("part", { id, part });

  test("joined ones beyond the budget are not checked, and that is said at once", () => {
    const open = [ev("open", { id: 1 }), ev("open", { id: 2 })];
    const parts = [part(1, "[".repeat(60)), part(2, "[]"), part(1, "[".repeat(60))];
    const close = [ev("close", { id: 1 }), part(2, "]"), ev("close", { id: 2 }), end];
    const { findings } = check(texts, [begin, ...open, ...parts, ...close], { maxText: 100 });
    expect(findings.map(({ rule, event }) => `${rule}@${event?.number}`)).toEqual([
      "stream/forgotten@6",
      "text/text-not-json@9",
    ]);
    expect(findings[0]?.message).toBe("The text of this text is too long to keep, so it is not checked.");
    expect(rules(check(texts, [begin, ...open, ...parts, ...close], { maxText: 200 }).findings)).toEqual([
      "error text/text-not-json",
      "error text/text-not-json",
    ]);
  });

  test("so is what comes in a row of deltas of one shape", () => {
    const ids = { id: "t", name: "n" };
    const deltas = Array.from({ length: 300 }, () => line("tool_use.input_delta", { content: "1" }));
    const stream = [
      line("message.created", { id: "m", session_id: "s", status: "in_progress" }),
      line("tool_use.start", ids),
      ...deltas,
      line("tool_use.executing", { ...ids, input: 2 }),
      line("tool_use.stop"),
      line("tool_result", { id: "t", content: 1, is_error: false }),
      line("message.completed", { id: "m", status: "completed", usage: {} }),
    ];
    expect(rules(check(pokee, stream, { maxText: 200 }).findings)).toEqual(["warning stream/forgotten"]);
    expect(rules(check(pokee, stream, { maxText: 400 }).findings)).toEqual(["error tool_use/input-differs"]);
  });

  test("constants beyond it are not compared", () => {
    const about = (value: unknown): readonly Sent[] => [
      begin,
      ev("open", { id: 1, about: value }),
      ev("part", { id: 1, about: "other" }),
      ev("close", { id: 1 }),
      end,
    ];
    for (const value of ["x".repeat(101), ["x".repeat(101)]]) {
      expect(rules(check(texts, about(value), { maxText: 100 }).findings)).toEqual(["warning stream/forgotten"]);
    }
    expect(rules(check(texts, about("x".repeat(99)), { maxText: 100 }).findings)).toEqual(["error text/about-changed"]);
  });

  test("what is closed makes room", () => {
    const one = (id: number): readonly Sent[] => [
      ev("open", { id, about: "x".repeat(40) }),
      part(id, "[1".padEnd(40)),
      part(id, "]"),
      ev("close", { id }),
    ];
    const all = Array.from({ length: 50 }, (_, id) => one(id)).flat();
    expect(check(texts, [begin, ...all, end], { maxText: 100 }).findings).toEqual([]);
  });
});

function streamOf(findings: string[]): ReturnType<typeof createStreamCheck> {
  return createStreamCheck({ protocol: calls, onFinding: ({ rule }) => findings.push(rule) });
}
