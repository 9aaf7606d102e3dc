import type { KnownParser } from "./known-parser.ts";
import { readEach, responseOf } from "./web-streams.ts";

interface Shown {
  readonly event: string | null;
  readonly data: string;
}
interface Module {
  _iterSSEMessages(response: Response, controller: AbortController): AsyncIterable<Shown>;
}

/** SDKs that are generated from one template: the decoder below their `Stream`, which they export for their own tests. */
const family = (name: string): KnownParser => ({
  name,
  async load(load, installedAs) {
    const { _iterSSEMessages: iterate } = await load<Module>(`${installedAs}/core/streaming`);
    return {
      name: installedAs,
      shows: { id: false },
      read: readEach(
        (chunks) => iterate(responseOf(chunks), new AbortController()),
        ({ event, data }) => ({ type: event ?? undefined, data }),
      ),
    };
  },
});

export const openai: KnownParser = family("openai");
export const anthropic: KnownParser = family("@anthropic-ai/sdk");
export const groq: KnownParser = family("groq-sdk");
