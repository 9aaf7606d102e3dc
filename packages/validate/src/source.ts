import { openTape, type Tape, type TapeEnd, type TapeResponse } from "@ssert/tape";
import { ValidateError } from "./error.ts";
import type { Input } from "./input.ts";

/** `afterUs`: since the chunk before, as recorded or as it came; undefined where that is not known. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly afterUs: number | undefined;
}

/** A response that is under way. */
export interface LiveStream {
  readonly response: TapeResponse;
  /** Where a redirect leads, fit to be shown. */
  readonly location?: string;
  /** Ends when the response does, however it ends. Its `return` lets go of the connection. */
  readonly chunks: AsyncIterable<Chunk>;
  /** How the response ended, and when, in microseconds since its headers; asked once the chunks are over. */
  readonly ended: () => { readonly end: TapeEnd; readonly elapsedUs: number };
}

export interface Openers {
  /** What `-` reads. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Sends the request for a URL; without it, URLs are unreadable. Its errors are the reason why a stream is unreadable. */
  readonly openUrl?: (url: string) => Promise<LiveStream>;
}

/** A stream ready to be read. */
export interface Source {
  /** Of a file. */
  readonly tape?: Tape;
  /** Of a URL. */
  readonly live?: LiveStream;
  readonly response?: TapeResponse | undefined;
  readonly chunks: AsyncIterable<Chunk>;
}

/** Throws TapeError, ValidateError `no-stdin`, and what `openUrl` throws as an UnopenedError. */
export async function openSource({ kind, source, url }: Input, { stdin, openUrl }: Openers): Promise<Source> {
  if (kind === "file") {
    const tape = await openTape(source);
    return { tape, response: tape.header?.response, chunks: tape.chunks() };
  }
  if (kind === "url") {
    if (openUrl === undefined) throw new UnopenedError("URLs are not fetched here");
    const live = await openUrl(url ?? source).catch((cause: unknown) => {
      throw new UnopenedError(cause instanceof Error ? cause.message : String(cause), { cause });
    });
    return { live, response: live.response, chunks: live.chunks };
  }
  if (stdin === undefined) throw new ValidateError("no-stdin", "- names standard input, but none was given");
  return { chunks: untimed(stdin) };
}

/** No answer came from a URL. */
export class UnopenedError extends Error {
  override readonly name = "UnopenedError";
}

async function* untimed(stdin: AsyncIterable<Uint8Array>): AsyncIterable<Chunk> {
  for await (const bytes of stdin) yield { bytes, afterUs: undefined };
}
