import { createMonitor, type Protocol } from "@ssert/protocol";
import { createDecoder } from "@ssert/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validStreams } from "../../src/index.ts";
import { judge, shipped } from "./protocols.ts";
import { type Dress, dress, dressed } from "./streams.ts";

/** Number of the event that ends the stream. */
function terminalOf(protocol: Protocol, bytes: Uint8Array): number {
  let terminal = 0;
  const monitor = createMonitor(protocol, { onFinding: () => {} });
  const decoder = createDecoder({
    event: (event) => {
      const before = monitor.ended;
      monitor.event(event);
      if (monitor.ended && !before) terminal = event.number;
    },
  });
  decoder.push(bytes);
  return terminal;
}

describe.each(shipped)("%s", (_, protocol) => {
  it("a stream cut anywhere before its terminal event is dispatched is truncated, without another error", () => {
    const streams = validStreams(protocol, { size: 4 });
    fc.assert(
      fc.property(streams, dress, ({ events }, how: Dress) => {
        const bytes = dressed(events, how);
        const terminal = terminalOf(protocol, bytes);
        expect(terminal).toBeGreaterThan(0);
        expect(judge(protocol, bytes)).toMatchObject({ verdict: "valid", heldBack: 0 });
        for (let cut = 0; cut < bytes.length; cut += 1) {
          const { verdict, events: dispatched, findings, heldBack } = judge(protocol, bytes.subarray(0, cut));
          const errors = findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
          const isCut = dispatched < terminal;
          // One plain comparison a byte: there are some 100,000.
          const right = isCut ? verdict === "truncated" && errors.join() === "stream/truncated" : verdict === "valid";
          if (!right || heldBack > 0) expect({ cut, verdict, errors, heldBack }).toBe(isCut ? "truncated" : "valid");
        }
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});
