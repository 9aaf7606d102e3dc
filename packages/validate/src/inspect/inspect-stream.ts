import { createLanes, type Lanes, type Protocol } from "@ssert/protocol";
import { openTape, type Tape } from "@ssert/tape";
import { createDecoder, WireError, type WireEvent } from "@ssert/wire";
import { drain } from "../drain.ts";
import { validateStream } from "../validate-stream.ts";
import { ActivityCounter } from "./activity.ts";
import type { Inspection, LaneFacts, Silence } from "./inspection.ts";
import { SpreadCounter } from "./spread.ts";

export interface InspectOptions {
  /** Chooses the protocol of a stream, given what its tape says. Default: none. */
  readonly protocol?: (tapeProtocol: string | undefined) => Protocol | undefined | Promise<Protocol | undefined>;
  readonly signal?: AbortSignal;
}

/**
 * Reads one recording for all that can be told of it, in memory that does not grow with its length. What stops the reading is
 * in the report, as for validateStream. Throws TapeError for what cannot be opened.
 */
export async function inspectStream(path: string, options: InspectOptions = {}): Promise<Inspection> {
  const { signal } = options;
  const report = await validateStream({ kind: "file", source: path }, options);
  const tape = await openTape(path);
  const lanes = createLanes(await options.protocol?.(tape.header?.protocol));
  const reader = new StreamReader(lanes, tape);
  await reader.read(signal);
  return { tape, report, ...reader.facts() };
}

/** Lanes and types come from data. */
const MAX_TYPES = 1_000;
const OTHER = "other types";

class StreamReader {
  readonly #tape: Tape;
  readonly #lanes: Lanes;
  readonly #counts = new Map<string, number>();
  readonly #byLane = new Map<string, { events: number; firstMs: number | undefined; activity: ActivityCounter }>();
  readonly #sizes = new SpreadCounter();
  readonly #gaps = new SpreadCounter();
  readonly #decoder = createDecoder({ event: (event) => this.#event(event) });
  readonly #timed: boolean;
  #silence: Silence | undefined;
  #atMs: number | undefined = 0;
  #latestMs = 0;
  #firstByteMs: number | undefined;
  #firstEventMs: number | undefined;
  #lastEventMs: number | undefined;
  #chunks = 0;
  #latest: { readonly number: number; readonly type: string | null } = { number: 0, type: null };

  constructor(lanes: Lanes, tape: Tape) {
    this.#lanes = lanes;
    this.#tape = tape;
    this.#timed = tape.header !== undefined;
  }

  async read(signal: AbortSignal | undefined): Promise<void> {
    try {
      await drain(this.#tape.chunks(), (chunk) => this.#take(chunk), signal);
    } catch (error) {
      // An event that is too large: the report says so.
      if (!(error instanceof WireError)) throw error;
    }
  }

  facts(): Omit<Inspection, "tape" | "report"> {
    const { trailer } = this.#tape;
    const counts = [...this.#counts].map(([type, count]) => ({ type, count }));
    const lanes: LaneFacts[] = this.#lanes.names.flatMap((name) => {
      const lane = this.#byLane.get(name);
      return lane === undefined ? [] : [{ name, ...lane }];
    });
    return {
      events: counts.toSorted((one, other) => other.count - one.count),
      lanes,
      chunks: this.#timed ? this.#sizes.spread() : undefined,
      gaps: this.#gaps.spread(),
      silence: this.#silence,
      times: {
        ...(this.#firstByteMs !== undefined && { firstByteMs: this.#firstByteMs }),
        ...(this.#firstEventMs !== undefined && { firstEventMs: this.#firstEventMs }),
        ...(this.#lastEventMs !== undefined && { lastEventMs: this.#lastEventMs }),
        ...(trailer !== undefined && { endMs: trailer.elapsedUs / 1000 }),
      },
    };
  }

  #take({ bytes, afterUs }: { readonly bytes: Uint8Array; readonly afterUs: number | undefined }): void {
    const afterMs = afterUs === undefined ? undefined : afterUs / 1000;
    this.#atMs = afterMs === undefined || this.#atMs === undefined ? undefined : this.#atMs + afterMs;
    if (this.#chunks > 0 && afterMs !== undefined) this.#gaps.add(afterMs);
    if (afterMs !== undefined && afterMs > (this.#silence?.ms ?? 0)) {
      this.#silence = { ms: afterMs, afterEvent: this.#latest.number, type: this.#latest.type };
    }
    if (this.#chunks === 0) this.#firstByteMs = this.#atMs;
    this.#sizes.add(bytes.length);
    this.#chunks += 1;
    this.#decoder.push(bytes);
  }

  #event(event: WireEvent): void {
    const { lane, type, subtype } = this.#lanes.laneOf(event);
    const label = type === null ? "without a type" : subtype === undefined ? type : `${type}[${subtype}]`;
    const known = this.#counts.has(label) || this.#counts.size < MAX_TYPES ? label : OTHER;
    this.#counts.set(known, (this.#counts.get(known) ?? 0) + 1);
    this.#firstEventMs ??= this.#atMs;
    this.#lastEventMs = this.#atMs;
    this.#latest = { number: event.number, type };
    const facts = this.#laneFacts(lane);
    facts.events += 1;
    // Of a bare stream the number of the event is its place. What no chunk line counts came after all that one does.
    if (this.#atMs !== undefined) this.#latestMs = this.#atMs;
    facts.activity.add(this.#timed ? this.#latestMs : event.number - 1);
  }

  #laneFacts(name: string): { events: number; firstMs: number | undefined; activity: ActivityCounter } {
    const known = this.#byLane.get(name);
    if (known !== undefined) return known;
    const created = { events: 0, firstMs: this.#timed ? this.#atMs : undefined, activity: new ActivityCounter(1) };
    this.#byLane.set(name, created);
    return created;
  }
}
