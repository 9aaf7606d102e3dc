import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtinProtocol, createStreamCheck, type Protocol, type StreamResult } from "@ssert/protocol";
import { expect, test } from "vitest";
import { FIXTURES, fixtureTables, writeFixtures } from "../../../../tools/fixtures.ts";
import { type FixtureFile, fixtureFiles } from "./fixture-files.ts";

const files = fixtureFiles();
const valid = files.filter(({ rule }) => rule === undefined);
const broken = files.filter(({ rule }) => rule !== undefined);

function builtin(name: string): Protocol {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`there is no ${name}`);
  return protocol;
}

/** As a host would check it: with the facts of the exchange where there is a tape. */
function check({ protocol, bytes, tape }: FixtureFile): StreamResult {
  const stream = createStreamCheck({ protocol: builtin(protocol) });
  if (tape === undefined) {
    stream.push(bytes);
    return stream.end();
  }
  stream.response?.(tape.response);
  for (const chunk of tape.chunks) stream.push(chunk.bytes, chunk.atUs);
  return stream.end(tape.closedAtUs);
}

/** Valid streams may have warnings; which, the README says. */
const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  "pokee/valid/tool-not-run": ["tool_use/missing"],
  "pokee/valid/unknown-event": ["event/unknown-type"],
};

test.each(valid.map((file) => [file.path, file] as const))("%s", (path, file) => {
  const result = check(file);
  expect(result.findings.map(({ rule }) => rule)).toEqual(WARNINGS[path] ?? []);
  expect(result).toMatchObject({ verdict: "valid", heldBack: 0, bytes: file.bytes.length });
});

test.each(broken.map((file) => [file.path, file] as const))("%s breaks that rule and no other", (_, file) => {
  const severity = builtin(file.protocol).rules.find(({ id }) => id === file.rule)?.severity;
  const result = check(file);
  expect(result.findings.map((finding) => ({ rule: finding.rule, severity: finding.severity }))).toEqual([
    { rule: file.rule, severity },
  ]);
  const verdict = severity === "warning" ? "valid" : file.rule === "stream/truncated" ? "truncated" : "invalid";
  expect(result.verdict).toBe(verdict);
});

/** It would take more than a million ids: the engine's own tests see to it. */
const WITHOUT_FIXTURE = ["stream/forgotten"];

test("every rule of Pokee that is on has a stream that breaks it", () => {
  const rules = builtin("pokee").rules.filter(({ severity }) => severity !== "off");
  const shown = new Set(broken.filter(({ protocol }) => protocol === "pokee").map(({ rule }) => rule));
  expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual(WITHOUT_FIXTURE);
  expect(rules.find(({ id }) => id === "sse/unknown-field")).toBeUndefined();
});

test("bytes one at a time, or all at once, give the same findings", () => {
  for (const file of files) {
    const bytewise = createStreamCheck({ protocol: builtin(file.protocol) });
    for (let index = 0; index < file.bytes.length; index += 1) bytewise.push(file.bytes.subarray(index, index + 1));
    expect(bytewise.end(), file.path).toEqual(check({ ...file, tape: undefined }));
  }
});

interface Places {
  /** `TYPE` of the event that the finding is at; undefined at the end of input. */
  readonly at: string | undefined;
  readonly line: number;
  /** `TYPE` and line of the other place. */
  readonly other?: readonly [type: string, line: number];
}

const PLACES: readonly [path: string, places: Places][] = [
  ["event/payload/no-content", { at: "text.delta", line: 8 }],
  ["message/not-open/no-created", { at: "text.start", line: 2 }],
  ["message/already-open/created-twice", { at: "message.created", line: 14, other: ["message.created", 2] }],
  ["message/closed/completed-twice", { at: "message.completed", line: 17, other: ["message.completed", 14] }],
  ["message/id-changed/other-message", { at: "message.completed", line: 14, other: ["message.created", 2] }],
  ["block/already-open/thinking-in-text", { at: "thinking.start", line: 8, other: ["text.start", 5] }],
  ["block/wrong-kind/thinking-delta-in-text", { at: "thinking.delta", line: 8, other: ["text.start", 5] }],
  ["block/unclosed/no-text-stop", { at: "message.completed", line: 11, other: ["text.start", 5] }],
  ["tool_use/missing/not-run", { at: "tool_use.stop", line: 17, other: ["tool_use.start", 5] }],
  ["tool_use/repeated/executing-twice", { at: "tool_use.executing", line: 20, other: ["tool_use.executing", 17] }],
  [
    "tool_use/out-of-order/delta-after-executing",
    { at: "tool_use.input_delta", line: 20, other: ["tool_use.executing", 17] },
  ],
  ["tool_use/id-changed/other-id", { at: "tool_use.executing", line: 17, other: ["tool_use.start", 5] }],
  ["tool_use/input-differs/other-value", { at: "tool_use.executing", line: 17, other: ["tool_use.start", 5] }],
  ["tool_call/not-open/result-without-call", { at: "tool_result", line: 14 }],
  ["tool_call/reopened/id-used-again", { at: "tool_use.start", line: 26, other: ["tool_result", 23] }],
  ["tool_call/closed/second-result", { at: "tool_result", line: 26, other: ["tool_result", 23] }],
  ["tool_call/unclosed/no-result", { at: "message.completed", line: 23, other: ["tool_use.start", 5] }],
  ["stream/truncated/in-text", { at: undefined, line: 10 }],
];

test.each(PLACES)("pokee/broken/%s says where, and where the other side is", (path, { at, line, other }) => {
  const file = files.find((candidate) => candidate.path === `pokee/broken/${path}`);
  if (file === undefined) throw new Error(`there is no ${path}`);
  const [finding] = check(file).findings;
  expect([finding?.event?.type, finding?.location?.line]).toEqual([at, line]);
  const related = finding?.related?.[0];
  expect([related?.event?.type, related?.location?.line]).toEqual(other ?? [undefined, undefined]);
});

test("the files are those that tools/fixtures.ts writes: else run `pnpm fixtures`", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fixtures-"));
  const committed = new URL("../../../../fixtures/", import.meta.url);
  try {
    await writeFixtures(folder);
    for (const { path, tape } of FIXTURES) {
      for (const file of [`${path}.sse`, ...(tape === undefined ? [] : [`${path}.sse.tape`])]) {
        expect((await readFile(join(folder, file))).equals(await readFile(new URL(file, committed))), file).toBe(true);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  expect(files.map(({ path }) => path)).toEqual(FIXTURES.map(({ path }) => path).sort());
  expect(await readFile(new URL("README.md", committed), "utf8")).toContain(fixtureTables());
});
