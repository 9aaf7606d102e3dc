/** Calls back after so many milliseconds; the returned function takes that back. */
export type SetTimer = (callback: () => void, ms: number) => () => void;

const systemTimer: SetTimer = (callback, ms) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};

/** An editor's save is several events, within some milliseconds. */
const QUIET_MS = 100;

export interface Settled {
  happened(): void;
  /** Once something has happened and nothing more for 100 ms: true. False when the signal is aborted. */
  next(): Promise<boolean>;
}

/** Joins events that come together. */
export function settled(signal: AbortSignal, setTimer: SetTimer = systemTimer): Settled {
  let cancel: (() => void) | undefined;
  let ripe = false;
  let wake = (): void => {};
  signal.addEventListener("abort", () => {
    cancel?.();
    wake();
  });
  return {
    happened() {
      cancel?.();
      cancel = setTimer(() => {
        ripe = true;
        wake();
      }, QUIET_MS);
    },
    async next() {
      while (!ripe && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      ripe = false;
      return !signal.aborted;
    },
  };
}
