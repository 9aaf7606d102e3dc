import { createParser, type EventSourceMessage, type EventSourceParser } from "eventsource-parser";
import { Batch } from "./batch.ts";
import { BlockSplitter } from "./blocks.ts";
import { WireError } from "./error.ts";
import type { Field, Location, WireEvent } from "./event.ts";
import type { FramingNote } from "./framing.ts";
import { countLineEnds } from "./lines.ts";
import { framingNotes, isPlain, type PlacedNote } from "./notes.ts";
import { endOf, restNotes } from "./rest.ts";

/** What a stream holds, in its order; a note comes before the event of its block. An error thrown here leaves `push`. */
export interface DecoderHandlers {
  /** Called within the very `push` that brings the event's blank line. */
  event(event: WireEvent): void;
  /** Without it, nothing is searched for notes. */
  note?(note: FramingNote): void;
  /** The text after the colon and one space. Called when the comment's block ends. */
  comment?(text: string): void;
  /** A valid `retry` field, in milliseconds. Called when its block ends. */
  retry?(milliseconds: number): void;
}

export interface DecoderOptions {
  /** The most bytes that one block may take, its line ends included; 16 MiB by default, at most 256 MiB. */
  readonly maxEventBytes?: number | undefined;
}

export interface Decoder {
  /**
   * Takes the next bytes, of any number. The array may be reused afterwards.
   *
   * Throws a WireError "event-too-large" once a block takes more than `maxEventBytes`, before the bytes beyond are copied
   * or decoded; the events before it have been delivered. From then on every `push` throws it.
   */
  push(chunk: Uint8Array): void;
  /** Says that the input is over: an unfinished block is noted and, as the standard asks, not dispatched. */
  end(): void;
  /** How many bytes were pushed. */
  readonly bytes: number;
  /** The end of the input so far; after "event-too-large", where that block begins. Reads the unfinished block. */
  position(): Location;
}

/** Decodes a stream of Server-Sent Events as the HTML standard's 9.2.5 and 9.2.6 ask, always as UTF-8. */
export function createDecoder(handlers: DecoderHandlers, options: DecoderOptions = {}): Decoder {
  return new EventDecoder(handlers, options.maxEventBytes ?? DEFAULT_LIMIT);
}

const DEFAULT_LIMIT = 16 * 1024 * 1024;
/** A block becomes one string, and V8's longest string has 2^29 - 24 units. */
const HIGHEST_LIMIT = 256 * 1024 * 1024;

class EventDecoder implements Decoder {
  readonly #handlers: DecoderHandlers;
  readonly #limit: number;
  readonly #splitter: BlockSplitter;
  readonly #parser: EventSourceParser;
  readonly #utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  #bytes = 0;
  /** Line ends before the unfinished block, plus 1. */
  #line = 1;
  #count = 0;
  #state: "running" | "ended" | WireError = "running";
  /** What the parser is fed with, and what it made of that. */
  #batch: Batch | undefined;
  #events: DecodedEvent[] = [];
  #asides: Aside[] = [];

