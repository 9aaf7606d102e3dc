import type { KnownParser } from "./known-parser.ts";
import { bodyOf, readEach } from "./web-streams.ts";

type Parsed =
  | { readonly success: true; readonly value: unknown }
  | { readonly success: false; readonly error: unknown };
interface Module {
  parseJsonEventStream(options: { stream: AsyncIterable<Uint8Array>; schema: unknown }): AsyncIterable<Parsed>;
  jsonSchema(schema: object): unknown;
}

/** Payloads only, parsed. */
export const aiSdk: KnownParser = {
  name: "@ai-sdk/provider-utils",
  async load(load, name) {
    const { parseJsonEventStream, jsonSchema } = await load<Module>(name);
    return {
      name,
      shows: { type: false, id: false, data: "json" },
      read: readEach(
        (chunks) => parseJsonEventStream({ stream: bodyOf(chunks), schema: jsonSchema({}) }),
        (parsed) => ({ data: parsed.success ? JSON.stringify(parsed.value) : String(parsed.error) }),
      ),
    };
  },
};
