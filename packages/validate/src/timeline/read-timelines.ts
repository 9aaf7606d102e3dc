import { type Protocol, ProtocolError } from "@ssert/protocol";
import type { Report, StreamReport, Timeline } from "@ssert/report";
import { TapeError } from "@ssert/tape";
import type { Input } from "../input.ts";
import { readTimeline, type TimelineOptions } from "./read-timeline.ts";

export interface TimelinesOptions extends Omit<TimelineOptions, "findings" | "protocol"> {
  /** Chooses the protocol, which gives the lanes, by what the tape names and by what the report says. Default: none. */
  readonly protocol?: (
    tapeProtocol: string | undefined,
    judgedBy: string | null,
  ) => Protocol | undefined | Promise<Protocol | undefined>;
  /**
   * Of all timelines together, about, as JSON; default 16 MB. When they have come to it, the rest have none. (Measured on two
   * cores: a page of 24 MB opens in Chromium in a second, one of 220 MB in four; to make it takes some ten times its size in
   * memory, and an artefact of CI is downloaded first.)
   */
  readonly maxBytes?: number;
}

const MAX_BYTES = 16_000_000;

/** What an event and a chunk take in JSON beside the text of the block, about. */
const EVENT_BYTES = 120;
const CHUNK_BYTES = 50;

/**
 * The timelines of a report's streams by their `source`, of those with findings first. Streams that were not judged, or cannot
 * be opened (any more), have none. Throws ValidateError `no-stdin` only.
 */
export async function readTimelines(
  inputs: readonly Input[],
  report: Report,
  options: TimelinesOptions = {},
): Promise<ReadonlyMap<string, Timeline>> {
  const timelines = new Map<string, Timeline>();
  const bySource = new Map(inputs.map((input) => [input.source, input]));
  const judged = report.streams.filter(({ verdict }) => verdict !== "no-stream");
  const ordered = judged.toSorted((a, b) => Number(b.findings.length > 0) - Number(a.findings.length > 0));
  let room = options.maxBytes ?? MAX_BYTES;
  for (const stream of ordered) {
    const input = bySource.get(stream.source);
    if (input === undefined) continue;
    if (input.kind === "url" && options.live?.(input.source) === undefined) continue; // it has passed
    if (room <= 0 || options.signal?.aborted) break;
    const timeline = await timelineOf(input, stream, options);
    if (timeline === undefined) continue;
    room -= sizeOf(timeline);
    timelines.set(stream.source, timeline);
  }
  return timelines;
}

async function timelineOf(
  input: Input,
  { findings, protocol: judgedBy }: StreamReport,
  { protocol, ...options }: TimelinesOptions,
): Promise<Timeline | undefined> {
  try {
    return await readTimeline(input, {
      ...options,
      findings,
      ...(protocol && { protocol: (named) => protocol(named, judgedBy) }),
    });
  } catch (error) {
    if (error instanceof TapeError || error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function sizeOf({ events, chunks }: Timeline): number {
  return events.reduce((sum, { raw }) => sum + raw.length + EVENT_BYTES, chunks.length * CHUNK_BYTES);
}
