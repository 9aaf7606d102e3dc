import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtinProtocol, createStreamCheck, type Protocol } from "@ssert/protocol";
import { openTape } from "@ssert/tape";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  assertConsumer,
  type Consumer,
  type ConsumerOptions,
  checkConsumer,
  describeConsumer,
  type SampleStream,
} from "../../src/index.ts";
import { type Bug, type Message, readMessage } from "./pokee-message.ts";

const protocol = pokee();
const reading =
  (bug: Bug): Consumer<Message> =>
  (chunks) =>
    readMessage(chunks, bug);
/** Rules about the order that the accumulator keeps itself, so that it throws. */
const strict: ConsumerOptions<Message> = {
  protocol,
  runs: 40,
  rules: ["block/not-open", "message/id-changed", "stream/truncated"],
  broken: "throws",
  check: (message, stream) => {
    expect(message.blocks.map(({ text }) => text).join("")).toBe(textOf(stream));
  },
};

function pokee(): Protocol {
  const found = builtinProtocol("pokee");
  if (found === undefined) throw new Error("pokee is built in");
  return found;
}

function textOf({ events }: SampleStream): string {
  return events.flatMap(({ event, data }) => (event?.endsWith("delta") ? [JSON.parse(data).content] : [])).join("");
}

function textIn(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString();
}

describe("a consumer that is right", () => {
  it("has no finding, and is shown valid and broken streams", async () => {
    const result = await assertConsumer(reading("none"), strict);
    expect(result).toMatchObject({ ok: true, protocol: "pokee@1", seed: 1, findings: [], untried: [] });
    expect(result.streams.valid).toBe(40);
    expect(result.streams.broken).toBe(3 * 4);
    expect(describeConsumer(result)).toBe("No finding in 40 valid and 12 broken streams of pokee@1, seed 1.");
  });

  it("is not asked to notice anything unless that is declared", async () => {
    const { ok } = await checkConsumer((chunks) => readMessage(chunks), { protocol, runs: 10 });
    expect(ok).toBe(true);
  });
});

describe("a consumer with a bug", () => {
  it.each<[Bug, string, string | undefined, Partial<ConsumerOptions<Message>>]>([
    ["decodes each chunk by itself", "chunking", undefined, {}],
    ["takes a chunk for an event", "chunking", undefined, {}],
    ["drops the last character of a long text", "check", undefined, {}],
    ["swallows what comes without a start", "notices", "block/not-open", {}],
    ["waits for ever where the end is missing", "notices", "stream/truncated", { patienceMs: 50 }],
  ])("that %s", async (bug, claim, rule, options) => {
    const { findings } = await checkConsumer(reading(bug), { ...strict, ...options });
    expect(findings.map((finding) => [finding.claim, finding.rule])).toContainEqual([claim, rule]);
  });

  it("is shown the smallest stream", async () => {
    const { findings } = await checkConsumer(reading("drops the last character of a long text"), strict);
    const [finding] = findings;
    const text = textIn(finding?.chunks ?? []);
    expect(text.match(/^event: /gm)?.length).toBeLessThanOrEqual(8); // streams as drawn have some forty events
    const check = createStreamCheck({ protocol });
    for (const chunk of finding?.chunks ?? []) check.push(chunk);
    expect(check.end().verdict).toBe("valid");
  });

  it("gets the same streams from the same seed", async () => {
    const once = await checkConsumer(reading("takes a chunk for an event"), { ...strict, seed: 7 });
    expect(await checkConsumer(reading("takes a chunk for an event"), { ...strict, seed: 7 })).toEqual(once);
  });
});

