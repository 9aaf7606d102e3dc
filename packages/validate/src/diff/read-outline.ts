import {
  createEventReader,
  createStreamCheck,
  type EventReading,
  type Protocol,
  type StreamCheck,
  type StreamResult,
} from "@ssert/protocol";
import type { Tape } from "@ssert/tape";
import type { WireEvent } from "@ssert/wire";
import { whyNotJudged } from "../judged.ts";
import { addAnswer } from "./answers.ts";
import { increment } from "./counts.ts";
import {
  BEGINNING,
  END,
  emptyOutline,
  labelOutline,
  MAX_RUNS,
  MAX_SAMPLES,
  type Outline,
  succession,
} from "./outline.ts";
import { addValue } from "./shape.ts";
import { addValues, type ValueKind } from "./values.ts";

export interface OutlineOptions {
  /** The protocol of a stream, given what its tape says; it tells kinds of events apart and judges them. */
  readonly protocol?: (named: string | undefined) => Promise<Protocol | undefined> | Protocol | undefined;
  /** What else is compared; default: nothing. */
  readonly values?: ReadonlySet<ValueKind>;
  readonly signal?: AbortSignal;
}

/**
 * Reads recordings into one outline; of those whose response is no event stream only that it came. Throws TapeError and WireError for what cannot be
 * read.
 */
export async function readOutline(
  tapes: AsyncIterable<Tape> | Iterable<Tape>,
  options: OutlineOptions = {},
): Promise<Outline> {
  const outline = emptyOutline();
  for await (const tape of tapes) {
    options.signal?.throwIfAborted();
    const protocol = await options.protocol?.(tape.header?.protocol);
    await addTape(outline, tape, protocol, options);
  }
  return outline;
}

async function addTape(
  outline: Outline,
  tape: Tape,
  protocol: Protocol | undefined,
  options: OutlineOptions,
): Promise<void> {
  const { header } = tape;
  const response = header?.response;
  const isStream = response === undefined || whyNotJudged(response, protocol !== undefined) === undefined;
  if (header !== undefined && response !== undefined) addAnswer(outline.answers, header, response, isStream);
  if (!isStream) return;
  outline.streams += 1;
  const events = new EventOutliner(outline, protocol, options.values ?? new Set());
  const check = createStreamCheck({ protocol, onEvent: (event) => events.add(event) });
  addResponse(outline, tape, check);
  await addChunks(outline, tape, check, options.signal);
  events.end();
  const { verdict, findings } = check.end(tape.trailer?.elapsedUs);
  increment(outline.verdicts, verdict);
  for (const finding of findings) {
    if (finding.severity === "error" && !outline.rules.has(finding.rule)) {
      outline.rules.set(finding.rule, placeOf(finding));
    }
  }
}

function placeOf({ event, path = "" }: StreamResult["findings"][number]): string {
  return event?.type == null ? path : `\`${event.type}\` ${path}`.trimEnd();
}

function addResponse({ headers, ends, times }: Outline, { header, trailer }: Tape, check: StreamCheck): void {
  if (trailer !== undefined) {
    increment(ends, trailer.end);
    times.total.push(trailer.elapsedUs / 1000);
  }
  const response = header?.response;
  if (response === undefined) return;
  check.response(response);
  for (const name of Object.keys(response.headers)) headers.add(name);
}

async function addChunks(outline: Outline, tape: Tape, check: StreamCheck, signal?: AbortSignal): Promise<void> {
  const { first, gaps } = outline.times;
  let atUs: number | undefined = 0;
  let begun = false;
  for await (const { bytes, afterUs } of tape.chunks()) {
    signal?.throwIfAborted();
    atUs = afterUs === undefined || atUs === undefined ? undefined : atUs + afterUs;
    if (afterUs !== undefined && begun && gaps.length < MAX_SAMPLES) gaps.push(afterUs / 1000);
    if (atUs !== undefined && !begun) first.push(atUs / 1000);
    begun = true;
    check.push(bytes, atUs);
  }
}

/** Takes the events of one stream. */
class EventOutliner {
  readonly #outline: Outline;
  readonly #wanted: ReadonlySet<ValueKind>;
  readonly #read: (event: WireEvent) => EventReading;
  readonly #isFirst: boolean;
  #latest: string = BEGINNING;

  constructor(outline: Outline, protocol: Protocol | undefined, wanted: ReadonlySet<ValueKind>) {
    this.#outline = outline;
    this.#wanted = wanted;
    this.#read = protocol === undefined ? readWithoutProtocol : createEventReader(protocol);
    this.#isFirst = outline.streams === 1;
  }

  add(event: WireEvent): void {
    this.#outline.events += 1;
    const reading = this.#read(event);
    const label = reading.label ?? "an event without a type";
    this.#addReading(label, reading);
    for (const part of flatParts(reading)) this.#addReading(part.label ?? "a part without a type", part);
    increment(this.#outline.successions, succession(this.#latest, label));
    this.#latest = label;
    if (this.#isFirst) this.#addRun(label);
  }

  end(): void {
    increment(this.#outline.successions, succession(this.#latest, END));
  }

  #addReading(label: string, { data, parts }: EventReading): void {
    const seen = labelOutline(this.#outline, label, this.#wanted.size > 0 ? new Map() : undefined);
    if (seen === undefined) return;
    seen.count += 1;
    if (data === undefined) return;
    addValue(seen.shape, data);
    // What is in a part is the part's.
    if (seen.values !== undefined && parts.length === 0) addValues(seen.values, data, this.#wanted);
  }

  #addRun(label: string): void {
    const { runs } = this.#outline;
    const last = runs.at(-1);
    if (last?.label === label) last.count += 1;
    else if (runs.length < MAX_RUNS) runs.push({ label, count: 1 });
    else this.#outline.capped = true;
  }
}

function flatParts({ parts }: EventReading): readonly EventReading[] {
  return parts.flatMap((part) => [part, ...flatParts(part)]);
}

/** Without a protocol the `event:` line tells the kind, else a string called `type` in the data, as most APIs have it. */
function readWithoutProtocol({ type, data }: WireEvent): EventReading {
  const value = parsed(data);
  const inData = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  const label = type ?? (typeof inData === "string" ? inData : "message");
  return { label, data: value, path: "", parts: [] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
