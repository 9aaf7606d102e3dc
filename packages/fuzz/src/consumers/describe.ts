import type { Claim, ConsumerFinding, ConsumerResult } from "./consumer.ts";

const TITLES: Readonly<Record<Claim, string>> = {
  accepts: "valid streams are accepted",
  chunking: "chunking changes nothing",
  check: "what was asserted holds",
  notices: "broken streams are noticed",
};

/** What was found, for people. */
export function describeConsumer({ protocol, seed, streams, findings, untried }: ConsumerResult): string {
  const read = `${streams.valid} valid and ${streams.broken} broken streams of ${protocol}, seed ${seed}`;
  const skipped = untried.length === 0 ? [] : [`Not tried, since no stream allowed it: ${untried.join(", ")}.`];
  return [findings.length === 0 ? `No finding in ${read}.` : read, ...findings.map(describeFinding), ...skipped].join(
    "\n\n",
  );
}

function describeFinding({ claim, rule, message, change, chunks, path }: ConsumerFinding): string {
  const about = rule === undefined ? "" : ` (${rule})`;
  const lines = [`✗ ${TITLES[claim]}${about}: ${message}`];
  if (change !== undefined) lines.push(`  The stream is valid but for this: ${change}.`);
  if (path === undefined) lines.push(...preview(chunks));
  else lines.push(`  The stream is in ${path}`);
  return lines.join("\n");
}

/** Lines of a stream that are shown where it is not saved. */
const SHOWN_LINES = 24;

function preview(chunks: readonly Uint8Array[]): readonly string[] {
  const lines = new TextDecoder().decode(Buffer.concat(chunks)).trimEnd().split("\n");
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `  │ ${line}`);
  return lines.length > SHOWN_LINES ? [...shown, `  │ … ${lines.length - SHOWN_LINES} more lines`] : shown;
}
