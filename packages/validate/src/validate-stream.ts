import { createStreamCheck, type Protocol, ProtocolError } from "@ssert/protocol";
import type { Finding, StreamReport } from "@ssert/report";
import { TapeError } from "@ssert/tape";
import { WireError, type WireEvent } from "@ssert/wire";
import { drain } from "./drain.ts";
import type { Input } from "./input.ts";
import { whyNotJudged } from "./judged.ts";
import { type Chunk, openSource, type Source } from "./open-source.ts";
import { tapeFindings } from "./tape-findings.ts";

export interface StreamOptions {
  /**
   * Chooses the protocol of a stream, given the name in its tape's header, if any. Undefined: only the wire rules. May throw
   * a ProtocolError: that stream is then unreadable. Default: wire rules only.
   */
  readonly protocol?: (tapeProtocol: string | undefined) => Protocol | undefined | Promise<Protocol | undefined>;
  /** What `-` reads. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /**
   * Aborted: the stream being read ends as unreadable, with what was found so far. A standard input that waits for its
   * writer stays open: whoever gave it closes it.
   */
  readonly signal?: AbortSignal;
  /** More findings of one stream than this are counted, not kept; default 1,000. */
  readonly maxFindings?: number;
  /** A stream with a larger event is unreadable; default 16 MiB. */
  readonly maxEventBytes?: number;
  /** Asked for someone to watch a stream that is about to be judged. */
  readonly watch?: (about: WatchedStream) => StreamWatcher | undefined;
}

/** What is known of a stream before its first byte. */
export interface WatchedStream {
  readonly protocol: Protocol | undefined;
  /** The response's status and headers. */
  readonly response: boolean;
  /** When each chunk arrived. */
  readonly arrivals: boolean;
}

/** Told every event before its findings, every finding as it shows, and the end; no end of a stream that cannot be read. */
export interface StreamWatcher {
  event(event: WireEvent): void;
  finding(finding: Finding): void;
  end(): void;
}

/**
 * Validates one stream, in memory that does not grow with its length.
 *
 * Whatever is wrong with it is in the report: one that does not exist, cannot be read to its end, or holds an event over the
 * size bound is `unreadable` and keeps what was found before. Throws ValidateError `no-stdin` only.
 */
export async function validateStream(input: Input, options: StreamOptions = {}): Promise<StreamReport> {
  try {
    const source = await openSource(input, options.stdin);
    const header = source.tape?.header;
    const protocol = await options.protocol?.(header?.protocol);
    const reason = header?.response && whyNotJudged(header.response, protocol !== undefined);
    if (reason !== undefined) {
      return { ...unjudged(input, reason), verdict: "no-stream", bytes: source.tape?.bytes ?? 0 };
    }
    return await judge(input, source, protocol, options);
  } catch (error) {
    if (error instanceof TapeError || error instanceof ProtocolError) return unjudged(input, error.message);
    throw error;
  }
}

async function judge(
  input: Input,
  { tape, chunks }: Source,
  protocol: Protocol | undefined,
  { signal, maxFindings, maxEventBytes, watch }: StreamOptions,
): Promise<StreamReport> {
  const findings: Finding[] = [];
  let events = 0;
  let bytes = 0;
  let atUs: number | undefined = 0;
  const response = tape?.header?.response !== undefined;
  const watcher = watch?.({ protocol, response, arrivals: response && tape?.trailer !== undefined });
  const check = createStreamCheck({
    onFinding: (finding) => {
      findings.push(finding);
      watcher?.finding(finding);
    },
    onEvent: (event) => {
      events = event.number;
      watcher?.event(event);
    },
    protocol,
    maxFindings,
    maxEventBytes,
  });
  const take = (chunk: Chunk): void => {
    atUs = chunk.afterUs === undefined || atUs === undefined ? undefined : atUs + chunk.afterUs;
    bytes += chunk.bytes.length;
    check.push(chunk.bytes, atUs);
  };
  if (tape?.header?.response) check.response(tape.header.response);
  const failure = await feed(chunks, take, signal);
  if (failure !== undefined) {
    const { heldBack } = check;
    return { ...unjudged(input, failure), protocol: protocol?.id ?? null, events, bytes, findings, heldBack };
  }
  const result = check.end(tape?.trailer?.elapsedUs);
  watcher?.end();
  const aboutTape = tape ? await tapeFindings(tape) : [];
  return { source: input.source, ...result, findings: [...aboutTape, ...result.findings] };
}

/** Why the stream could not be taken to its end; undefined if it was. */
async function feed(
  chunks: AsyncIterable<Chunk>,
  take: (chunk: Chunk) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const drained = await drain(chunks, take, signal);
    if (drained.end === "complete") return undefined;
    if (drained.end === "interrupted") return "interrupted before its end: validate it again to see the rest";
    return drained.cause instanceof Error ? drained.cause.message : String(drained.cause);
  } catch (error) {
    if (error instanceof WireError) return error.message;
    throw error;
  }
}

function unjudged(input: Input, reason: string): StreamReport {
  const nothing = { protocol: null, events: 0, bytes: 0, findings: [], heldBack: 0 };
  return { source: input.source, verdict: "unreadable", ...nothing, reason };
}
