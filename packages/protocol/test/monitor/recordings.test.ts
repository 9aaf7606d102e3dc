import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createStreamCheck, defineProtocol } from "../../src/index.ts";

/** Real streams and the protocol files that were written for them, where they are at hand. */
const shared = new URL("../../../../../shared/", import.meta.url);

/** Why a recorded stream is right to have findings; all others have none. */
const DEVIATIONS: Readonly<Record<string, readonly string[]>> = {
  // SDK fixtures and an OpenRouter body that lack their last blank line: the last event is never dispatched.
  "anthropic-sdk-python-fallback_response": ["sse/unterminated", "stream/truncated"],
  "anthropic-sdk-python-incomplete_partial_json_response": ["sse/unterminated", "stream/truncated"],
  "anthropic-sdk-python-refusal_response": ["sse/unterminated", "stream/truncated"],
  "prism-stream-text-with-tools-1": ["sse/unterminated", "stream/truncated"],
  // OpenRouter's clone of Responses: no event lines, and [DONE] after the end.
  "pydantic-ai-raw_cot_stream_openrouter": ["event/name", "response/closed"],
};

test.for(["anthropic-messages", "openai-responses", "openai-chat"])(
  "recorded streams of %s are as they are known to be",
  async (name, { skip }) => {
    skip(!existsSync(shared), "no recordings beside the project");
    const folder = new URL(`recordings/${name}/`, shared);
    const protocol = await defineProtocol(JSON.parse(readFileSync(new URL(`protocols/${name}.json`, shared), "utf8")));
    const files = readdirSync(folder).filter((file) => file.endsWith(".sse"));
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const stream = createStreamCheck({ protocol });
      stream.push(readFileSync(new URL(file, folder)));
      const { findings, heldBack } = stream.end();
      const rules = findings.map(({ rule }) => rule);
      const expected = DEVIATIONS[file.replace(/\.sse$/, "")] ?? [];
      expect({ file, rules, heldBack }).toEqual({ file, rules: expected, heldBack: 0 });
    }
  },
);
