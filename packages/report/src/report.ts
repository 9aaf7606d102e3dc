import type { Finding } from "./finding.ts";
import type { Shard } from "./shard.ts";

/** `valid` allows warnings; `truncated`: that the stream ends too early is its only error; `no-stream` is not judged. */
export type Verdict = "valid" | "invalid" | "truncated" | "no-stream" | "unreadable";

export interface StreamReport {
  /** As the user named it, or the path found in a folder; `-` for standard input. */
  readonly source: string;
  /** `name@version`; null where only the framing was checked. */
  readonly protocol: string | null;
  readonly verdict: Verdict;
  /** Dispatched events. */
  readonly events: number;
  readonly bytes: number;
  /** Ordered by position. */
  readonly findings: readonly Finding[];
  /** Findings about what followed from a fault already reported, and those beyond the cap. */
  readonly heldBack: number;
  /** Findings that a baseline excuses; they are not among `findings`. Absent where there are none. */
  readonly excused?: number;
  /** Why a stream is `unreadable` or `no-stream`. */
  readonly reason?: string;
}

export interface Summary {
  readonly streams: number;
  readonly valid: number;
  readonly invalid: number;
  readonly truncated: number;
  readonly noStream: number;
  readonly unreadable: number;
  readonly errors: number;
  readonly warnings: number;
  /** Findings that a baseline excuses; absent where there are none. */
  readonly excused?: number;
}

export interface Report {
  readonly ssert: 1;
  /** Of a part of a run; absent of a whole one. */
  readonly shard?: Shard;
  readonly summary: Summary;
  readonly streams: readonly StreamReport[];
}
