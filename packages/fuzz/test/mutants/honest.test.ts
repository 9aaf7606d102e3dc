import { defineProtocol, type ProtocolFile } from "@ssert/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { upload } from "../../../protocol/test/monitor/upload.ts";
import { breakStream } from "../../src/mutants/break-stream.ts";
import { brokenStreams, mutantsFrom } from "../../src/mutants/broken-streams.ts";
import { checkMutant, findingsOf } from "../../src/mutants/check-mutant.ts";
import { runMatrix } from "../../src/mutants/matrix.ts";
import { sampleStream } from "../../src/streams/sample-stream.ts";
import { seededDice } from "../../src/streams/seeded-dice.ts";
import { builtin } from "../streams/protocols.ts";

const pokee = builtin("pokee");

/** A rule of each family: what the matrix must miss if the checker does not judge it. */
const FAMILIES = [
  "sse/id",
  "event/payload",
  "message/not-open",
  "block/already-open",
  "tool_call/reopened",
  "tool_call/closed",
  "tool_call/unclosed",
  "tool_use/out-of-order",
  "block/wrong-kind",
  "tool_use/id-changed",
  "tool_use/input-differs",
  "stream/truncated",
  "stream/forgotten",
  "timing/gap",
];

describe("the matrix tells a checker that ignores a rule", () => {
  test.each(FAMILIES)("%s", async (rule) => {
    const deaf = await defineProtocol({
      ...pokee.definition,
      rules: { ...pokee.definition.rules, [rule]: "off" },
    } satisfies ProtocolFile);
    let made = 0;
    for (const { mutant } of mutantsFrom(pokee, rule, 40)) {
      made += 1;
      expect(findingsOf(pokee, mutant)).toEqual([`${rule}@${mutant.at ?? "end"}`]);
      expect(findingsOf(deaf, mutant), mutant.change).not.toContain(`${rule}@${mutant.at ?? "end"}`);
      if (made === 5) break;
    }
    expect(made).toBe(5);
  });

  test("and shows the smallest stream that was reported elsewhere", async () => {
    // An id that may be used again is no rule of this protocol; nothing breaks a rule that nothing yields.
    const off = await defineProtocol({ ...pokee.definition, rules: { "tool_call/reopened": "off" } });
    const matrix = runMatrix(off, { count: 5, seed: 3 });
    expect(matrix.rows.map((row) => row.rule)).not.toContain("tool_call/reopened");
    expect(matrix.off).toContain("tool_call/reopened");
    expect(matrix.rows.every(({ mutants }) => mutants > 0)).toBe(true);
  });
});

test("a protocol that is not about agents has a diagonal matrix, too", () => {
  const { rows } = runMatrix(upload, { count: 40, seed: 1 });
  expect(
    rows.filter(({ miss }) => miss !== undefined).map(({ rule, miss }) => [rule, miss?.mutant.change, miss?.found]),
  ).toEqual([]);
  expect(rows.filter(({ mutants }) => mutants === 0).map(({ rule }) => rule)).toEqual([]);
});

describe("a broken stream", () => {
  test("is the same for the same seed", () => {
    const stream = sampleStream(pokee, { seed: 12 });
    const once = breakStream(pokee, stream, "event/payload", seededDice(5));
    expect(once).toEqual(breakStream(pokee, stream, "event/payload", seededDice(5)));
    expect(once).not.toEqual(breakStream(pokee, stream, "event/payload", seededDice(6)));
  });

  test("is not made of a stream that has no such thing, nor for a rule that there is not", () => {
    const stream = sampleStream(pokee, { seed: 1, size: 1, aim: { event: "message.error" } });
    const { events } = stream;
    const bare = { events: [...events.slice(0, 1), ...events.slice(-1)] };
    expect(breakStream(pokee, bare, "tool_call/closed", seededDice(1))).toBeUndefined();
    expect(breakStream(pokee, bare, "block/unclosed", seededDice(1))).toBeUndefined();
    expect(breakStream(pokee, bare, "no/such-rule", seededDice(1))).toBeUndefined();
  });

  test("shrinks to one that breaks the same rule, made of a smaller valid stream", () => {
    const broken = brokenStreams(pokee, "block/not-open");
    const result = fc.check(
      fc.property(broken, (mutant) => {
        expect(findingsOf(pokee, mutant)).toEqual([`block/not-open@${mutant.at}`]);
        return checkMutant(pokee, mutant).events < 5;
      }),
      { seed: 1, numRuns: 100 },
    );
    const [smallest] = result.counterexample ?? [];
    expect(smallest === undefined ? undefined : checkMutant(pokee, smallest).events).toBeLessThan(9);
  });

  test("is not to be had of a rule that cannot be broken", () => {
    expect(() => fc.sample(brokenStreams(pokee, "no/such-rule"), 1)).toThrow(
      /no stream of pokee@1 was found in which no\/such-rule/,
    );
  });
});
