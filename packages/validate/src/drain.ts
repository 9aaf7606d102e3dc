/** How reading a source ended: at its end, or before it. */
export type Drained =
  | { readonly end: "complete" }
  | { readonly end: "interrupted" }
  | { readonly end: "failed"; readonly cause: unknown };

/**
 * Hands every item of a source to `take`, and stops when the signal says so, also while it waits for an item that may never
 * come (a pipe). What reading throws is returned; what `take` throws is thrown.
 */
export async function drain<T>(
  source: AsyncIterable<T>,
  take: (item: T) => void,
  signal: AbortSignal | undefined,
): Promise<Drained> {
  const iterator = source[Symbol.asyncIterator]();
  let interrupt = (): void => {};
  const onAbort = (): void => interrupt();
  signal?.addEventListener("abort", onAbort);
  /** One race a read: racing each against one long-lived promise would keep every item of the stream alive. */
  const next = (): Promise<IteratorResult<T> | "interrupted"> =>
    new Promise((resolve, reject) => {
      interrupt = () => resolve("interrupted");
      if (signal?.aborted) interrupt();
      else iterator.next().then(resolve, reject);
    });
  try {
    for (;;) {
      const result = await next().catch((cause: unknown) => ({ cause }));
      if (result === "interrupted") return { end: "interrupted" };
      if ("cause" in result) return { end: "failed", cause: result.cause };
      if (result.done) return { end: "complete" };
      take(result.value);
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    // Lets go of the file. Not waited for: behind a read that never ends it would not end either.
    iterator.return?.().catch(() => {});
  }
}
