import { createStreamCheck, type Protocol, type StreamResult } from "@ssert/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeSample } from "../../src/index.ts";
import { judge, shipped } from "./protocols.ts";
import { anyEvents, chunked, shares } from "./streams.ts";

type Finding = StreamResult["findings"][number];

interface Told {
  readonly finding: Finding;
  /** Events dispatched before the push that told it, and after; undefined: told at the end of input. */
  readonly during: readonly [before: number, after: number] | undefined;
}

/** Findings in the order in which they are told. */
function watch(protocol: Protocol, chunks: readonly Uint8Array[]): readonly Told[] {
  const told: Told[] = [];
  let fresh: Finding[] = [];
  let events = 0;
  const check = createStreamCheck({
    protocol,
    onFinding: (finding) => fresh.push(finding),
    onEvent: ({ number }) => {
      events = number;
    },
  });
  const take = (during: Told["during"]): void => {
    told.push(...fresh.map((finding) => ({ finding, during })));
    fresh = [];
  };
  for (const chunk of chunks) {
    const before = events;
    check.push(chunk);
    take([before, events]);
  }
  check.end();
  take(undefined);
  return told;
}

describe.each(shipped)("%s", (_, protocol) => {
  it("a finding is told in the push that brings its event, and is the one that the report has", () => {
    fc.assert(
      fc.property(anyEvents(protocol), shares, (events, cuts) => {
        const bytes = encodeSample(events);
        const told = watch(protocol, chunked(bytes, cuts));
        for (const { finding, during } of told) {
          if (finding.event === undefined) expect(during).toBeUndefined();
          else {
            const [before = Number.NaN, after = Number.NaN] = during ?? [];
            expect(finding.event.number).toBeGreaterThan(before);
            expect(finding.event.number).toBeLessThanOrEqual(after);
          }
        }
        const inReport = judge(protocol, bytes).findings;
        expect(new Set(told.map(({ finding }) => JSON.stringify(finding)))).toEqual(
          new Set(inReport.map((finding) => JSON.stringify(finding))),
        );
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it("what comes later adds no finding before it, and takes none away", () => {
    fc.assert(
      fc.property(anyEvents(protocol), (events) => {
        const atEvents = (count: number): readonly Finding[] =>
          judge(protocol, encodeSample(events.slice(0, count))).findings.filter(({ event }) => event !== undefined);
        const whole = atEvents(events.length);
        for (let count = 0; count < events.length; count += 1) {
          const until = whole.filter(({ event }) => event !== undefined && event.number <= count);
          expect(atEvents(count)).toEqual(until);
        }
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});
