import type { KnownParser } from "./known-parser.ts";
import { fetchOf, readEach } from "./web-streams.ts";

interface Module {
  readonly CohereClientV2: new (options: {
    token: string;
    baseUrl: string;
    fetch: (url: string | URL) => Promise<Response>;
    maxRetries: number;
  }) => { chatStream(request: object): Promise<AsyncIterable<{ readonly type: string }>> };
}

const payload = (digits: string): string => `{"type":"${digits}"}`;

/** Payloads only, parsed, and of those only objects of the chat API: their `type` is kept whatever it is. */
export const cohere: KnownParser = {
  name: "cohere-ai",
  async load(load, name) {
    const { CohereClientV2 } = await load<Module>(name);
    return {
      name,
      shows: { type: false, id: false, data: "json" },
      payload,
      read: readEach(
        (chunks) => {
          const options = { token: "none", baseUrl: "http://127.0.0.1", fetch: fetchOf(chunks), maxRetries: 0 };
          return new CohereClientV2(options).chatStream({ model: "none", messages: [{ role: "user", content: "" }] });
        },
        ({ type }) => ({ data: payload(type) }),
      ),
    };
  },
};
