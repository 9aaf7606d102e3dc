import { Callbacks } from "./callbacks.ts";
import type { KnownParser } from "./known-parser.ts";
import { fetchOf } from "./web-streams.ts";

interface Transport {
  onmessage?: (message: { readonly method?: string }) => void;
  onerror?: (error: Error) => void;
  start(): Promise<void>;
  resumeStream(token: string, options: { onresumptiontoken(id: string): void }): Promise<void>;
  close(): Promise<void>;
}
interface Module {
  readonly StreamableHTTPClientTransport: new (
    url: URL,
    options: {
      fetch: (url: string | URL) => Promise<Response>;
      reconnectionOptions: Readonly<Record<string, number>>;
    },
  ) => Transport;
}

const payload = (digits: string): string => `{"jsonrpc":"2.0","method":"${digits}"}`;
const noReconnection = {
  maxRetries: 0,
  initialReconnectionDelay: 1,
  maxReconnectionDelay: 1,
  reconnectionDelayGrowFactor: 1,
};

/**
 * JSON-RPC messages only. Below it is the `EventSourceParserStream` of eventsource-parser 3 behind a `TextDecoderStream`; its
 * older `SSEClientTransport` is the `eventsource` package.
 */
export const modelContextProtocol: KnownParser = {
  name: "@modelcontextprotocol/sdk",
  async load(load, name) {
    const { StreamableHTTPClientTransport } = await load<Module>(`${name}/client/streamableHttp.js`);
    return {
      name,
      shows: { type: false, id: "own-or-empty", data: "json" },
      payload,
      hides: (type) => type !== "message",
      async *read(chunks) {
        const callbacks = new Callbacks();
        const transport = new StreamableHTTPClientTransport(new URL("http://127.0.0.1/"), {
          fetch: fetchOf(chunks),
          reconnectionOptions: noReconnection,
        });
        let id: string | undefined;
        transport.onmessage = ({ method }) => callbacks.tell({ data: payload(String(method)), id });
        // The end of the stream is told as an attempt to connect again that it must not make.
        transport.onerror = (error) => callbacks.close(/^Maximum reconnection/.test(error.message) ? undefined : error);
        await transport.start();
        await transport.resumeStream("none", {
          onresumptiontoken: (token) => {
            id = token;
            // It is told in the turn of its message, or of an event that is no message.
            queueMicrotask(() => {
              id = undefined;
            });
          },
        });
        try {
          yield* callbacks;
        } finally {
          await transport.close();
        }
      },
    };
  },
};
