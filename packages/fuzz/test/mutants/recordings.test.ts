import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinProtocol, createStreamCheck, type Protocol } from "@ssert/protocol";
import { expect, test } from "vitest";
import { breakReading } from "../../src/mutants/break-stream.ts";
import { findingsOf } from "../../src/mutants/check-mutant.ts";
import { type Reading, readLives } from "../../src/mutants/reading/read.ts";
import { readSample } from "../../src/streams/sample.ts";
import { seededDice } from "../../src/streams/seeded-dice.ts";

const FIXTURES = new URL("../../../../fixtures/", import.meta.url);
const RECORDINGS = new URL("../../../../../shared/recordings/", import.meta.url);

const NAMES = ["pokee", "anthropic-messages", "openai-responses", "openai-chat"];

/** Longer recordings have nothing that these do not have. */
const MOST_EVENTS = 150;

function readings(folder: URL, protocol: Protocol): readonly Reading[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".sse"));
  return files.flatMap((file) => {
    const bytes = readFileSync(new URL(file, folder));
    const check = createStreamCheck({ protocol });
    check.push(bytes);
    const { findings, events } = check.end();
    return findings.length > 0 || events > MOST_EVENTS ? [] : [readLives(protocol, readSample(bytes))];
  });
}

/** Every rule, broken in every stream in three ways: what is not reported as it should. */
function missed(protocol: Protocol, streams: readonly Reading[]): readonly unknown[] {
  const rules = protocol.rules.filter(({ severity }) => severity !== "off");
  return streams.flatMap((reading, stream) =>
    rules.flatMap(({ id }) =>
      [1, 2, 3].flatMap((seed) => {
        const mutant = breakReading(reading, id, seededDice(seed * 1_000 + stream));
        if (mutant === undefined) return [];
        const found = findingsOf(protocol, mutant);
        return found.join() === `${id}@${mutant.at ?? "end"}` ? [] : [{ id, change: mutant.change, found }];
      }),
    ),
  );
}

test.each(NAMES)("what is broken in the fixtures of %s is reported under its own rule, and under no other", (name) => {
  const protocol = builtin(name);
  const streams = readings(new URL(`${name}/valid/`, FIXTURES), protocol);
  expect(streams.length).toBeGreaterThan(4);
  expect(missed(protocol, streams)).toEqual([]);
});

test.for(NAMES)(
  "what is broken in recordings of %s is reported under its own rule, and under no other",
  (name, { skip }) => {
    const folder = new URL(`${name}/`, RECORDINGS);
    skip(!existsSync(folder), "no recordings beside the project");
    const protocol = builtin(name);
    expect(missed(protocol, readings(folder, protocol))).toEqual([]);
  },
);

function builtin(name: string): Protocol {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`${name} is built in`);
  return protocol;
}
