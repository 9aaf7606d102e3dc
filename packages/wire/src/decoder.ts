import { createParser, type EventSourceMessage, type EventSourceParser } from "eventsource-parser";
import { Batch } from "./batch.ts";
import type { Found } from "./block-notes.ts";
import { BlockSplitter } from "./blocks.ts";
import { LF } from "./bytes.ts";
import { WireError } from "./error.ts";
import type { Field, Location, WireEvent } from "./event.ts";
import type { FramingNote } from "./framing.ts";
import { PlainBlocks } from "./plain.ts";
import { endOf, findInRest } from "./rest.ts";
import { BlockWalk } from "./walk.ts";

/**
 * What a stream holds, in its order; a note comes before the event of its block, and a comment may come before the notes on
 * earlier blocks. Handlers must not call their decoder. What one throws comes out of `push`, then and ever after.
 */
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
  /** Says that the input is over: an unfinished block is noted and, as the standard asks, not dispatched. Once only. */
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

const NO_BATCH = new Batch("", 1, 0, new Uint8Array(), 0, 0);

/** One for all streams: blocks are whole when they are decoded, so that it keeps nothing between two calls. */
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

const DEFAULT_LIMIT = 16 * 1024 * 1024;
/** A block becomes one string, and V8's longest string has 2^29 - 24 units. */
const HIGHEST_LIMIT = 256 * 1024 * 1024;

class EventDecoder implements Decoder {
  readonly #handlers: DecoderHandlers;
  readonly #limit: number;
  readonly #splitter: BlockSplitter;
  readonly #walk: BlockWalk;
  readonly #plain = new PlainBlocks();
  #madeParser: EventSourceParser | undefined;
  #state: "running" | "pushing" | "ended" | "failed" = "running";
  #failure: unknown;
  #bytes = 0;
  /** Dispatched events so far. */
  #count = 0;
  /** What the parser is being fed with. */
  #batch = NO_BATCH;

