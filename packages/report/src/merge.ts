import { createReport } from "./create-report.ts";
import { partialReport } from "./partial-report.ts";
import type { Report, StreamReport } from "./report.ts";
import type { Shard } from "./shard.ts";

/** `not-partial`: no JSON report of a shard. `misfit`: the shards are not all the parts of one run. */
export type MergeErrorCode = "not-partial" | "misfit";

/** Partial reports that cannot be one. The message names the files, what does not fit, and what to do. */
export class MergeError extends Error {
  override readonly name = "MergeError";
  readonly code: MergeErrorCode;

  constructor(code: MergeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The text of a JSON report, and the name that errors call it by. */
export interface PartialText {
  readonly name: string;
  readonly text: string;
}

export interface Merged {
  /** What one run over all inputs would have reported. */
  readonly report: Report;
  /** The one chosen for all streams; null where each tape's own was taken. */
  readonly protocol: string | null;
  readonly protocols: Shard["protocols"];
  readonly unknownProtocols: readonly string[];
  /** The shards do not show what streams hold: nothing of that may be added. */
  readonly private: boolean;
}

interface Part {
  readonly name: string;
  readonly shard: Shard;
  readonly streams: readonly StreamReport[];
}

/**
 * Joins the JSON reports of all shards of one run, in whatever order they come. Throws MergeError: a shard that is missing,
 * there twice, or not whole, and shards of other inputs, another `ssert` or another protocol.
 */
export function mergeReports(texts: readonly PartialText[]): Merged {
  const parts = texts.map(readPart);
  const [first] = parts;
  if (first === undefined) throw new MergeError("misfit", "no reports to merge; name the JSON reports of all shards");
  for (const part of parts) checkFit(first, part);
  const inOrder = parts.toSorted((a, b) => a.shard.index - b.shard.index);
  checkComplete(inOrder, first.shard.count);
  for (const part of inOrder) checkWhole(part);
  const streams: StreamReport[] = [];
  for (let position = 0; position < first.shard.inputs; position++) {
    const stream = inOrder[position % first.shard.count]?.streams[Math.floor(position / first.shard.count)];
    if (stream) streams.push(stream);
  }
  const protocols = new Map(inOrder.flatMap(({ shard }) => shard.protocols.map((used) => [used.id, used])));
  return {
    report: createReport(streams),
    protocol: first.shard.protocol,
    protocols: [...protocols.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    unknownProtocols: [...new Set(inOrder.flatMap(({ shard }) => shard.unknownProtocols))].sort(),
    private: first.shard.private === true,
  };
}

function readPart({ name, text }: PartialText): Part {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, "")); // some editors and shells write the mark
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MergeError("not-partial", `${name} is not JSON (${reason}); name reports made with --shard I/N --json`, {
      cause,
    });
  }
  const read = partialReport(value);
  if (typeof read !== "string") return { name, shard: read.shard, streams: read.streams };
  throw new MergeError("not-partial", `${name} is no report of a shard: ${read}; make it with --shard I/N --json`);
}

/** What all shards of one run have in common, and how a difference is told. */
const COMMON: readonly (readonly [fact: (shard: Shard) => string, what: string, next: string])[] = [
  [({ count }) => `of ${count}`, "a different number of shards", "run all with the same N"],
  [({ tool }) => tool, "different versions of ssert", "run all with the same one"],
  [({ protocol }) => protocol ?? "that of each tape", "different protocols", "run all with the same --protocol"],
  [
    ({ private: hidden }) => (hidden ? "with --private" : "without it"),
    "different wishes for what may be shown",
    "run all with --private, or none",
  ],
  [({ inputs }) => `${inputs} inputs`, "different inputs", "run all with the same inputs in the same folders"],
  [({ inputsSha256 }) => inputsSha256.slice(0, 12), "inputs of different names", "run all with the same inputs"],
];

function checkFit(one: Part, other: Part): void {
  for (const [fact, what, next] of COMMON) {
    const [a, b] = [fact(one.shard), fact(other.shard)];
    if (a === b) continue;
    throw new MergeError("misfit", `${one.name} and ${other.name} have ${what}: ${a}, ${b}; ${next}`);
  }
  for (const used of other.shard.protocols) {
    const same = one.shard.protocols.find(({ id }) => id === used.id);
    if (same === undefined || JSON.stringify(same.rules) === JSON.stringify(used.rules)) continue;
    const next = "run all with the same protocol file";
    throw new MergeError("misfit", `${one.name} and ${other.name} mean different rules by ${used.id}; ${next}`);
  }
}

function checkComplete(parts: readonly Part[], count: number): void {
  const names = new Map<number, string>();
  for (const { name, shard } of parts) {
    const before = names.get(shard.index);
    if (before !== undefined) {
      throw new MergeError("misfit", `${before} and ${name} are both shard ${shard.index}/${count}; name each once`);
    }
    names.set(shard.index, name);
  }
  const missing: string[] = [];
  for (let index = 1; index <= count && missing.length < 10; index++) {
    if (!names.has(index)) missing.push(`${index}/${count}`);
  }
  if (missing.length === 0) return;
  throw new MergeError("misfit", `shard ${missing.join(", ")} is missing; name the reports of all ${count}`);
}

function checkWhole({ name, shard: { index, count, inputs }, streams }: Part): void {
  const expected = Math.ceil((inputs - index + 1) / count);
  if (streams.length === expected) return;
  const next = "it was interrupted, or edited: run that shard again";
  throw new MergeError("misfit", `${name} has ${streams.length} of the ${expected} streams of its shard; ${next}`);
}