describe("streams that end in failure", () => {
  const throwing: Consumer<Message> = async (chunks) => {
    const message = await readMessage(chunks);
    if (message.end === "error") throw new Error("the API says so");
    return message;
  };

  it("may give an error unless they are declared", async () => {
    expect((await checkConsumer(throwing, { ...strict, rules: [] })).findings).toEqual([]);
    expect((await checkConsumer(throwing, { ...strict, rules: [], failed: "throws" })).findings).toEqual([]);
    const [finding] = (await checkConsumer(throwing, { ...strict, rules: [], failed: "ignores" })).findings;
    expect(finding?.message).toBe(
      "a valid stream should give a result, but in one chunk it gave the error Error: the API says so",
    );
    const [other] = (await checkConsumer(reading("none"), { ...strict, rules: [], failed: "throws" })).findings;
    expect(other?.message).toContain(
      "a stream that ends in failure should give an error, but in one chunk it gave the result",
    );
  });
});

describe("what is declared of broken streams", () => {
  it("can differ by rule", async () => {
    const lenient = { ...strict, rules: ["block/not-open", "tool_call/not-open"] };
    const swallows = reading("swallows what comes without a start");
    const declared = { "block/not-open": "ignores", "*": "either" } as const;
    const { findings } = await checkConsumer(swallows, { ...lenient, rules: ["tool_call/not-open"], broken: declared });
    expect(findings).toEqual([]);
    const wrong = await checkConsumer(reading("none"), {
      ...lenient,
      rules: ["message/id-changed"],
      broken: { "message/id-changed": "ignores" },
    });
    expect(wrong.findings[0]?.message).toContain(
      "should give a result, but it gave the error Error: another message ended",
    );
  });

  it("can be a function that looks at the outcome", async () => {
    const { findings } = await checkConsumer(reading("none"), {
      ...strict,
      rules: ["stream/truncated"],
      broken: (outcome, { rule }) =>
        rule === "stream/truncated" && outcome.kind === "error" && /ended/.test(String(outcome.error)),
    });
    expect(findings).toEqual([]);
  });

  it("says which rules could not be tried", async () => {
    const { untried } = await checkConsumer(reading("none"), { ...strict, rules: ["no/such-rule"] });
    expect(untried).toEqual(["no/such-rule"]);
  });
});

describe("what is found", () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "ssert-consumers-"));
  });
  afterAll(async () => await rm(dir, { recursive: true }));

  it("is saved as a tape with its chunks, and never over another", async () => {
    const options = { ...strict, rules: [], save: { dir, tool: "test", now: () => new Date(0) } };
    const [first] = (await checkConsumer(reading("takes a chunk for an event"), options)).findings;
    const [second] = (await checkConsumer(reading("takes a chunk for an event"), options)).findings;
    expect([first?.path, second?.path]).toEqual([
      join(dir, "consumer--chunking.sse"),
      join(dir, "consumer--chunking-2.sse"),
    ]);
    const tape = await openTape(first?.path ?? "");
    expect(tape.header).toMatchObject({
      protocol: "pokee",
      provenance: "synthetic",
      tool: "test checkConsumer seed 1",
    });
    const chunks: string[] = [];
    for await (const { bytes } of tape.chunks()) chunks.push(Buffer.from(bytes).toString("latin1"));
    expect(chunks).toEqual(first?.chunks.map((chunk) => Buffer.from(chunk).toString("latin1")));
    expect(await readdir(dir)).toHaveLength(4);
  });

  it("is told with what was done to the stream", async () => {
    const result = await checkConsumer(reading("swallows what comes without a start"), {
      ...strict,
      rules: ["block/not-open"],
    });
    const told = describeConsumer(result);
    expect(told).toContain(
      "✗ broken streams are noticed (block/not-open): a stream that breaks block/not-open should give an error, but it gave the result",
    );
    expect(told).toContain("The stream is valid but for this: ");
    expect(told).toContain("  │ event: message.created");
    await expect(
      assertConsumer(reading("swallows what comes without a start"), { ...strict, rules: ["block/not-open"] }),
    ).rejects.toThrow(expect.objectContaining({ code: "counterexample" }));
  });
});

it("a mistake in a function of the user's is no finding", async () => {
  const mistaken = checkConsumer(reading("none"), {
    ...strict,
    broken: () => {
      throw new TypeError("oops");
    },
  });
  await expect(mistaken).rejects.toThrow("oops");
});
