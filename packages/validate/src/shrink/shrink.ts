import type { Protocol } from "@ssert/protocol";
import { byPosition, type Finding } from "@ssert/report";
import { ValidateError } from "../error.ts";
import { publicWords } from "../private-stream.ts";
import { check, createOracle, type Oracle } from "./oracle.ts";
import { cutAtEvents, joinPieces, MAX_BYTES, type Piece, pieceOf, plainLines } from "./pieces.ts";
import { redactPieces } from "./redact-pieces.ts";
import { wordsOfNames } from "./redact-words.ts";
import { reduceEach } from "./reduce-each.ts";
import { reduceEvents } from "./reduce-events.ts";
import { reduceList } from "./reduce-list.ts";
import { reduceTogether } from "./reduce-together.ts";
import { renumberOf } from "./renumber.ts";

export interface ShrinkOptions {
  readonly protocol?: Protocol | undefined;
  /** The rule that must still be broken; default: that of the first error, else of the first warning. */
  readonly rule?: string | undefined;
  /** Take the content out of what is left, so that it can be shown to others. */
  readonly redactText?: boolean;
  /** Events that may be checked before what has been reached is taken; default 30 million, some ten seconds. */
  readonly budget?: number;
}

/** A stream made as small as it goes. */
export interface Shrunk {
  readonly bytes: Uint8Array;
  readonly events: number;
  /** What it still shows, in its new place. */
  readonly finding: Finding;
  /** The budget was spent: it may be made smaller yet. */
  readonly exhausted: boolean;
  /** With `redactText`: the words of the content that had to stay. Free of content if there are none. */
  readonly kept: readonly string[];
}

const DEFAULT_BUDGET = 30_000_000;

/**
 * Reduces a failing stream to the smallest one that still fails under the same rule, at the same type of event, and breaks no
 * other: by events, then properties, then text. The same stream gives the same result.
 *
 * Throws ValidateError `nothing-to-shrink` for a stream without such a finding, and `too-large`.
 */
export function shrinkStream(bytes: Uint8Array, options: ShrinkOptions = {}): Shrunk {
  const { protocol, rule, redactText = false, budget = DEFAULT_BUDGET } = options;
  if (bytes.length > MAX_BYTES) {
    const most = `${MAX_BYTES / 1024 / 1024} MiB`;
    throw new ValidateError(
      "too-large",
      `the stream is larger than ${most}: cut it behind the finding first (head -c)`,
    );
  }
  const pieces = cutAtEvents(bytes);
  const findings = check(protocol, pieces);
  const target = targetOf(findings, rule);
  const oracle = createOracle(protocol, target, findings, budget);
  const small = reducePieces(pieces, target, oracle);
  const { pieces: last, kept } = redactText
    ? redactPieces(small, namesOf(protocol), oracle.holds)
    : { pieces: small, kept: [] };
  const left = check(protocol, last);
  return {
    bytes: joinPieces(last),
    events: last.filter(({ event }) => event !== undefined).length,
    finding: left.find((finding) => finding.rule === target.rule) ?? target,
    exhausted: oracle.exhausted,
    kept,
  };
}

/** About the response as a whole, or about when it came: nothing in the bytes shows it. */
const OUTSIDE = /^(?:http|timing|tape)\//;

function targetOf(findings: readonly Finding[], rule: string | undefined): Finding {
  const inBytes = byPosition(findings).filter((finding) => !OUTSIDE.test(finding.rule));
  const found =
    rule === undefined
      ? (inBytes.find(({ severity }) => severity === "error") ?? inBytes[0])
      : inBytes.find((finding) => finding.rule === rule);
  if (found !== undefined) return found;
  const what = rule === undefined ? "has no finding" : `has no finding of ${rule}`;
  throw new ValidateError("nothing-to-shrink", `the stream ${what} in its bytes, so there is nothing to shrink to`);
}

/** Each round may open the way for the next: what no text refers to any more can go. */
const MAX_ROUNDS = 8;

function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function reducePieces(pieces: readonly Piece[], target: Finding, oracle: Oracle): readonly Piece[] {
  // Where the numbers are the fault, they stay as they are.
  const renumber = target.rule.endsWith("-jumps") ? (some: readonly Piece[]) => some : renumberOf(pieces);
  const holds = (some: readonly Piece[]): boolean => oracle.holds(renumber(some));
  let left = reduceEvents(pieces, target, holds);
  let before = Number.POSITIVE_INFINITY;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const small = reduceEach(simplify(renumber(left), oracle), oracle);
    if (oracle.exhausted) return renumber(small);
    left = reduceTogether(reduceList(small, holds), holds);
    const size = sizeOf(left);
    if (size === before) break;
    before = size;
  }
  return renumber(left);
}

/** Replaces pieces by their plainest form where the fault does not lie in how they are written. */
function simplify(pieces: readonly Piece[], { holds }: Oracle): readonly Piece[] {
  let left = pieces;
  for (const [index, { event }] of pieces.entries()) {
    const plain = event && left.with(index, pieceOf(plainLines(event)));
    if (plain !== undefined && holds(plain)) left = plain;
  }
  return left;
}

/** The protocol's own names are no content. */
function namesOf(protocol: Protocol | undefined): ReadonlySet<string> {
  return wordsOfNames(publicWords(protocol === undefined ? [] : [protocol.definition]));
}
