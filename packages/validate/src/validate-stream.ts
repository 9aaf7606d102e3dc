import { createStreamCheck, type Protocol, ProtocolError, type StreamCheck, type StreamResult } from "@ssert/protocol";
import type { Finding, StreamReport } from "@ssert/report";
import { openSmallTape, type SmallTape, TapeError } from "@ssert/tape";
import { WireError, type WireEvent } from "@ssert/wire";
import { drain } from "./drain.ts";
import type { Input } from "./input.ts";
import { whyNotJudged } from "./judged.ts";
import { endFindings, whatItSays } from "./response-findings.ts";
import { type Severities, withOwnSeverities } from "./severities.ts";
import { type Chunk, type Openers, openSource, type Source, UnopenedError } from "./source.ts";
import { tapeFindings } from "./tape-findings.ts";

export interface StreamOptions extends Openers {
  /**
   * Chooses the protocol of a stream, given the name in its tape's header, if any. Undefined: only the wire rules. May throw
   * a ProtocolError: that stream is then unreadable. Default: wire rules only.
   */
  readonly protocol?: (tapeProtocol: string | undefined) => Protocol | undefined | Promise<Protocol | undefined>;
  /**
   * Aborted: the stream being read ends as unreadable, with what was found so far. A standard input that waits for its
   * writer stays open: whoever gave it closes it.
   */
  readonly signal?: AbortSignal;
  /** More findings of one stream than this are counted, not kept; default 1,000. */
  readonly maxFindings?: number;
  /** A stream with a larger event is unreadable; default 16 MiB. */
  readonly maxEventBytes?: number;
  /** Severities of rules that are not the protocol's: `tape/*`, and the framing where there is no protocol. */
  readonly severities?: Severities;
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
 * size bound is `unreadable` and keeps what was found before; so is a URL that gives no event stream. Throws ValidateError
 * `no-stdin` only.
 */
export async function validateStream(input: Input, options: StreamOptions = {}): Promise<StreamReport> {
  try {
    const small = input.kind === "file" ? openSmallTape(input.source) : undefined;
    const report = small && judgeSmall(input, small, await options.protocol?.(small.header?.protocol), options);
    if (report) return report;
    const source = await openSource(input, options);
    const { tape, live, response } = source;
    const protocol = await options.protocol?.(tape?.header?.protocol);
    const reason = response && whyNotJudged(response, protocol !== undefined);
    if (reason === undefined) return await judge(input, source, protocol, options);
    if (live) return unjudged(input, reason + (await whatItSays(live)));
    return noStream(input, reason, tape?.bytes);
  } catch (error) {
    const known = error instanceof TapeError || error instanceof ProtocolError || error instanceof UnopenedError;
    if (known) return unjudged(input, error.message);
    throw error;
  }
}

const INTERRUPTED = "interrupted before its end: validate it again to see the rest";

/** Without waiting for anything: of many small files that is most of the time. Undefined: the long way has more to say. */
function judgeSmall(
  input: Input,
  { header, trailer, bytes, chunks }: SmallTape,
  protocol: Protocol | undefined,
  options: StreamOptions,
): StreamReport | undefined {
  const response = header?.response;
  const reason = response && whyNotJudged(response, protocol !== undefined);
  if (reason !== undefined) return noStream(input, reason, bytes);
  const whole = chunks();
  if (whole === undefined) return undefined;
  const known = response !== undefined;
  const { take, check, end, broken } = startCheck(input, protocol, options, { response: known, arrivals: known });
  if (response) check.response(response);
  if (options.signal?.aborted) return broken(INTERRUPTED);
  try {
    for (const chunk of whole) take(chunk);
  } catch (error) {
    if (error instanceof WireError) return broken(error.message);
    throw error;
  }
  return withOwnSeverities({ source: input.source, ...end(trailer?.elapsedUs) }, protocol, options.severities);
}

async function judge(
  input: Input,
  { tape, live, response, chunks }: Source,
  protocol: Protocol | undefined,
  options: StreamOptions,
): Promise<StreamReport> {
  const known = response !== undefined;
  const arrivals = known && (live !== undefined || tape?.trailer !== undefined);
  const { take, check, end, broken } = startCheck(input, protocol, options, { response: known, arrivals });
  if (response) check.response(response);
  const failure = await feed(chunks, take, options.signal);
  if (failure !== undefined) return broken(failure);
  const ended = live?.ended() ?? tape?.trailer;
  const result = end(ended?.elapsedUs);
  const aboutTape = tape ? await tapeFindings(tape) : [];
  const aboutEnd = live ? endFindings(live.ended().end) : [];
  const findings = [...aboutTape, ...aboutEnd, ...result.findings];
  return withOwnSeverities({ source: input.source, ...result, findings }, protocol, options.severities);
}

interface Checking {
  readonly check: StreamCheck;
  readonly take: (chunk: Chunk) => void;
  readonly end: (closedAtUs?: number) => StreamResult;
  /** The report of a stream that could not be taken to its end: what was found before stays. */
  readonly broken: (reason: string) => StreamReport;
}

/** What is known of the exchange, for who watches. */
interface Exchange {
  readonly response: boolean;
  readonly arrivals: boolean;
}

function startCheck(
  input: Input,
  protocol: Protocol | undefined,
  options: StreamOptions,
  exchange: Exchange,
): Checking {
  const findings: Finding[] = [];
  let events = 0;
  let bytes = 0;
  let atUs: number | undefined = 0;
  const watcher = options.watch?.({ protocol, ...exchange });
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
    maxFindings: options.maxFindings,
    maxEventBytes: options.maxEventBytes,
  });
  return {
    check,
    take(chunk) {
      atUs = chunk.afterUs === undefined || atUs === undefined ? undefined : atUs + chunk.afterUs;
      bytes += chunk.bytes.length;
      check.push(chunk.bytes, atUs);
    },
    end(closedAtUs) {
      const result = check.end(closedAtUs);
      watcher?.end();
      return result;
    },
    broken(reason) {
      const { heldBack } = check;
      return { ...unjudged(input, reason), protocol: protocol?.id ?? null, events, bytes, findings, heldBack };
    },
  };
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
    if (drained.end === "interrupted") return INTERRUPTED;
    return drained.cause instanceof Error ? drained.cause.message : String(drained.cause);
  } catch (error) {
    if (error instanceof WireError) return error.message;
    throw error;
  }
}

function noStream(input: Input, reason: string, bytes = 0): StreamReport {
  return { ...unjudged(input, reason), verdict: "no-stream", bytes };
}

function unjudged(input: Input, reason: string): StreamReport {
  const nothing = { protocol: null, events: 0, bytes: 0, findings: [], heldBack: 0 };
  return { source: input.source, verdict: "unreadable", ...nothing, reason };
}
