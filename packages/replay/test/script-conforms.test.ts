import { builtinProtocol, createStreamCheck, type Protocol, type StreamResult } from "@ssert/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeMockEvent } from "../src/mock/answers.ts";
import { script } from "../src/mock/script.ts";
import { PokeeClient } from "./support/pokee.ts";
import { anyPrompt } from "./support/prompts.ts";
import { mocking } from "./support/servers.ts";

const protocol = pokee();

function pokee(): Protocol {
  const builtin = builtinProtocol("pokee");
  if (builtin === undefined) throw new Error("pokee is built in");
  return builtin;
}

/** What the protocol has to say of a stream, warnings included. */
function judge(stream: Uint8Array): StreamResult {
  const check = createStreamCheck({ protocol });
  check.push(stream);
  return check.end();
}

function streamFor(message: string): Uint8Array {
  let tools = 0;
  return Buffer.concat(
    script(message, { messageId: "m", sessionId: "s", toolId: () => `t${++tools}` }).map(encodeMockEvent),
  );
}

const MESSAGES = [
  "Hello",
  "poem",
  "Write about persistent storage",
  "why?",
  "tools",
  "unicode",
  "a long answer",
  "fail",
];

describe("the Pokee protocol finds nothing in the answer to", () => {
  test.each([...MESSAGES, "a long answer"])("%s", (message) => {
    expect(judge(streamFor(message))).toMatchObject({
      protocol: "pokee@1",
      verdict: "valid",
      findings: [],
      heldBack: 0,
    });
  });

  test("any prompt", () => {
    fc.assert(
      fc.property(anyPrompt(), fc.constantFrom(...MESSAGES), (prompt, message) => {
        expect(judge(streamFor(`${prompt} ${message}`)).findings).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test("a message over HTTP", async () => {
    const api = new PokeeClient((await mocking({ pace: 0 })).url);
    const { chunks } = await api.say(await api.open(), "tools");
    expect(judge(Buffer.concat(chunks))).toMatchObject({ verdict: "valid", findings: [] });
  });
});

test("the check that this file relies on does find a fault", () => {
  const stream = streamFor("Hello");
  expect(judge(stream.subarray(0, -2)).findings).not.toEqual([]);
});
