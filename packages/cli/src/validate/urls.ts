import { type ReceiveOptions, receive } from "@ssert/record";
import { keptUrl, type TapeEnd } from "@ssert/tape";
import type { Chunk, LiveStream } from "@ssert/validate";

export type UrlOptions = Pick<
  ReceiveOptions,
  "method" | "headers" | "body" | "tool" | "maxTimeMs" | "idleTimeoutMs" | "clock"
>;

/**
 * Opens URLs as live streams: one request each, judged as it comes. Redirects are not followed. Rejects with RecordError where
 * no response comes, also because `signal` is aborted.
 */
export function urlOpener(options: UrlOptions, signal: AbortSignal): (url: string) => Promise<LiveStream> {
  return (url) =>
    new Promise((resolve, reject) => {
      const stop = new AbortController();
      const pipe = createPipe<Chunk>(() => stop.abort());
      let lastUs = 0;
      let ended: { end: TapeEnd; elapsedUs: number } | undefined;
      const over = (): void => {
        signal.removeEventListener("abort", aborted);
        pipe.end();
      };
      const aborted = (): void => stop.abort();
      signal.addEventListener("abort", aborted);
      receive({
        ...options,
        url,
        signal: signal.aborted ? signal : stop.signal,
        onResponse: (response, location) =>
          resolve({
            response,
            ...(location !== undefined && { location: keptUrl(URL.parse(location, url)?.href ?? location) }),
            chunks: pipe.items,
            ended: () => ended ?? { end: "client", elapsedUs: lastUs },
          }),
        onChunk(bytes, atUs) {
          pipe.push({ bytes, afterUs: atUs - lastUs });
          lastUs = atUs;
        },
      }).then(
        (reception) => {
          ended = reception;
          over();
        },
        (error: unknown) => {
          reject(error);
          over();
        },
      );
    });
}

/** What is pushed on one side is pulled on the other. The judge is faster than a network, so little ever waits. */
interface Pipe<T> {
  push(item: T): void;
  end(): void;
  readonly items: AsyncIterable<T>;
}

function createPipe<T>(onReturn: () => void): Pipe<T> {
  const waiting: T[] = [];
  let over = false;
  let wake = (): void => {};
  async function next(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      const [item] = waiting.splice(0, 1);
      if (item !== undefined) return { done: false, value: item };
      if (over) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    push(item) {
      waiting.push(item);
      wake();
    },
    end() {
      over = true;
      wake();
    },
    items: {
      [Symbol.asyncIterator]: () => ({
        next,
        async return() {
          over = true;
          onReturn();
          return { done: true, value: undefined };
        },
      }),
    },
  };
}
