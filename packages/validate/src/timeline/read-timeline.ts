import { createLanes, type Lanes, type Protocol } from "@ssert/protocol";
import type { Finding, Timeline, TimelineChunk, TimelineEvent } from "@ssert/report";
import { createDecoder, type Decoder, WireError, type WireEvent } from "@ssert/wire";
import { drain } from "../drain.ts";
import type { Input } from "../input.ts";
import { type Chunk, type LiveStream, openSource } from "../source.ts";
import { blockText } from "./block-text.ts";
import { RetainedBytes } from "./retained-bytes.ts";
import { type Wanted, wantedEvents } from "./wanted.ts";

export interface TimelineOptions {
  /** Chooses the protocol, which gives the lanes, as for validateStream. Default: none. */
  readonly protocol?: (tapeProtocol: string | undefined) => Protocol | undefined | Promise<Protocol | undefined>;
  /** What `-` reads: what StreamFrames.kept gives, when it has been read once already. */
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
  /** What a URL gave, by its name: what StreamFrames.keptLive gives. Without it, a URL cannot be read again. */
  readonly live?: ((source: string) => LiveStream | undefined) | undefined;
  /** Those of the stream's report: the events around them are kept even beyond the cap. */
  readonly findings?: readonly Finding[];
  /** Default 10,000: a page that shows them loads and scrolls without a pause that can be felt. */
  readonly maxEvents?: number;
  /** Default 10,000. */
  readonly maxChunks?: number;
  /** Of one event's block, default 4 KiB: what a person reads of one event. */
  readonly maxRawBytes?: number;
  /** Where the reading stops, as for validateStream: what came later was not judged. */
  readonly maxEventBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a stream again for what it held and when it came, in bounded memory: the first events, and those around the findings.
 * What stops the reading is in the timeline. Throws TapeError for a file that cannot be opened, UnopenedError for
 * a URL that was not kept, ProtocolError as `protocol` does, ValidateError `no-stdin`.
 */
export async function readTimeline(input: Input, options: TimelineOptions = {}): Promise<Timeline> {
  const kept = options.live?.(input.source);
  const { tape, live, chunks } = await openSource(input, {
    ...(options.stdin && { stdin: options.stdin }),
    ...(kept && { openUrl: async () => kept }),
  });
  const lanes = createLanes(await options.protocol?.(tape?.header?.protocol));
  const reader = new TimelineReader(lanes, options);
  const stopped = await reader.read(chunks, options.signal);
  const closedUs = live?.ended().elapsedUs ?? tape?.trailer?.elapsedUs;
  return {
    source: input.source,
    lanes: lanes.names.filter((name) => reader.seen.has(name)),
    events: reader.events,
    chunks: live === undefined && tape?.header === undefined ? [] : reader.chunks,
    total: reader.total,
    ...(closedUs !== undefined && { closedUs }),
    ...(stopped !== undefined && { stopped }),
  };
}

const BOM = [0xef, 0xbb, 0xbf] as const;

class TimelineReader {
  readonly events: TimelineEvent[] = [];
  readonly chunks: TimelineChunk[] = [];
  readonly total: { events: number; chunks: number; bytes: number } = { events: 0, chunks: 0, bytes: 0 };
  /** Lanes with an event that is kept. */
  readonly seen: Set<string> = new Set();
  readonly #lanes: Lanes;
  readonly #wanted: Wanted;
  readonly #maxChunks: number;
  readonly #maxRawBytes: number;
  readonly #retained = new RetainedBytes();
  readonly #decoder: Decoder;
  #latest: WireEvent | undefined;
  #atUs: number | undefined = 0;

  constructor(
    lanes: Lanes,
    { findings = [], maxEvents = 10_000, maxChunks = 10_000, maxRawBytes = 4096, maxEventBytes }: TimelineOptions,
  ) {
    this.#decoder = createDecoder({ event: (event) => this.#event(event) }, { maxEventBytes });
    this.#lanes = lanes;
    this.#wanted = wantedEvents(findings, maxEvents);
    this.#maxChunks = maxChunks;
    this.#maxRawBytes = maxRawBytes;
  }

  /** Why it was not read to its end; undefined if it was. */
  async read(chunks: AsyncIterable<Chunk>, signal: AbortSignal | undefined): Promise<string | undefined> {
    try {
      const drained = await drain(chunks, (chunk) => this.#take(chunk), signal);
      if (drained.end === "complete") return undefined;
      if (drained.end === "interrupted") return "interrupted before its end";
      return drained.cause instanceof Error ? drained.cause.message : String(drained.cause);
    } catch (error) {
      if (error instanceof WireError) return error.message;
      throw error;
    }
  }

  #take({ bytes, afterUs }: Chunk): void {
    this.#atUs = afterUs === undefined || this.#atUs === undefined ? undefined : this.#atUs + afterUs;
    const offset = this.total.bytes;
    const retains = this.total.events < this.#wanted.last;
    if (retains) this.#retained.append(bytes);
    this.total.bytes += bytes.length;
    this.total.chunks += 1;
    this.#decoder.push(bytes);
    if (this.#latest !== undefined) this.#retained.release(this.#latest.location().offset);
    this.#latest = undefined; // it would keep the chunk alive
    if (this.chunks.length >= this.#maxChunks) return;
    this.chunks.push({ ...this.#arrival(), offset, bytes: bytes.length, events: this.total.events });
  }

  #arrival(): { readonly atUs?: number } {
    return this.#atUs === undefined ? {} : { atUs: this.#atUs };
  }

  /** A byte order mark belongs to the block that it stands before. */
  #withMark(begin: number): number {
    if (begin !== BOM.length) return begin;
    const bytes = this.#retained.slice(0, begin);
    return BOM.every((byte, index) => bytes[index] === byte) ? 0 : begin;
  }

  #event(event: WireEvent): void {
    this.total.events = event.number;
    if (event.number > this.#wanted.last) return;
    this.#latest = event;
    // Also of those that are left out: which lane an end belongs to is known from what was opened.
    const place = this.#lanes.laneOf(event);
    if (!this.#wanted.has(event.number)) return;
    const fields = event.fields();
    const { offset: begin, line } = fields[0]?.location ?? event.location();
    const first = { offset: this.#withMark(begin), line };
    const end = this.#retained.lineEnd(fields.at(-1)?.valueLocation.offset ?? begin);
    const shown = Math.min(end, first.offset + this.#maxRawBytes);
    this.seen.add(place.lane);
    this.events.push({
      number: event.number,
      ...place,
      ...this.#arrival(),
      offset: first.offset,
      length: end - first.offset,
      line: first.line,
      ...blockText(this.#retained.slice(first.offset, shown), shown < end),
      ...(shown < end && { cut: end - shown }),
    });
  }
}
