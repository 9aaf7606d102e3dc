/** What ends a recording from our side. */
export interface BoundOptions {
  readonly signal?: AbortSignal;
  /** Of the whole exchange, from the start. */
  readonly maxTimeMs?: number;
  /** Between two arrivals, from the response's headers on. */
  readonly idleTimeoutMs?: number;
}

export interface Bounds {
  /** Headers or bytes have come: idle time counts from here. */
  arrived(): void;
  /** No more stops. */
  clear(): void;
}

/** Node's timers fire at once for more than this. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls `stop` when a bound is reached, or at once if the signal has been aborted already. */
export function startBounds(options: BoundOptions, stop: (end: "timeout" | "client") => void): Bounds {
  const { signal, maxTimeMs, idleTimeoutMs } = options;
  const abort = (): void => stop("client");
  const after = (ms: number): NodeJS.Timeout => setTimeout(() => stop("timeout"), Math.min(ms, LONGEST_MS));
  const whole = maxTimeMs === undefined ? undefined : after(maxTimeMs);
  let idle: NodeJS.Timeout | undefined;
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  return {
    arrived() {
      if (idle) idle.refresh();
      else if (idleTimeoutMs !== undefined) idle = after(idleTimeoutMs);
    },
    clear() {
      clearTimeout(whole);
      clearTimeout(idle);
      signal?.removeEventListener("abort", abort);
    },
  };
}