  constructor(handlers: DecoderHandlers, limit: number) {
    if (!Number.isInteger(limit) || limit < 1 || limit > HIGHEST_LIMIT) {
      throw new WireError("bad-limit", `maxEventBytes must be a whole number from 1 to ${HIGHEST_LIMIT}, got ${limit}`);
    }
    this.#handlers = handlers;
    this.#limit = limit;
    this.#splitter = new BlockSplitter(limit, (bytes, from, to, offset) => this.#blocks(bytes, from, to, offset));
    this.#parser = createParser({
      onEvent: (message) => this.#dispatch(message),
      onComment: handlers.comment && ((text) => this.#aside(() => handlers.comment?.(text))),
      onRetry: handlers.retry && ((milliseconds) => this.#aside(() => handlers.retry?.(milliseconds))),
    });
    // The parser would strip a BOM of its own, and a text that begins with U+00EF U+00BB U+00BF. A blank line takes it past
    // that, and dispatches nothing.
    this.#parser.feed("\n");
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(chunk: Uint8Array): void {
    if (this.#state === "ended") throw new WireError("ended", "push after end(): a new stream needs a new decoder");
    if (this.#state !== "running") throw this.#state;
    this.#bytes += chunk.length;
    if (this.#splitter.push(chunk)) return;
    this.#state = tooLarge(this.#limit, { offset: this.#splitter.offset, line: this.#line, column: 1 });
    throw this.#state;
  }

  end(): void {
    if (this.#state !== "running") return;
    this.#state = "ended";
    const rest = this.#splitter.rest();
    if (rest.length === 0) return;
    const batch = this.#decode(rest, 0, rest.length, this.#splitter.offset);
    const { events, asides } = this.#interpret(batch);
    deliver(this.#handlers, events, this.#handlers.note ? restNotes(batch) : [], asides);
  }

  position(): Location {
    const rest = this.#splitter.rest();
    if (typeof this.#state === "object") return { offset: this.#splitter.offset, line: this.#line, column: 1 };
    const { line, column } = endOf(this.#decode(rest, 0, rest.length, this.#splitter.offset));
    return { offset: this.#bytes, line, column };
  }

  #decode(bytes: Uint8Array, from: number, to: number, offset: number): Batch {
    const whole = from === 0 && to === bytes.length;
    const text = this.#utf8.decode(whole ? bytes : bytes.subarray(from, to));
    if (offset > 0 || !text.startsWith("\uFEFF")) return new Batch(text, offset, this.#line, bytes, from, to);
    return new Batch(text.slice(1), BOM_LENGTH, this.#line, bytes, from + BOM_LENGTH, to);
  }

  #blocks(bytes: Uint8Array, from: number, to: number, offset: number): void {
    const batch = this.#decode(bytes, from, to, offset);
    const lineEnds = countLineEnds(batch, bytes, from, to);
    this.#line += lineEnds;
    const { events, asides } = this.#interpret(batch);
    const notes = this.#handlers.note && !isPlain(batch, lineEnds, events) ? framingNotes(batch, events) : [];
    deliver(this.#handlers, events, notes, asides);
  }

  #interpret(batch: Batch): { events: readonly DecodedEvent[]; asides: readonly Aside[] } {
    const events: DecodedEvent[] = [];
    this.#batch = batch;
    this.#events = events;
    if (this.#asides.length > 0) this.#asides = [];
    this.#parser.feed(batch.text);
    return { events, asides: this.#asides };
  }

  #dispatch({ event, data, id }: EventSourceMessage): void {
    if (this.#batch === undefined) return;
    this.#count += 1;
    this.#events.push(new DecodedEvent(this.#count, event, data, id, this.#batch, this.#events.length));
  }

  #aside(tell: () => void): void {
    this.#asides.push({ before: this.#events.length, tell });
  }
}

const BOM_LENGTH = 3;

class DecodedEvent implements WireEvent {
  readonly number: number;
  readonly type: string | undefined;
  readonly data: string;
  readonly id: string | undefined;
  readonly #batch: Batch;
  readonly #ordinal: number;

  constructor(
    number: number,
    type: string | undefined,
    data: string,
    id: string | undefined,
    batch: Batch,
    ordinal: number,
  ) {
    this.number = number;
    this.type = type;
    this.data = data;
    this.id = id;
    this.#batch = batch;
    this.#ordinal = ordinal;
  }

  location(): Location {
    return this.#batch.location(this.#ordinal);
  }

  fields(): readonly Field[] {
    return this.#batch.fields(this.#ordinal);
  }
}

/** A comment or a retry, and the ordinal in its batch of the event that it comes before. */
interface Aside {
  readonly before: number;
  readonly tell: () => void;
}

function deliver(
  handlers: DecoderHandlers,
  events: readonly WireEvent[],
  notes: readonly PlacedNote[],
  asides: readonly Aside[],
): void {
  if (notes.length === 0 && asides.length === 0) {
    for (const event of events) handlers.event(event);
    return;
  }
  let note = 0;
  let aside = 0;
  for (let ordinal = 0; ordinal <= events.length; ordinal += 1) {
    for (let next = notes[note]; next?.before === ordinal; note += 1, next = notes[note]) handlers.note?.(next.note);
    for (let next = asides[aside]; next?.before === ordinal; aside += 1, next = asides[aside]) next.tell();
    const event = events[ordinal];
    if (event !== undefined) handlers.event(event);
  }
}

function tooLarge(limit: number, begin: Location): WireError {
  return new WireError(
    "event-too-large",
    `the event that begins in line ${begin.line} (offset ${begin.offset}) takes more than ${limit} bytes; ` +
      "raise maxEventBytes if such events are meant, else look for a blank line that is missing there",
    begin,
  );
}
