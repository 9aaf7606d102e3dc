import type { Payload } from "./payload.ts";

/** An event as a parser shows it. What its API does not tell is left out, and said in `shows`. */
export interface ShownEvent {
  /** Absent or empty means `message`. */
  readonly type?: string | undefined;
  readonly data: string;
  readonly id?: string | undefined;
  /** Milliseconds. */
  readonly retry?: number | undefined;
}

/** What a parser's API tells about the events of a stream; the rest is `not observable`. */
export interface Shows {
  readonly type: boolean;
  /** `json`: only data that is JSON comes through, parsed; the adapter gives it back as `JSON.stringify` writes it. */
  readonly data: "text" | "json";
  /**
   * `last`: the last event ID string, as an `EventSource` has it. `own`: the id of the event's own block, undefined where it
   * has none. `own-or-empty`: the same, but none and an empty one look alike.
   */
  readonly id: "last" | "own" | "own-or-empty" | false;
  /** `each`: every new reconnection time, when it is set. `own`: the one of the event's own block. */
  readonly retry: "each" | "own" | false;
}

/** A difference from the standard that the parser's authors mean. It is shown as declared, with its reason. */
export interface Deviation {
  /** A property's name. */
  readonly property: string;
  readonly reason: string;
}

interface AdapterFacts {
  readonly name: string;
  readonly version?: string;
  /** Default: type, text and the own id; no retry. */
  readonly shows?: Partial<Shows>;
  readonly deviations?: readonly Deviation[];
  /** For an API that takes only objects of one kind: the one in which it shows a number. Cases get it in place of numbers. */
  readonly payload?: Payload;
  /** For an API that keeps events of some types to itself. */
  readonly hides?: (type: string) => boolean;
  /** Where the adapter drives a part of its package: what the package's users call. Findings are run through it once more. */
  readonly publicEntry?: ParserAdapter;
  /** It runs in another process, whose work and memory cannot be measured from here. */
  readonly outside?: true;
}

/** Where a parser's events go, at once when the parser shows them. */
export interface Sink {
  event(event: ShownEvent): void;
  /** A new reconnection time in milliseconds. */
  retry(milliseconds: number): void;
}

/** Where what a parser tells does not matter. */
export const nowhere: Sink = { event: () => {}, retry: () => {} };

/** A parser of one stream that takes chunks as they come. A promise is waited for before the next chunk. */
export interface PushParser {
  push(chunk: Uint8Array): void | Promise<void>;
  /** The stream has ended. */
  end(): void | Promise<void>;
  /** Makes the parser ready for another stream, where its API can do that. */
  reset?(): void;
}

/** A parser that is fed. */
export interface PushAdapter extends AdapterFacts {
  open(sink: Sink): PushParser;
}

/** A parser that reads a stream and is read itself, as async generators and `TransformStream`s do. */
export interface StreamAdapter extends AdapterFacts {
  read(chunks: AsyncIterable<Uint8Array>, sink: Sink): AsyncIterable<ShownEvent>;
}

/** A parser that is given everything at once: when it shows an event cannot be seen. */
export interface BatchAdapter extends AdapterFacts {
  parse(
    chunks: readonly Uint8Array[],
  ): readonly ShownEvent[] | Promise<readonly ShownEvent[]> | AsyncIterable<ShownEvent>;
}

/** A whole client: besides the events, what it asks for when it connects again can be seen. */
export interface ClientAdapter extends BatchAdapter {
  /** Serves the chunks, ends the response, and returns the `Last-Event-ID` of the next request, decoded as UTF-8. */
  resume(chunks: readonly Uint8Array[]): Promise<string | undefined>;
}

/** A parser under test, with what can be seen of it. */
export type ParserAdapter = PushAdapter | StreamAdapter | BatchAdapter | ClientAdapter;

/** What can be seen of a stream's events through an adapter. */
export interface View extends Shows {
  readonly payload?: Payload | undefined;
  readonly hides?: ((type: string) => boolean) | undefined;
}

/** What an adapter shows, with the defaults filled in. */
export function shownBy(adapter: ParserAdapter): View {
  return { ...shownFacts(adapter), payload: adapter.payload, hides: adapter.hides };
}

/** The same as facts alone, which can be sent to another thread and written down. */
export function shownFacts({ shows }: ParserAdapter): Shows {
  return { type: true, data: "text", id: "own", retry: false, ...shows };
}
