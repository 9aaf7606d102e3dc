import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { builtinProtocol, createStreamCheck } from "../../src/index.ts";

/** Real streams, where they are at hand. */
const RECORDINGS = new URL("../../../../../shared/recordings/", import.meta.url);

interface Recorded {
  /** `RULE@EVENT`, or `RULE@end`. */
  readonly findings: readonly string[];
  /** Why it is right that it fails. */
  readonly because: string;
}

const CUT: Recorded = {
  findings: ["sse/unterminated@end", "stream/truncated@end"],
  because: "its last blank line is missing, so no client is ever given its last event, which is the one that ends it",
};

/** What is found in the streams of a protocol, or of a variant; in all others, nothing. */
const KNOWN: Readonly<Record<string, Readonly<Record<string, Recorded>>>> = {
  "anthropic-messages": {
    "anthropic-sdk-python-fallback_response.sse": CUT,
    "anthropic-sdk-python-incomplete_partial_json_response.sse": CUT,
    "anthropic-sdk-python-refusal_response.sse": CUT,
  },
  "openai-responses": {
    "pydantic-ai-raw_cot_stream_openrouter.sse": {
      findings: ["event/name@1", "response/closed@41"],
      because: "OpenRouter sends no `event:` lines, and [DONE] after response.completed: OpenAI does neither",
    },
  },
  "openai-responses+openrouter": {},
  "openai-chat": { "prism-stream-text-with-tools-1.sse": CUT },
  // The same file, since what it lacks is no deviation of the vendor's.
  "openai-chat+openrouter": { "prism-stream-text-with-tools-1.sse": CUT },
};

test.for(Object.keys(KNOWN))("recorded streams under %s: only what is known is found", (name, { skip }) => {
  const folder = new URL(`${name.replace(/\+.*/, "")}/`, RECORDINGS);
  skip(!existsSync(folder), "no recordings beside the project");
  const protocol = builtinProtocol(name);
  const files = readdirSync(folder).filter((file) => file.endsWith(".sse"));
  expect(files.length).toBeGreaterThan(2);
  expect(files).toEqual(expect.arrayContaining(Object.keys(KNOWN[name] ?? {})));
  for (const file of files) {
    const stream = createStreamCheck({ protocol });
    stream.push(readFileSync(new URL(file, folder)));
    const { findings, heldBack, protocol: id } = stream.end();
    const found = findings.map(({ rule, event }) => `${rule}@${event?.number ?? "end"}`);
    const { findings: expected, because } = KNOWN[name]?.[file] ?? { findings: [], because: "it ends as it should" };
    expect({ id, file, found, heldBack }, because).toEqual({ id: `${name}@1`, file, found: expected, heldBack: 0 });
  }
});
