import { Callbacks } from "./callbacks.ts";
import type { KnownParser } from "./known-parser.ts";
import { responseOf } from "./web-streams.ts";

interface Observable<T> {
  subscribe(observer: { next(value: T): void; error(error: unknown): void; complete(): void }): unknown;
}
interface Module {
  runHttpRequest(fetchResponse: () => Promise<Response>): Observable<unknown>;
  parseSSEStream(source: Observable<unknown>): Observable<unknown>;
}

/** Payloads only, parsed. */
export const agUi: KnownParser = {
  name: "@ag-ui/client",
  async load(load, name) {
    const { runHttpRequest, parseSSEStream } = await load<Module>(name);
    return {
      name,
      shows: { type: false, id: false, data: "json" },
      async *read(chunks) {
        const callbacks = new Callbacks();
        parseSSEStream(runHttpRequest(async () => responseOf(chunks))).subscribe({
          next: (value) => callbacks.tell({ data: JSON.stringify(value) }),
          error: (error) => callbacks.close(error),
          complete: () => callbacks.close(),
        });
        yield* callbacks;
      },
    };
  },
};