  constructor(handlers: DecoderHandlers, limit: number) {
    if (!Number.isInteger(limit) || limit < 1 || limit > HIGHEST_LIMIT) {
      throw new WireError("bad-limit", `maxEventBytes must be a whole number from 1 to ${HIGHEST_LIMIT}, got ${limit}`);
    }
    this.#handlers = handlers;
    this.#limit = limit;
    this.#splitter = new BlockSplitter(limit, (bytes, from, to, offset) => this.#blocks(bytes, from, to, offset));
    this.#walk = new BlockWalk(handlers.note && ((...found) => this.#note(...found)));
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(chunk: Uint8Array): void {
    this.#requireIdle();
    if (this.#state === "ended") throw new WireError("ended", "push after end(): a new stream needs a new decoder");
    if (this.#state === "failed") throw this.#failure;
    this.#state = "pushing";
    try {
      this.#bytes += chunk.length;
      if (!this.#splitter.push(chunk)) throw tooLarge(this.#limit, this.#blockStart());
      this.#state = "running";
    } catch (error) {
      // A handler that throws leaves the parser in the middle of a block: there is no going on from there.
      this.#state = "failed";
      this.#failure = error;
      throw error;
    }
  }

  end(): void {
    this.#requireIdle();
    if (this.#state !== "running") return;
    this.#state = "ended";
    const bytes = this.#splitter.rest();
    if (bytes.length === 0) return;
    const rest = this.#decode(bytes, 0, bytes.length, this.#splitter.offset);
    // It dispatches nothing, but a complete `retry` line counts at once.
    this.#parser.feed(rest.text);
    if (this.#handlers.note) for (const found of findInRest(rest)) this.#note(rest, found, false);
  }

  position(): Location {
    this.#requireIdle();
    if (this.#state === "failed") return this.#blockStart();
    const rest = this.#splitter.rest();
    const { line, column } = endOf(this.#decode(rest, 0, rest.length, this.#splitter.offset));
    return { offset: this.#bytes, line, column };
  }

  /** Made when a block needs it: many a small stream has none that does. */
  get #parser(): EventSourceParser {
    this.#madeParser ??= this.#makeParser();
    return this.#madeParser;
  }

  #makeParser(): EventSourceParser {
    const { comment, retry } = this.#handlers;
    const parser = createParser({
      onEvent: (message) => this.#dispatch(message),
      onComment: comment && ((text) => this.#handlers.comment?.(text)),
      onRetry: retry && ((milliseconds) => this.#handlers.retry?.(milliseconds)),
    });
    // The parser would strip a BOM of its own, and a text that begins with U+00EF U+00BB U+00BF. A blank line takes it past
    // that, and dispatches nothing.
    parser.feed("\n");
    return parser;
  }

  #requireIdle(): void {
    if (this.#state !== "pushing") return;
    throw new WireError("reentrant", "a handler called the decoder that was calling it; do so after push has returned");
  }

  #blockStart(): Location {
    return { offset: this.#splitter.offset, line: this.#walk.line, column: 1 };
  }

  #decode(bytes: Uint8Array, from: number, to: number, offset: number): Batch {
    const whole = from === 0 && to === bytes.length;
    const text = UTF8.decode(whole ? bytes : bytes.subarray(from, to));
    const line = this.#walk.line;
    if (offset > 0 || !text.startsWith(BOM)) return new Batch(text, line, offset, bytes, from, to);
    return new Batch(text.slice(1), line, BOM_LENGTH, bytes, from + BOM_LENGTH, to);
  }

  #blocks(bytes: Uint8Array, from: number, to: number, offset: number): void {
    const batch = this.#decode(bytes, from, to, offset);
    this.#batch = batch;
    this.#walk.begin(batch);
    if (!this.#walk.suspicious && !batch.text.includes("\r")) this.#mostlyPlain(batch);
    else {
      this.#parser.feed(batch.text);
      this.#walk.finish(batch, batch.text.length);
    }
    // Between two chunks nothing of the text is kept: with many streams at once that is most of the memory.
    this.#batch = NO_BATCH;
    this.#walk.end();
    this.#plain.end();
  }

  /** Blocks in the common form are read at once; the parser gets each of the others by itself. */
  #mostlyPlain(batch: Batch): void {
    const { text } = batch;
    const plain = this.#plain;
    const walk = this.#walk;
    for (let at = 0; at < text.length; ) {
      const end = plain.read(text, at);
      if (end !== -1) {
        walk.pass(plain.type, end);
        at = end;
        this.#count += 1;
        this.#give(plain.type, plain.data, undefined);
      } else {
        const next = text.charCodeAt(at) === LF ? at + 1 : text.indexOf("\n\n", at) + 2;
        this.#parser.feed(text.slice(at, next));
        walk.finish(batch, next);
        at = next;
      }
    }
  }

  #dispatch({ event: type, data, id }: EventSourceMessage): void {
    // Notes on the block name its event.
    this.#count += 1;
    this.#walk.next(this.#batch, type, data);
    this.#give(type, data, id);
  }

  #give(type: string | undefined, data: string, id: string | undefined): void {
    const walk = this.#walk;
    const event = new DecodedEvent(this.#count, type, data, id, this.#batch, walk.blockIndex, walk.blockLine);
    this.#handlers.event(event);
  }

  #note(batch: Batch, found: Found, dispatches: boolean): void {
    const event = dispatches ? { number: this.#count, type: this.#walk.type } : undefined;
    this.#handlers.note?.({
      kind: found.kind,
      event,
      location: batch.location(found.index, found),
      detail: found.detail,
    });
  }
}

const BOM = "\uFEFF";
const BOM_LENGTH = 3;

class DecodedEvent implements WireEvent {
  readonly number: number;
  readonly type: string | undefined;
  readonly data: string;
  readonly id: string | undefined;
  readonly #batch: Batch;
  readonly #blockIndex: number;
  readonly #blockLine: number;

  constructor(
    number: number,
    type: string | undefined,
    data: string,
    id: string | undefined,
    batch: Batch,
    blockIndex: number,
    blockLine: number,
  ) {
    this.number = number;
    this.type = type;
    this.data = data;
    this.id = id;
    this.#batch = batch;
    this.#blockIndex = blockIndex;
    this.#blockLine = blockLine;
  }

  location(): Location {
    return this.#batch.dataLocation(this.#blockIndex, this.#blockLine, this.type, this.data);
  }

  fields(): readonly Field[] {
    return this.#batch.fields(this.#blockIndex, this.#blockLine);
  }
}

function tooLarge(limit: number, begin: Location): WireError {
  return new WireError(
    "event-too-large",
    `the event that begins in line ${begin.line} (offset ${begin.offset}) takes more than ${limit} bytes; ` +
      "raise maxEventBytes (--max-event-bytes) if such events are meant, else look for a blank line that is missing there",
    begin,
  );
}
