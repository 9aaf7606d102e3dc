import { ReadableStream } from "node:stream/web";
import type { ShownEvent, StreamAdapter } from "../adapters/adapter.ts";

/** A body as `fetch` gives it. */
export function bodyOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return ReadableStream.from(chunks);
}

/** A response as `fetch` gives it. */
export function responseOf(chunks: AsyncIterable<Uint8Array>): Response {
  return new Response(bodyOf(chunks), { headers: { "content-type": "text/event-stream" } });
}

/** A `fetch` that answers with these chunks the first time and never again. */
export function fetchOf(chunks: AsyncIterable<Uint8Array>): (url: string | URL) => Promise<Response> {
  let answered = false;
  return async (url) => {
    if (answered) return new Promise<never>(() => {});
    answered = true;
    // A response that was made, not fetched, has no address; clients of redirects look at it.
    return Object.defineProperty(responseOf(chunks), "url", { value: String(url) });
  };
}

/** The `read` of an adapter for a parser whose events are iterated, each of them shown by `show`. */
export function readEach<Event>(
  open: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Event> | Promise<AsyncIterable<Event>>,
  show: (event: Event) => ShownEvent,
): StreamAdapter["read"] {
  return async function* (chunks) {
    for await (const event of await open(chunks)) yield show(event);
  };
}
