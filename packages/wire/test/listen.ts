import { createDecoder, type DecoderOptions, type FramingNote, type Location, type WireEvent } from "../src/index.ts";

export interface Heard {
  events: WireEvent[];
  notes: FramingNote[];
  comments: string[];
  retries: number[];
  /** The kinds of what was heard, in its order: `event 1`, `note id`, … */
  order: string[];
  end: Location;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Pieces of text or bytes as one stream. */
export function stream(...pieces: readonly (string | readonly number[])[]): Uint8Array {
  const parts = pieces.map((piece) => (typeof piece === "string" ? bytesOf(piece) : Uint8Array.from(piece)));
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Decodes the chunks to their end and keeps everything that was said. */
export function listen(chunks: readonly Uint8Array[] | string, options?: DecoderOptions): Heard {
  const order: string[] = [];
  const heard = {
    events: [] as WireEvent[],
    notes: [] as FramingNote[],
    comments: [] as string[],
    retries: [] as number[],
  };
  const decoder = createDecoder(
    {
      event(event) {
        heard.events.push(event);
        order.push(`event ${event.number}`);
      },
      note(note) {
        heard.notes.push(note);
        order.push(`note ${note.kind}`);
      },
      comment(text) {
        heard.comments.push(text);
        order.push(`comment ${text}`);
      },
      retry(milliseconds) {
        heard.retries.push(milliseconds);
        order.push(`retry ${milliseconds}`);
      },
    },
    options,
  );
  for (const chunk of typeof chunks === "string" ? [bytesOf(chunks)] : chunks) decoder.push(chunk);
  decoder.end();
  return { ...heard, order, end: decoder.position() };
}

/** The events as [type, data] pairs. */
export function pairs({ events }: Heard): (readonly [string | undefined, string])[] {
  return events.map(({ type, data }) => [type, data] as const);
}

/** The notes as `kind line:column detail`. */
export function notes({ notes: all }: Heard): string[] {
  return all.map(({ kind, location, detail }) => `${kind} ${location.line}:${location.column} ${detail}`);
}
