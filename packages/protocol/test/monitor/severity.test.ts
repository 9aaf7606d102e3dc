import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Protocol } from "../../src/index.ts";
import { answer, text, tool } from "./pokee-stream.ts";
import { check, pokee, type Sent, withRules } from "./streams.ts";
import { renumbered, upload, uploaded } from "./upload.ts";

type Edit = readonly [what: "drop" | "copy" | "insert" | "swap", at: number, stray: number];

function edit(events: readonly Sent[], strays: readonly Sent[], [what, position, pick]: Edit): readonly Sent[] {
  const at = position % events.length;
  const [event, next, stray] = [events[at], events[at + 1], strays[pick % strays.length]];
  if (event === undefined || stray === undefined) return events;
  if (what === "drop") return events.toSpliced(at, 1);
  if (what === "copy") return events.toSpliced(at, 0, event);
  if (what === "insert") return events.toSpliced(at, 0, stray);
  return next === undefined ? events : events.toSpliced(at, 2, next, event);
}

const anEdit: fc.Arbitrary<Edit> = fc.tuple(fc.constantFrom("drop", "copy", "insert", "swap"), fc.nat(99), fc.nat(99));

/** Errors but those of one rule; an end that comes too early is an error only where there is no other. */
function errors(protocol: Protocol, events: readonly Sent[], except = ""): readonly string[] {
  const { findings } = check(protocol, events);
  const judged = findings.filter(({ rule, severity }) => severity === "error" && rule !== "stream/truncated");
  return judged.map(({ rule }) => rule).filter((rule) => rule !== except);
}

const PROTOCOLS = [
  [
    "pokee",
    pokee,
    answer,
    [text.start, text.delta(), tool.stop, tool.result("a"), tool.start("z"), { data: "{}" }],
    (e: readonly Sent[]) => e,
  ],
  ["upload", upload, uploaded, uploaded, renumbered],
] as const;

describe.each(PROTOCOLS)("%s: a severity changes nothing else", (_, protocol, valid, strays, recount) => {
  const rules = protocol.rules.filter(({ id, severity }) => severity === "error" && !id.startsWith("sse/"));
  const turnedDown = new Map(
    rules.flatMap(({ id }) =>
      (["warning", "off"] as const).map((to) => [`${id} ${to}`, withRules(protocol, { [id]: to })]),
    ),
  );

  test("a rule turned down leaves no fewer other errors, on streams with two faults", () => {
    fc.assert(
      fc.property(anEdit, anEdit, (first, second) => {
        const events = recount(edit(edit(valid, strays, first), strays, second));
        const found = errors(protocol, events);
        // With more, some are consequences, and which of them show depends on the one that came first.
        fc.pre(found.length === 2);
        for (const rule of new Set(found)) {
          for (const severity of ["warning", "off"]) {
            const lax = turnedDown.get(`${rule} ${severity}`);
            if (lax === undefined) throw new Error(`${rule} is a rule`);
            expect(errors(lax, events, rule).length).toBeGreaterThanOrEqual(errors(protocol, events, rule).length);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test("a rule that is off gives no finding, a warning gives no error", () => {
    for (const { id } of rules) {
      for (const [at] of valid.entries()) {
        const events = valid.toSpliced(at, 1);
        const off = turnedDown.get(`${id} off`);
        const warning = turnedDown.get(`${id} warning`);
        if (off === undefined || warning === undefined) throw new Error(`${id} is a rule`);
        expect(check(off, events).findings.map(({ rule }) => rule)).not.toContain(id);
        for (const finding of check(warning, events).findings) {
          if (finding.rule === id) expect(finding.severity).toBe("warning");
        }
      }
    }
  });
});
