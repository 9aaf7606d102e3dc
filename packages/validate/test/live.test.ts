import { builtinProtocol } from "@ssert/protocol";
import type { StreamReport } from "@ssert/report";
import { type Chunk, type LiveStream, validateStream } from "@ssert/validate";
import { describe, expect, test } from "vitest";
import { folderOf } from "./folder.ts";
import { putTape, TRUNCATED, VALID } from "./tapes.ts";

const protocol = (): ReturnType<typeof builtinProtocol> => builtinProtocol("pokee");
const SECOND = 1_000_000;

/** Pieces of the stream, each so many microseconds after the one before, and when the connection closes after the last. */
interface Timeline {
  readonly pieces: readonly (readonly [afterUs: number, text: string])[];
  readonly closedAfterUs?: number;
}

const EVENTS = VALID.split(/(?<=\n\n)/);
const at = (...afterUs: number[]): Timeline => ({
  pieces: EVENTS.map((event, index) => [afterUs[index] ?? 1000, event]),
});

const elapsed = ({ pieces, closedAfterUs = 0 }: Timeline): number =>
  pieces.reduce((sum, [afterUs]) => sum + afterUs, closedAfterUs);

async function onTape(timeline: Timeline): Promise<StreamReport> {
  const { pieces } = timeline;
  const chunks = pieces.map(([afterUs, text]) => [afterUs, Buffer.byteLength(text)] as const);
  const body = pieces.map(([, text]) => text).join("");
  const trailer = { elapsedUs: elapsed(timeline) };
  const source = await putTape(await folderOf(), "x.sse", body, { chunks, trailer });
  return await validateStream({ kind: "file", source }, { protocol });
}

function live(timeline: Timeline, facts: Partial<LiveStream> = {}): LiveStream {
  async function* chunks(): AsyncIterable<Chunk> {
    for (const [afterUs, text] of timeline.pieces) yield { afterUs, bytes: Buffer.from(text) };
  }
  return {
    response: { status: 200, headers: { "content-type": "text/event-stream" } },
    chunks: chunks(),
    ended: () => ({ end: "eof", elapsedUs: elapsed(timeline) }),
    ...facts,
  };
}

async function onLine(timeline: Timeline, facts?: Partial<LiveStream>): Promise<StreamReport> {
  const openUrl = async (): Promise<LiveStream> => live(timeline, facts);
  return await validateStream({ kind: "url", source: "http://x/" }, { protocol, openUrl });
}

const rulesOf = ({ findings }: StreamReport): string[] => findings.map(({ rule, severity }) => `${rule} ${severity}`);

// Decision 11 of the contract.
describe.each([
  ["a tape", onTape],
  ["a live stream", onLine],
])("the times of %s are judged:", (_, judge) => {
  test("nothing is wrong with one that comes bit by bit", async () => {
    expect(rulesOf(await judge(at(1000, 2000, 3000)))).toEqual([]);
  });

  test("a silence of more than 55 s", async () => {
    expect(rulesOf(await judge(at(1000, 56 * SECOND)))).toEqual(["timing/gap warning"]);
    expect(rulesOf(await judge(at(1000, 54 * SECOND)))).toEqual([]);
  });

  test("a connection that closes more than 5 s after the last event", async () => {
    expect(rulesOf(await judge({ ...at(1000), closedAfterUs: 6 * SECOND }))).toEqual(["timing/late-close warning"]);
    expect(rulesOf(await judge({ ...at(1000), closedAfterUs: 4 * SECOND }))).toEqual([]);
  });

  test("many events at once, after a long time", async () => {
    const deltas = 'event: text.delta\ndata: {"content":"x"}\n\n'.repeat(40);
    const text = VALID.replace("event: text.stop", `${deltas}event: text.stop`);
    expect(rulesOf(await judge({ pieces: [[8 * SECOND, text]] }))).toEqual(["timing/buffered warning"]);
    expect(rulesOf(await judge({ pieces: [[SECOND / 100, text]] }))).toEqual([]);
  });
});

describe("a live stream", () => {
  test.each([
    ["cut", ["http/cut warning", "stream/truncated error"]],
    ["reset", ["http/cut warning", "stream/truncated error"]],
    ["malformed", ["http/cut warning", "stream/truncated error"]],
    ["timeout", ["http/stopped warning", "stream/truncated error"]],
    ["eof", ["stream/truncated error"]],
  ] as const)("that ends by %s", async (end, rules) => {
    const report = await onLine({ pieces: [[0, TRUNCATED]] }, { ended: () => ({ end, elapsedUs: 1000 }) });
    expect(report.verdict).toBe("truncated");
    expect(rulesOf(report)).toEqual(rules);
  });

  test("is unreadable where it cannot be opened, with the reason", async () => {
    const openUrl = (): Promise<LiveStream> => Promise.reject(new Error("nobody is at home"));
    const report = await validateStream({ kind: "url", source: "http://x/" }, { openUrl });
    expect(report).toMatchObject({ source: "http://x/", verdict: "unreadable", reason: "nobody is at home" });
  });
});
