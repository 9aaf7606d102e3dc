import type { KnownParser } from "./known-parser.ts";
import { fetchOf, readEach } from "./web-streams.ts";

interface Module {
  readonly InferenceClient: new (
    token: string,
    options: { fetch: (url: string | URL) => Promise<Response>; endpointUrl: string },
  ) => {
    chatCompletionStream(request: { model: string; messages: readonly object[] }): AsyncIterable<unknown>;
  };
}

/** Payloads only, parsed. */
export const huggingface: KnownParser = {
  name: "@huggingface/inference",
  async load(load, name) {
    const { InferenceClient } = await load<Module>(name);
    return {
      name,
      shows: { type: false, id: false, data: "json" },
      read: readEach(
        (chunks) => {
          const client = new InferenceClient("hf_none", { fetch: fetchOf(chunks), endpointUrl: "http://127.0.0.1/v1" });
          return client.chatCompletionStream({ model: "none", messages: [{ role: "user", content: "" }] });
        },
        (value) => ({ data: JSON.stringify(value) }),
      ),
    };
  },
};
