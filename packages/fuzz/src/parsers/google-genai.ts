import type { KnownParser } from "./known-parser.ts";
import { fetchOf, readEach } from "./web-streams.ts";

interface Module {
  readonly GoogleGenAI: new (options: {
    apiKey: string;
    httpOptions: { fetch: (url: string | URL) => Promise<Response> };
  }) => {
    readonly models: {
      generateContentStream(request: object): Promise<AsyncIterable<{ readonly responseId?: string }>>;
    };
  };
}

const payload = (digits: string): string => `{"responseId":"${digits}"}`;

/** Payloads only, parsed, and of those only the fields of a response: its `responseId` is any text. */
export const googleGenai: KnownParser = {
  name: "@google/genai",
  async load(load, name) {
    const { GoogleGenAI } = await load<Module>(name);
    return {
      name,
      shows: { type: false, id: false, data: "json" },
      payload,
      deviations: [
        {
          property: "stream/unfinished",
          reason:
            "throws on purpose when something is left over at the end, so that half an answer is not taken for one",
        },
      ],
      read: readEach(
        (chunks) => {
          const client = new GoogleGenAI({ apiKey: "none", httpOptions: { fetch: fetchOf(chunks) } });
          return client.models.generateContentStream({ model: "none", contents: "" });
        },
        ({ responseId }) => ({ data: payload(String(responseId)) }),
      ),
    };
  },
};
