import { builtinProtocol } from "@ssert/protocol";
import { describe, expect, it } from "vitest";
import { createWatch } from "../src/record/watch.ts";
import type { Terminal } from "../src/terminal.ts";
import { COMPLETED, CREATED, text } from "./pokee.ts";

const SECOND = 1_000_000;

/** What `record --protocol` says of a stream whose pieces come at these times and that closes at the last one. */
function told(pieces: readonly (readonly [string, number])[], closedAtUs: number): string {
  let all = "";
  const add = (line: string): void => {
    all += line;
  };
  const terminal: Terminal = {
    out: add,
    err: add,
    progress: () => {},
    outColor: false,
    errColor: false,
    columns: undefined,
    stdin: (async function* () {})(),
    env: {},
    onStop: () => () => {},
  };
  const response = { status: 200, headers: { "content-type": "text/event-stream" } };
  const watch = createWatch(terminal, { print: false, json: false, protocol: builtinProtocol("pokee") });
  watch.response(response);
  for (const [piece, atUs] of pieces) watch.chunk(Buffer.from(piece), atUs);
  const facts = { path: "x.sse", end: "eof", eventStream: true, bytes: 0, chunks: pieces.length } as const;
  expect(watch.end({ ...facts, response, elapsedUs: closedAtUs })).toBe(0); // warnings only
  return all;
}

describe("record --protocol judges times, as validate does (decision 11):", () => {
  it("silence", () => {
    expect(
      told(
        [
          [CREATED, 1],
          [text("x") + COMPLETED, 56 * SECOND],
        ],
        56 * SECOND,
      ),
    ).toContain("timing/gap");
    expect(
      told(
        [
          [CREATED, 1],
          [text("x") + COMPLETED, 54 * SECOND],
        ],
        54 * SECOND,
      ),
    ).not.toContain("timing/");
  });

  it("a late close", () => {
    expect(told([[CREATED + text("x") + COMPLETED, 1]], 6 * SECOND)).toContain("timing/late-close");
    expect(told([[CREATED + text("x") + COMPLETED, 1]], 4 * SECOND)).not.toContain("timing/");
  });

  it("buffering", () => {
    const long = CREATED + text("x").repeat(20) + COMPLETED;
    expect(told([[long, 8 * SECOND]], 8 * SECOND)).toContain("timing/buffered");
    expect(told([[long, 8]], 8)).not.toContain("timing/");
  });
});
