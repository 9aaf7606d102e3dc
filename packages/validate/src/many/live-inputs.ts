import type { StreamReport } from "@ssert/report";
import type { Input } from "../input.ts";

/** As many as a browser opens to one server. */
const AT_ONCE = 6;

/** What arrives while it is read: URLs, and standard input. Several are read at the same time. */
export interface LiveInputs {
  /** The report of one of them; they are asked for in the order of the inputs. The first begins the others as well. */
  readonly report: (input: Input) => Promise<StreamReport>;
  readonly busy: () => boolean;
  /**
   * When none is being read. A file that were judged meanwhile would keep the thread busy, and what arrives then would seem
   * to have come late, and at once.
   */
  readonly idle: () => Promise<void>;
  /** The reports of those that were begun and not asked for before the run was aborted, in the order of the inputs. */
  readonly left: () => AsyncIterable<StreamReport>;
}

export interface LiveOptions {
  /** How many at the same time; default 6. */
  readonly atOnce?: number | undefined;
  /** Aborted: no more are begun. */
  readonly signal?: AbortSignal | undefined;
}

export function liveInputs(
  inputs: readonly Input[],
  validate: (input: Input) => Promise<StreamReport>,
  { atOnce = AT_ONCE, signal }: LiveOptions = {},
): LiveInputs {
  const waiting = inputs.filter(({ kind }) => kind !== "file");
  /** Not yet asked for. */
  const begun = new Map<Input, Promise<StreamReport>>();
  const underWay = new Set<Promise<StreamReport>>();

  function begin(): void {
    while (underWay.size < atOnce && !signal?.aborted) {
      const input = waiting.shift();
      if (input === undefined) return;
      const report = validate(input);
      begun.set(input, report);
      underWay.add(report);
      const ended = (): void => {
        underWay.delete(report);
        begin();
      };
      report.then(ended, ended);
    }
  }

  return {
    async report(input) {
      begin();
      const report = begun.get(input);
      begun.delete(input);
      return await (report ?? validate(input));
    },
    busy: () => underWay.size > 0,
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    async *left() {
      for (const report of begun.values()) yield await report;
    },
  };
}
