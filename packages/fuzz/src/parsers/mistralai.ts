import type { ReadableStream } from "node:stream/web";
import type { ParserAdapter } from "../adapters/adapter.ts";
import type { KnownParser, Load } from "./known-parser.ts";
import { bodyOf, fetchOf, readEach } from "./web-streams.ts";

interface Shown {
  readonly event?: string | null;
  readonly data?: string;
  readonly id?: string | null;
}
interface Module {
  readonly EventStream: new (
    body: ReadableStream<Uint8Array>,
    parse: (message: Shown) => { value: Shown; done: boolean },
  ) => AsyncIterable<Shown>;
}

interface PublicModule {
  readonly HTTPClient: new (options: { fetcher: () => Promise<Response> }) => object;
  readonly Mistral: new (options: {
    apiKey: string;
    httpClient: object;
  }) => {
    readonly chat: { stream(request: object): Promise<AsyncIterable<{ readonly data: { readonly id: string } }>> };
  };
}

const payload = (digits: string): string => `{"id":"${digits}","model":"none","choices":[]}`;

/** A streamed answer of the client: payloads of the chat API, whose `id` is any text. */
const publicEntry = (load: Load, name: string): ParserAdapter => ({
  name: `chat.stream() of ${name}`,
  shows: { type: false, id: false, data: "json" },
  payload,
  read: readEach(
    async (chunks) => {
      const { Mistral } = await load<PublicModule>(name);
      const { HTTPClient } = await load<PublicModule>(`${name}/lib/http`);
      const answer = fetchOf(chunks);
      const httpClient = new HTTPClient({ fetcher: () => answer("http://127.0.0.1/") });
      return new Mistral({ apiKey: "none", httpClient }).chat.stream({ model: "none", messages: [] });
    },
    ({ data }) => ({ data: payload(data.id) }),
  ),
});

export const mistralai: KnownParser = {
  name: "@mistralai/mistralai",
  async load(load, name) {
    const { EventStream } = await load<Module>(`${name}/lib/event-streams`);
    return {
      name,
      shows: { id: "last" },
      publicEntry: publicEntry(load, name),
      read: readEach(
        (chunks) => new EventStream(bodyOf(chunks), (message) => ({ value: message, done: false })),
        ({ event, data, id }) => ({ type: event ?? undefined, data: data ?? "", id: id ?? undefined }),
      ),
    };
  },
};
