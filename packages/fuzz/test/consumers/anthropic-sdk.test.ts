import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { builtinProtocol, type Protocol } from "@ssert/protocol";
import { describe, expect, it } from "vitest";
import { type Consumer, checkConsumer, describeConsumer, type SampleStream } from "../../src/index.ts";

// A consumer that others wrote: `MessageStream` of the Anthropic SDK, given streams through the client's own `fetch`.

const folder = fileURLToPath(new URL("../../../../tools/parsers/package.json", import.meta.url));

interface Message {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}
interface MessageStream {
  finalMessage(): Promise<Message>;
}
interface Sdk {
  readonly default: new (options: {
    apiKey: string;
    fetch: () => Promise<Response>;
    maxRetries: number;
    logLevel: "off";
  }) => { readonly messages: { stream(request: object): MessageStream } };
}

const protocol = anthropicMessages();

function anthropicMessages(): Protocol {
  const found = builtinProtocol("anthropic-messages");
  if (found === undefined) throw new Error("anthropic-messages is built in");
  return found;
}

async function messageStream(): Promise<Consumer<Message>> {
  const entry = createRequire(folder).resolve("@anthropic-ai/sdk");
  const { default: Anthropic }: Sdk = await import(pathToFileURL(entry).href);
  return async (chunks) => {
    const headers = { "content-type": "text/event-stream" };
    const fetch = async (): Promise<Response> => new Response(ReadableStream.from(chunks), { headers });
    const client = new Anthropic({ apiKey: "none", fetch, maxRetries: 0, logLevel: "off" });
    return await client.messages.stream({ model: "none", max_tokens: 1, messages: [] }).finalMessage();
  };
}

/** What the text blocks of a stream spell: how they begin, and their deltas. Blocks of unknown kinds may have any delta. */
function textOf({ events }: SampleStream): string {
  let text = "";
  let kind: unknown;
  for (const { data } of events) {
    const { type, delta, content_block: block } = JSON.parse(data);
    if (type === "content_block_start") {
      kind = block.type;
      if (kind === "text") text += block.text;
    } else if (type === "content_block_delta" && delta.type === "text_delta" && kind === "text") text += delta.text;
  }
  return text;
}

describe("MessageStream of @anthropic-ai/sdk", () => {
  it("takes every valid stream, whatever the chunks, and spells its text", async () => {
    const result = await checkConsumer(await messageStream(), {
      protocol,
      runs: 50,
      rules: [],
      check: ({ content }, stream) => {
        const texts = content.filter(({ type }) => type === "text").map(({ text }) => text);
        expect(texts.join("")).toBe(textOf(stream));
      },
    });
    expect(describeConsumer(result)).toBe(
      "No finding in 50 valid and 0 broken streams of anthropic-messages@1, seed 1.",
    );
  });

  it("notices some broken streams, and gives a message for others", async () => {
    const noticed = ["event/not-json", "message/already-open", "message/not-open", "stream/truncated"];
    const swallowed = ["block/not-open", "block/closed", "block/unclosed", "message/missing", "event/payload"];
    const result = await checkConsumer(await messageStream(), {
      protocol,
      runs: 40,
      rules: [...noticed, ...swallowed],
      broken: { "*": "throws" },
    });
    expect(result.findings.map(({ claim, rule }) => [claim, rule])).toEqual(swallowed.map((rule) => ["notices", rule]));
  });
});
