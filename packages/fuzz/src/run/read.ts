import { type ParserAdapter, type ShownEvent, type Shows, shownBy } from "../adapters/adapter.ts";
import { observe } from "../adapters/observe.ts";
import { fromChunks, toBytes } from "../case/case.ts";
import { FuzzError } from "../error.ts";
import { interpretEventStream } from "../oracle/interpret.ts";
import type { PropertyResult } from "./check-result.ts";
import { playCase } from "./play.ts";

/** Chunks as bytes, or as strings with a character (U+0000 to U+00FF) a byte, so that they can be written down. */
export type Chunks = readonly (Uint8Array | string)[];

const defaultTimeLimitMs = 1000;

/**
 * What a parser reads from some chunks: the events, each with what its API shows (`type`, `data`, `id`, `retry`). Rejects with a
 * `FuzzError` when the parser throws, does not end in time, or answers after its end.
 */
export async function readChunks(adapter: ParserAdapter, chunks: Chunks): Promise<readonly ShownEvent[]> {
  const { events, failure } = await observe(adapter, chunks.map(bytesOf), { timeLimitMs: defaultTimeLimitMs });
  if (failure !== undefined)
    throw new FuzzError("counterexample", `${adapter.name} ${failure.kind}: ${failure.message}`);
  return events.map((event) => asShown({ ...event, type: event.type || "message" }, shownBy(adapter)));
}

/** Judges one case of a property, such as when its events come: the verdict is `pass` for a parser that gets it right. */
export async function checkChunks(adapter: ParserAdapter, property: string, chunks: Chunks): Promise<PropertyResult> {
  const candidate = fromChunks(chunks.map(bytesOf));
  return await playCase(adapter, { property, case: candidate, timeLimitMs: defaultTimeLimitMs });
}

/** The events of a stream by the standard, as a parser whose API shows this much should give them. */
export function expectedEvents(text: string, shows: Shows): readonly ShownEvent[] {
  return interpretEventStream(toBytes(text)).events.map(({ type, data, lastEventId, own }) =>
    asShown({ type, data, id: shows.id === "last" ? lastEventId : own.id, retry: own.retry }, shows),
  );
}

function asShown({ type, data, id, retry }: ShownEvent, shows: Shows): ShownEvent {
  const hasId = shows.id === "own" ? id !== undefined : shows.id !== false && id !== undefined && id !== "";
  return {
    ...(shows.type && { type }),
    data: shows.data === "json" ? JSON.stringify(JSON.parse(data)) : data,
    ...(hasId && { id }),
    ...(shows.retry === "own" && retry !== undefined && { retry }),
  };
}

const bytesOf = (chunk: Uint8Array | string): Uint8Array => (typeof chunk === "string" ? toBytes(chunk) : chunk);
