import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createStreamCheck, type Protocol, type StreamResult } from "@ssert/protocol";
import type { Report } from "@ssert/report";
import { describe, expect, it } from "vitest";
import { shipped } from "../../fuzz/test/laws/protocols.ts";
import { chunked, someStreams } from "../../fuzz/test/laws/streams.ts";
import { ssert } from "./in-process.ts";
import { folder } from "./places.ts";

const STREAMS = 12;
const CUTS = [0.1, 0.35, 0.351, 0.8];

type Verdict = Pick<StreamResult, "verdict" | "events" | "findings" | "heldBack">;

/** Judged while it comes, chunk by chunk: the findings as they are told. */
function online(protocol: Protocol, bytes: Uint8Array): Verdict {
  const told: StreamResult["findings"][number][] = [];
  const check = createStreamCheck({ protocol, onFinding: (finding) => told.push(finding) });
  for (const chunk of chunked(bytes, CUTS)) check.push(chunk);
  const { verdict, events, findings, heldBack } = check.end();
  expect(told).toHaveLength(findings.length);
  return { verdict, events, findings, heldBack };
}

/** The same facts from the report of the command. */
async function reported(args: readonly string[], stdin: readonly Uint8Array[] = []): Promise<readonly Verdict[]> {
  const { out } = await ssert(["validate", ...args, "--json"], { stdin });
  const report: Report = JSON.parse(out);
  return report.streams.map(({ verdict, events, findings, heldBack }) => {
    if (verdict === "no-stream" || verdict === "unreadable") throw new Error(`a stream is ${verdict}`);
    return { verdict, events, findings, heldBack };
  });
}

describe.each(shipped)("%s", (name, protocol) => {
  it("a finding is the same online, from a file and from standard input", async () => {
    const streams = someStreams(protocol, STREAMS);
    const expected = streams.map((bytes) => online(protocol, bytes));
    // Else there would be nothing to compare.
    expect(new Set(expected.map(({ verdict }) => verdict)).size).toBeGreaterThan(1);

    const dir = folder();
    for (const [index, bytes] of streams.entries()) {
      writeFileSync(join(dir, `${String(index).padStart(2, "0")}.sse`), bytes);
    }
    expect(await reported([dir, "--protocol", name])).toEqual(expected);
    for (const [index, bytes] of streams.entries()) {
      expect(await reported(["-", "--protocol", name], chunked(bytes, CUTS))).toEqual(expected.slice(index, index + 1));
    }
  });
});
