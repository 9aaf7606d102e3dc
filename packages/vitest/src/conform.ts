import { builtinProtocols, createStreamCheck, loadBuiltinProtocol, type Protocol } from "@ssert/protocol";
import {
  createReport,
  type FrameSource,
  type Report,
  renderPretty,
  type StreamReport,
  type Style,
} from "@ssert/report";
import { frameSource, type StreamFrames, validateStream, whyNotJudged } from "@ssert/validate";
import { WireError } from "@ssert/wire";
import { MatcherError } from "./error.ts";
import { type Received, receive } from "./event-stream.ts";

/** How strictly a stream is taken. */
export interface Conformity {
  /** More warnings than these fail, too; default: any number is fine. */
  readonly maxWarnings?: number;
}

/** What a matcher tells Vitest. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** How reports call what has no name of its own. */
const NAME = "received";
/** How `frameSource` calls what passes through it. */
const KEPT = "-";

/**
 * Does a stream keep to its protocol? A built-in one by its name, or one of `defineProtocol` or `parseProtocol`; of a tape
 * the one that it was recorded with, unless told. The message is the pretty report, with the places in the stream.
 */
export async function toConformTo(
  value: unknown,
  protocol: string | Protocol | undefined,
  { maxWarnings = Number.POSITIVE_INFINITY }: Conformity,
  style: Style,
): Promise<MatcherResult> {
  if (!(maxWarnings >= 0))
    throw new MatcherError("bad-argument", `maxWarnings must be a number from 0 up, got ${maxWarnings}`);
  const received = receive(value);
  const chosen = await choose(received, protocol);
  const frames = frameSource();
  const report = createReport([await judge(received, chosen, frames)]);
  const [stream] = report.streams;
  const pass = stream?.verdict === "valid" && report.summary.warnings <= maxWarnings;
  const told = pass ? "not to conform to" : "to conform to";
  return {
    pass,
    message: () =>
      `expected the stream ${told} ${chosen.id}${tolerance(report, maxWarnings)}\n\n${print(report, frames, style)}`,
  };
}

function tolerance({ summary }: Report, maxWarnings: number): string {
  return summary.errors === 0 && summary.warnings > maxWarnings ? ` with at most ${maxWarnings} warnings` : "";
}

function print(report: Report, frames: StreamFrames, style: Style): string {
  const source: FrameSource = {
    lines: (name, location) => frames.lines(name === NAME ? KEPT : name, location),
  };
  return renderPretty(report, { frames: source, style }).trimEnd();
}

async function choose(received: Received, protocol: string | Protocol | undefined): Promise<Protocol> {
  const wanted = protocol ?? (received.kind === "tape" ? received.tape.header?.protocol : undefined);
  if (typeof wanted === "object") return aProtocol(wanted);
  const known = builtinProtocols().map(({ name }) => name);
  if (wanted === undefined) {
    throw new MatcherError(
      "no-protocol",
      `toConformTo() needs a protocol, since ${received.kind === "tape" ? "the tape names none" : "only a tape can name its own"}: ${known.join(", ")}, or one of parseProtocol()`,
    );
  }
  const builtin = await loadBuiltinProtocol(wanted);
  if (builtin !== undefined) return builtin;
  throw new MatcherError(
    "unknown-protocol",
    `unknown protocol ${JSON.stringify(wanted)}; built in are ${known.join(", ")}; one of your own comes from parseProtocol(text)`,
  );
}

/** JavaScript, or a cast, may bring anything; the definition of a protocol is not one yet. */
function aProtocol(wanted: Protocol): Protocol {
  if ("id" in wanted && "rules" in wanted) return wanted;
  throw new MatcherError(
    "bad-argument",
    "toConformTo() takes the name of a protocol, or one of parseProtocol(text) or defineProtocol(definition); this object is neither",
  );
}

async function judge(received: Received, protocol: Protocol, frames: StreamFrames): Promise<StreamReport> {
  if (received.kind === "tape") {
    const { path } = received.tape;
    return await validateStream({ kind: "file", source: path }, { protocol: () => protocol });
  }
  const response = received.kind === "response" ? received.response : undefined;
  const check = createStreamCheck({ protocol });
  if (response !== undefined) {
    const reason = whyNotJudged(response, true);
    if (reason !== undefined) return notAStream(reason, await beginning(received.chunks));
    check.response(response);
  }
  try {
    for await (const chunk of frames.keep(received.chunks)) check.push(chunk);
  } catch (error) {
    if (error instanceof WireError) return unreadable(error.message);
    throw error;
  }
  return { source: NAME, ...check.end() };
}

const NOTHING = { source: NAME, protocol: null, events: 0, bytes: 0, findings: [], heldBack: 0 };

function unreadable(reason: string): StreamReport {
  return { ...NOTHING, verdict: "unreadable", reason };
}

function notAStream(reason: string, body: string): StreamReport {
  return { ...NOTHING, verdict: "no-stream", reason: `${reason}: ${body}` };
}

/** An error page or a JSON error says in its first lines what went wrong. */
const SHOWN_BYTES = 500;

async function beginning(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > SHOWN_BYTES) return `${text.slice(0, SHOWN_BYTES)}…`;
  }
  return text;
}
