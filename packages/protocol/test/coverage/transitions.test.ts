import { expect, it } from "vitest";
import { createCoverage, type Protocol } from "../../src/index.ts";
import { define, ev, pokee } from "../monitor/streams.ts";
import { all, counts, measure, seen } from "./measure.ts";

const upload = define("open part last done fail file.open file.data file.end", {
  upload: { open: "open", inner: [{ part: "some" }, { last: "optional" }], close: "done", abort: "fail" },
  file: { in: "upload", key: "/f", open: "file.open", inner: { "file.data": "any" }, close: "file.end" },
});

function possible(protocol: Protocol, scope: string): readonly string[] {
  return all(createCoverage(protocol).report(), "transitions").filter((id) => id.startsWith(`${scope}: `));
}

it("counts as possible what the steps of a scope allow, and nothing else", () => {
  expect(possible(upload, "upload")).toEqual([
    "upload: closed → open",
    "upload: open → part",
    "upload: open → fail (aborts)",
    "upload: part → part",
    "upload: part → last",
    "upload: part → done (closes)",
    "upload: part → fail (aborts)",
    "upload: last → done (closes)",
    "upload: last → fail (aborts)",
  ]);
});

it("does not ask for what another scope forbids: Pokee executes a tool once, though its call alone would allow more", () => {
  expect(possible(pokee, "tool_call")).toEqual([
    "tool_call: closed → tool_use.start",
    "tool_call: tool_use.start → tool_use.executing",
    "tool_call: tool_use.executing → tool_result (closes)",
  ]);
});

it("does not ask for what no complete stream has: nothing gets out of a dead end", () => {
  const trap = define(
    "open in out trapped",
    {
      all: { open: "open", close: "out" },
      trap: { in: "all", open: "in", inner: { trapped: "any" }, close: "never" },
    },
    { events: { never: {} } },
  );
  expect(possible(trap, "trap")).toContain("trap: closed → in");
  const noWay = define(
    "open in out",
    {
      all: { open: "open", inner: [{ in: "optional" }, { need: "once" }], close: "out", abort: "in" },
    },
    { events: { need: {} } },
  );
  expect(possible(noWay, "all")).toContain("all: open → need");
  expect(possible(noWay, "all")).not.toContain("all: open → out (closes)");
});

it("looks at each instance by itself, however their events are mixed", () => {
  const file = (f: string, ...names: string[]) => names.map((name) => ev(`file.${name}`, { f }));
  const [a, b] = [file("a", "open", "data", "end"), file("b", "open", "data", "end")];
  const mixed = a.flatMap((event, index) => [event, b[index] ?? event]);
  const around = (inner: readonly ReturnType<typeof ev>[]) => [ev("open"), ...inner, ev("part"), ev("done")];
  const report = measure(upload, [around(mixed)]);
  expect(report.groups.transitions).toEqual(measure(upload, [around([...a, ...b])]).groups.transitions);
  expect(counts(report, "transitions")).toEqual({
    "upload: closed → open": 1,
    "upload: open → part": 1,
    "upload: part → done (closes)": 1,
    "file: closed → file.open": 2,
    "file: file.open → file.data": 2,
    "file: file.data → file.end (closes)": 2,
  });
});

it("tells an implicit opening from going on, and the end with the parent", () => {
  const calls = define("open call done", {
    all: { open: "open", close: "done" },
    call: { in: "all", key: "/id", open: "call", inner: { call: "any" } },
  });
  const call = (id: number) => ev("call", { id });
  const report = measure(calls, [[ev("open"), call(1), call(2), call(1), ev("done")]]);
  expect(counts(report, "transitions")).toMatchObject({
    "call: closed → call": 2,
    "call: call → call": 1,
    "call: call → end of the all": 2,
  });
  expect(all(report, "transitions")).toEqual(seen(report, "transitions"));
});

it("follows parts, kinds by subtype, and a stream that nothing closes", () => {
  const chunks = define(
    "chunk choice",
    {
      all: { open: "chunk", inner: { chunk: "any" } },
      choice: {
        in: "all",
        key: "/i",
        open: "choice",
        inner: { choice: "any" },
        close: "choice[*]",
        abort: "choice[cut]",
      },
    },
    { events: { chunk: { parts: { choice: "/choices" } }, choice: { subtype: "/why" } } },
  );
  const chunk = (...choices: object[]) => ev("chunk", { choices });
  const report = measure(chunks, [
    [chunk({ i: 0 }, { i: 1 }), chunk({ i: 1, why: "stop" }), chunk({ i: 0, why: "cut" })],
  ]);
  expect(counts(report, "transitions")).toEqual({
    "all: closed → chunk": 1,
    "all: chunk → chunk": 2,
    "all: chunk → end of the stream": 1,
    "choice: closed → choice": 2,
    "choice: choice → choice": 2,
    "choice: choice → choice[*] (closes)": 1,
    "choice: choice → choice[cut] (aborts)": 1,
  });
  expect(counts(report, "events")).toEqual({ chunk: 3, choice: 4, "choice[*]": 2, "choice[cut]": 1 });
});
