import { builtinProtocol } from "@ssert/protocol";
import { findInputs, type Input, validateStreams } from "@ssert/validate";
import { expect, test } from "vitest";
import { folderOf } from "./folder.ts";
import { TRUNCATED, VALID } from "./tapes.ts";

const protocol = (): ReturnType<typeof builtinProtocol> => builtinProtocol("pokee");

test("streams are reported in the order of the inputs, with the counts of all", async () => {
  const folder = await folderOf({ "b.sse": VALID, "a/2.sse": TRUNCATED, "a/1.sse": VALID.replace("{}", "{") });
  const told: string[] = [];
  const report = await validateStreams(await findInputs([folder]), {
    protocol,
    onStream: ({ verdict }) => told.push(verdict),
  });
  expect(report.streams.map(({ source }) => source)).toEqual([
    `${folder}/a/1.sse`,
    `${folder}/a/2.sse`,
    `${folder}/b.sse`,
  ]);
  expect(told).toEqual(["invalid", "truncated", "valid"]);
  expect(report.summary).toMatchObject({ streams: 3, valid: 1, invalid: 1, truncated: 1, errors: 2 });
});

test("one unreadable stream does not stop the others", async () => {
  const folder = await folderOf({ "a.sse": VALID, "c.sse": VALID });
  const inputs = ["a", "b", "c"].map((name): Input => ({ kind: "file", source: `${folder}/${name}.sse` }));
  const { summary } = await validateStreams(inputs, { protocol });
  expect(summary).toMatchObject({ streams: 3, valid: 2, unreadable: 1 });
});

test("no input is an empty report", async () => {
  expect((await validateStreams([])).summary.streams).toBe(0);
});

test("an interrupt between streams reports those that are done", async () => {
  const folder = await folderOf({ "a.sse": VALID, "b.sse": VALID, "c.sse": VALID });
  const interrupt = new AbortController();
  const report = await validateStreams(await findInputs([folder]), {
    protocol,
    signal: interrupt.signal,
    onStream: ({ source }) => source.endsWith("b.sse") && interrupt.abort(),
  });
  expect(report.streams.map(({ verdict }) => verdict)).toEqual(["valid", "valid"]);
});

test("an interrupt while a pipe is silent reports what had come", async () => {
  const interrupt = new AbortController();
  async function* silent(): AsyncIterable<Uint8Array> {
    yield Buffer.from("event: message.created\ndata: {\n\n");
    interrupt.abort();
    await new Promise(() => {}); // a pipe whose writer never says more
  }
  const { signal } = interrupt;
  const report = await validateStreams([{ kind: "stdin", source: "-" }], { protocol, stdin: silent(), signal });
  expect(report.streams).toMatchObject([
    {
      verdict: "unreadable",
      events: 1,
      reason: expect.stringMatching(/^interrupted/),
      findings: [{ rule: "event/not-json" }],
    },
  ]);
});

test("an interrupt within a stream ends it there", async () => {
  const folder = await folderOf({ "a.sse": VALID, "b.sse": VALID });
  const interrupt = new AbortController();
  const report = await validateStreams(await findInputs([folder]), {
    protocol: () => {
      interrupt.abort();
      return protocol();
    },
    signal: interrupt.signal,
  });
  expect(report.streams).toMatchObject([{ verdict: "unreadable", protocol: "pokee@1", events: 0 }]);
});

test("an interrupt before the start reports nothing", async () => {
  const folder = await folderOf({ "a.sse": VALID });
  const report = await validateStreams(await findInputs([folder]), { signal: AbortSignal.abort() });
  expect(report.streams).toEqual([]);
});
