import {
  type CoverageReport,
  createCoverage,
  createStreamCheck,
  type Protocol,
  type StreamCheck,
  type StreamResult,
} from "@ssert/protocol";
import { describe, expect, it } from "vitest";
import { type FillStream, fillCoverage } from "../../src/index.ts";
import { shipped } from "../laws/protocols.ts";

/** The coverage of some streams, with what is known of their exchange. */
function measure(protocol: Protocol, streams: readonly FillStream[]): CoverageReport {
  const coverage = createCoverage(protocol);
  for (const stream of streams) {
    const watcher = coverage.stream({ response: true, arrivals: true });
    const check = createStreamCheck({
      protocol,
      onEvent: (event) => watcher.event(event),
      onFinding: (finding) => watcher.finding(finding),
    });
    feed(check, stream);
    watcher.end();
  }
  return coverage.report();
}

function feed(check: StreamCheck, { response, bytes, chunks, closedAtUs }: FillStream): StreamResult["findings"] {
  check.response(response);
  let start = 0;
  for (const { end, atUs } of chunks) {
    check.push(bytes.subarray(start, end), atUs);
    start = end;
  }
  return check.end(closedAtUs).findings;
}

function missing({ groups }: CoverageReport): readonly string[] {
  return Object.values(groups).flatMap(({ items }) => items.filter(({ count }) => count === 0).map(({ id }) => id));
}

const nothing = (protocol: Protocol): CoverageReport => createCoverage(protocol).report();

describe.each(shipped)("%s", (_, protocol) => {
  it("is covered whole by what is written for it, and every broken stream breaks its rule alone", () => {
    const { streams, lacking } = fillCoverage(protocol, nothing(protocol));
    expect(lacking).toEqual([]);
    expect(missing(measure(protocol, streams))).toEqual([]);
    for (const stream of streams) {
      const broken = new Set(feed(createStreamCheck({ protocol }), stream).map(({ rule }) => rule));
      expect([...broken]).toEqual(stream.broken === undefined ? [] : [stream.broken.rule]);
    }
  }, 180_000);
});

describe("what is written", () => {
  const [, pokee] = shipped[0] ?? [];
  if (pokee === undefined) throw new Error("pokee is shipped");
  const all = fillCoverage(pokee, nothing(pokee)).streams;

  it("is only what is missing, and nothing if nothing is", () => {
    const valid = all.filter(({ broken }) => broken === undefined);
    const rest = fillCoverage(pokee, measure(pokee, valid)).streams;
    expect(rest.map(({ name }) => name)).toEqual(
      all.flatMap(({ name, broken }) => (broken === undefined ? [] : [name])),
    );
    expect(fillCoverage(pokee, measure(pokee, all))).toEqual({ streams: [], lacking: [] });
    const but = all.filter(({ broken }) => broken?.rule !== "tool_use/repeated");
    expect(fillCoverage(pokee, measure(pokee, but)).streams.map(({ broken }) => broken?.rule)).toEqual([
      "tool_use/repeated",
    ]);
  });

  it("is few streams, none of which could be left out", () => {
    const valid = all.filter(({ broken }) => broken === undefined);
    expect(valid.length).toBeLessThanOrEqual(4);
    const count = ({ groups }: CoverageReport): number =>
      groups.events.covered + groups.transitions.covered + groups.rulesHeld.covered;
    for (const one of valid) {
      const others = valid.filter((other) => other !== one);
      expect(count(measure(pokee, others))).toBeLessThan(count(measure(pokee, valid)));
    }
  });

  it("is the same for the same seed", () => {
    const bytes = (seed: number) =>
      fillCoverage(pokee, nothing(pokee), { seed }).streams.map((stream) => [...stream.bytes]);
    expect(bytes(3)).toEqual(bytes(3));
    expect(bytes(3)).not.toEqual(bytes(4));
  });
});
