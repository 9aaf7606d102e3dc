import type { StreamReport } from "@ssert/report";
import type { Tape } from "@ssert/tape";
import type { Activity } from "./activity.ts";

/** How numbers are spread. */
export interface Spread {
  readonly count: number;
  readonly least: number;
  readonly median: number;
  /** 95 of a hundred are at most this. */
  readonly p95: number;
  readonly most: number;
}

/** The longest silence of a stream. */
export interface Silence {
  readonly ms: number;
  /** The event before it; 0: before the first. */
  readonly afterEvent: number;
  readonly type: string | null;
}

/** What happened in one lane of a stream: its text, its tools, or whatever its protocol calls them. */
export interface LaneFacts {
  readonly name: string;
  readonly events: number;
  /** Milliseconds from the response's headers to its first event; undefined where the tape does not know. */
  readonly firstMs: number | undefined;
  /** When its events came. */
  readonly activity: Activity;
}

/** All that can be told of one recording. */
export interface Inspection {
  readonly tape: Tape;
  /** Verdict, findings, and what is wrong with the recording itself (`tape/*`). */
  readonly report: StreamReport;
  /** By kind, the most frequent first. */
  readonly events: readonly { readonly type: string; readonly count: number }[];
  readonly lanes: readonly LaneFacts[];
  /** Bytes of a chunk; undefined for a bare `.sse`. */
  readonly chunks: Spread | undefined;
  /** Milliseconds between chunks; undefined where the tape does not know, or has only one. */
  readonly gaps: Spread | undefined;
  readonly silence: Silence | undefined;
  /** Milliseconds from the response's headers, where the tape knows. */
  readonly times: {
    readonly firstByteMs?: number;
    readonly firstEventMs?: number;
    readonly lastEventMs?: number;
    readonly endMs?: number;
  };
}
