import { builtinProtocol, builtinProtocols, createCoverage, createStreamCheck } from "@ssert/protocol";
import { expect, it } from "vitest";
import { encodeSample, sampleStream } from "../../src/index.ts";

/** Every transition of the four protocols has come by then: the last, of Anthropic Messages, between the 1,200th and this. */
const SAMPLES = 3_000;

it.each(builtinProtocols().map(({ name }) => name))(
  "samples of %s show every event, every transition, and every optional property there and not there",
  (name) => {
    const protocol = builtinProtocol(name);
    if (protocol === undefined) throw new Error(`${name} is built in`);
    const coverage = createCoverage(protocol);
    for (let seed = 0; seed < SAMPLES; seed += 1) {
      const watcher = coverage.stream();
      const check = createStreamCheck({
        protocol,
        onEvent: (event) => watcher.event(event),
        onFinding: (finding) => watcher.finding(finding),
      });
      check.push(encodeSample(sampleStream(protocol, { seed }).events));
      expect(check.end().verdict, `seed ${seed}`).toBe("valid");
      watcher.end();
    }
    const { events, transitions, properties } = coverage.report().groups;
    for (const { items } of [events, transitions, properties]) {
      expect(items.filter(({ count }) => count === 0).map(({ id }) => id)).toEqual([]);
    }
  },
  120_000,
);
