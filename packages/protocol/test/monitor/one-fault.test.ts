import { existsSync, readFileSync } from "node:fs";
import { createDecoder } from "@ssert/wire";
import { describe, expect, test } from "vitest";
import { defineProtocol, type Protocol } from "../../src/index.ts";
import { type Edited, edits, propertyEdits } from "./edits.ts";
import { answer } from "./pokee-stream.ts";
import { found, pokee, type Sent } from "./streams.ts";
import { renumbered, upload, uploaded } from "./upload.ts";

/** Errors of a stream; those that several scopes left open bring are one fault. */
function errors(protocol: Protocol, events: readonly Sent[]): readonly string[] {
  const off = new Set(protocol.rules.filter(({ severity }) => severity !== "error").map(({ id }) => id));
  return found(protocol, events).filter((finding) => {
    const rule = finding.split("@")[0] ?? "";
    return rule !== "event/name" && !off.has(rule);
  });
}

function withFollowers(protocol: Protocol, all: readonly Edited[]): readonly unknown[] {
  return all
    .map(({ what, events }) => ({ what, errors: errors(protocol, events) }))
    .filter((edited) => edited.errors.length > 1);
}

describe("one fault is one error", () => {
  test("whatever happens to one event of a Pokee stream", () => {
    expect(withFollowers(pokee, [...edits(answer), ...propertyEdits(answer, [])])).toEqual([]);
  });

  test("whatever happens to one event of an upload", () => {
    const all = [...edits(uploaded), ...propertyEdits(uploaded, ["t"])];
    expect(withFollowers(upload, all)).toEqual([]);
    const recounted = all.filter(({ what }) => /^(drop|copy|swap)/.test(what));
    expect(
      withFollowers(
        upload,
        recounted.map(({ what, events }) => ({ what, events: renumbered(events) })),
      ),
    ).toEqual([]);
  });

  const shared = new URL("../../../../../shared/", import.meta.url);
  const recorded = [
    ["anthropic-messages", "prism-stream-with-web-search-citations-1"],
    ["anthropic-messages", "prism-stream-with-extended-thinking-1"],
    ["openai-responses", "pydantic-ai-stream"],
    ["openai-chat", "openai-python-f82268f2fefd"],
  ] as const;
  test.for(recorded)("whatever happens to one event of a recorded %s stream, %s", async ([name, file], { skip }) => {
    skip(!existsSync(shared), "no recordings beside the project");
    const recording = new URL(`recordings/${name}/${file}.sse`, shared);
    const definition: unknown = JSON.parse(readFileSync(new URL(`protocols/${name}.json`, shared), "utf8"));
    const protocol = await defineProtocol(definition);
    expect(withFollowers(protocol, edits(eventsOf(readFileSync(recording))))).toEqual([]);
  });
});

function eventsOf(bytes: Uint8Array): readonly Sent[] {
  const events: Sent[] = [];
  const decoder = createDecoder({
    event: ({ type, data }) => events.push(type === undefined ? { data } : { type, data }),
  });
  decoder.push(bytes);
  decoder.end();
  return events;
}
