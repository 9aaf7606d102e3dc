import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createStreamCheck, type Protocol, type StreamResult } from "../../src/index.ts";
import { answer, completed, created, failed, text, thinking, tool, used } from "./pokee-stream.ts";
import { check, encode, pokee, type Sent, text as textOf } from "./streams.ts";
import { renumbered, upload, uploaded } from "./upload.ts";

/** Every event that Pokee has, with ids that collide and payloads that break. */
const pokeeEvent = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      text.start,
      text.delta(),
      text.stop,
      thinking.start,
      thinking.delta(),
      thinking.stop,
      tool.stop,
    ),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("start", "executing", "result"))
      .map(([id, what]) =>
        what === "start" ? tool.start(id) : what === "result" ? tool.result(id) : tool.executing(id),
      ),
  },
  { weight: 2, arbitrary: fc.constantFrom(tool.input('{"q":'), tool.input("1}"), tool.input("")) },
  { weight: 1, arbitrary: fc.constantFrom(created, completed, failed) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Sent>(
      { type: "text.delta", data: "{" },
      { type: "tool_use.start", data: '{"id":7}' },
      { type: "tool_use.executing", data: '{"name":"x"}' },
      { type: "x.unknown", data: "{}" },
      { data: '{"content":"who am I?"}' },
      { type: "text.stop", data: "[]" },
    ),
  },
);

const pokeeStreams = fc.array(pokeeEvent, { maxLength: 40 }).map((events) => [created, ...events]);

const uploadStreams = fc
  .tuple(fc.array(fc.nat(uploaded.length - 1), { maxLength: 40 }), fc.boolean())
  .map(([picks, seq]) => {
    const picked = picks.map((pick) => uploaded[pick]).filter((event) => event !== undefined);
    return seq ? renumbered([...uploaded.slice(0, 2), ...picked]) : picked;
  });

const STREAMS: readonly (readonly [string, Protocol, fc.Arbitrary<readonly Sent[]>, readonly Sent[]])[] = [
  ["pokee", pokee, pokeeStreams, answer],
  ["upload", upload, uploadStreams, uploaded],
];

describe.each(STREAMS)("%s", (_name, protocol, streams, valid) => {
  test("the valid stream has no finding, and nothing is held back", () => {
    expect(check(protocol, valid)).toMatchObject({ verdict: "valid", findings: [], heldBack: 0 });
  });

  test("no sequence of events crashes, and no event has two errors but for several scopes left open", () => {
    fc.assert(
      fc.property(streams, (events) => {
        const errors = check(protocol, events).findings.filter(({ severity }) => severity === "error");
        const byEvent = Map.groupBy(errors, ({ event }) => event?.number);
        for (const [, [first, ...others]] of byEvent) {
          expect(
            [first?.rule, ...others.map(({ rule }) => rule)].filter((rule) => rule?.endsWith("/unclosed") !== true)
              .length,
          ).toBeLessThan(2);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("chunks, line ends and comments change nothing but places", () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
    const noise = fc.constantFrom("\n", "\r\n", "\r");
    fc.assert(
      fc.property(streams, cuts, noise, fc.boolean(), (events, sizes, end, comments) => {
        const plain = textOf(events);
        const other = (comments ? plain.replaceAll("data:", ": keep-alive\ndata:") : plain).replaceAll("\n", end);
        const result = inChunks(protocol, new TextEncoder().encode(other), sizes);
        expect(withoutPlaces(result)).toEqual(withoutPlaces(check(protocol, events)));
      }),
    );
  });

  test("a finding is given in the push that brings its event, and what comes later adds none before it", () => {
    fc.assert(
      fc.property(streams, (events) => {
        const whole = check(protocol, events).findings;
        const online: unknown[] = [];
        let at = 0;
        const stream = createStreamCheck({
          protocol,
          onFinding: (finding) => {
            expect(finding.event?.number).toBe(at);
            online.push(finding);
          },
        });
        for (const event of events) {
          at += 1;
          stream.push(encode([event]));
        }
        expect(online).toEqual(whole.filter(({ event }) => event !== undefined));
      }),
    );
  });

  test("a valid stream that is cut before its end is truncated, and nothing else", () => {
    const bytes = encode(valid);
    for (let length = 0; length < bytes.length; length += 1) {
      const stream = createStreamCheck({ protocol });
      stream.push(bytes.subarray(0, length));
      const { verdict, findings, heldBack } = stream.end();
      expect({
        length,
        verdict,
        errors: findings.filter(({ severity }) => severity === "error").length,
        heldBack,
      }).toEqual({ length, verdict: "truncated", errors: 1, heldBack: 0 });
    }
  });
});

test("tools in any number and order of results are valid", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 6 }), fc.jsonValue(), fc.nat(), (ids, input, seed) => {
      const uses = ids.flatMap((id) => used(id, input));
      const results = ids
        .map((id, index) => ({ id, rank: (seed * (index + 7)) % 11 }))
        .toSorted((a, b) => a.rank - b.rank);
      const events = [created, ...uses, ...results.map(({ id }) => tool.result(id)), completed];
      expect(check(pokee, events)).toMatchObject({ verdict: "valid", findings: [], heldBack: 0 });
    }),
  );
});

function inChunks(protocol: Protocol, bytes: Uint8Array, sizes: readonly number[]): StreamResult {
  const stream = createStreamCheck({ protocol });
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    stream.push(bytes.slice(at, at + size));
    at += size;
  }
  return stream.end();
}

/** Byte offsets, lines and columns move with line ends and comments. */
function withoutPlaces({ bytes: _, findings, ...rest }: StreamResult): unknown {
  return {
    ...rest,
    findings: findings.map(({ location: _place, related, ...finding }) => ({
      ...finding,
      related: related?.map(({ location: _other, ...one }) => one),
    })),
  };
}
