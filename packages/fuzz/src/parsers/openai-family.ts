import type { ParserAdapter } from "../adapters/adapter.ts";
import type { KnownParser, Load } from "./known-parser.ts";
import { fetchOf, readEach, responseOf } from "./web-streams.ts";

interface Shown {
  readonly event: string | null;
  readonly data: string;
}
interface Module {
  _iterSSEMessages(response: Response, controller: AbortController): AsyncIterable<Shown>;
}

interface Completions {
  create(request: object): Promise<AsyncIterable<unknown>>;
}
/** Of openai and groq-sdk `chat.completions`, of @anthropic-ai/sdk `messages`. */
interface Client {
  readonly chat?: { readonly completions: Completions };
  readonly messages?: Completions;
}
interface PublicModule {
  readonly default: new (options: {
    apiKey: string;
    fetch: (url: string | URL) => Promise<Response>;
    maxRetries: number;
    logLevel: "off";
  }) => Client;
}

/** A streamed answer of the client: payloads only, parsed. */
const publicEntry = (load: Load, name: string, hides: (type: string) => boolean): ParserAdapter => ({
  name: `create({ stream: true }) of ${name}`,
  shows: { type: false, id: false, data: "json" },
  hides,
  read: readEach(
    async (chunks) => {
      const { default: Client } = await load<PublicModule>(name);
      const client = new Client({ apiKey: "none", fetch: fetchOf(chunks), maxRetries: 0, logLevel: "off" });
      const completions = client.chat?.completions ?? client.messages;
      if (completions === undefined) throw new TypeError(`${name} has neither chat.completions nor messages`);
      return completions.create({ model: "none", max_tokens: 1, messages: [], stream: true });
    },
    (value) => ({ data: JSON.stringify(value) }),
  ),
});

/** SDKs that are generated from one template: the decoder below their `Stream`, which they export for their own tests. */
const family = (name: string, hides: (type: string) => boolean): KnownParser => ({
  name,
  async load(load, installedAs) {
    const { _iterSSEMessages: iterate } = await load<Module>(`${installedAs}/core/streaming`);
    return {
      name: installedAs,
      shows: { id: false },
      publicEntry: publicEntry(load, installedAs, hides),
      read: readEach(
        (chunks) => iterate(responseOf(chunks), new AbortController()),
        ({ event, data }) => ({ type: event ?? undefined, data }),
      ),
    };
  },
});

// `error` is thrown, and `thread.…` comes in another shape; the rest comes through as it is.
const fromThreads = (type: string): boolean => type === "error" || type.startsWith("thread.");

export const openai: KnownParser = family("openai", fromThreads);
export const groq: KnownParser = family("groq-sdk", fromThreads);
// Events without a type are passed over.
export const anthropic: KnownParser = family("@anthropic-ai/sdk", (type) => /^(?:message|ping|error)$/.test(type));
