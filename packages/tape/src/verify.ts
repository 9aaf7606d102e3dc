import { chunkLines } from "./chunks.ts";
import { TapeError } from "./error.ts";
import type { TapeTrailer } from "./format.ts";
import { type Feed, hashOf } from "./hash.ts";
import { pathsToRead } from "./paths.ts";
import type { Tape } from "./reader.ts";

/**
 * `unfinished`: no end line. `length-mismatch`, `hash-mismatch`: the bytes are not those that were recorded.
 * `crlf-damage`: they are, but for their line ends. `chunk-sum-mismatch`: the chunk lines count other bytes than there are.
 * `bad-line`: a line of `NAME.sse.tape` cannot be read.
 */
export type TapeProblemCode =
  | "unfinished"
  | "length-mismatch"
  | "hash-mismatch"
  | "crlf-damage"
  | "chunk-sum-mismatch"
  | "bad-line";

export interface TapeProblem {
  readonly code: TapeProblemCode;
  /** What was expected, what was found, what to do. */
  readonly message: string;
}

/**
 * Holds a tape's bytes against what its end line and chunk lines say: one problem a fault, none for a tape as it was recorded.
 * A bare `.sse` has nothing to be held against. Provenance `edited` declares other bytes, so they are no problem then.
 */
export async function verifyTape(tape: Tape): Promise<readonly TapeProblem[]> {
  if (tape.state === "bare") return [];
  const problems: TapeProblem[] = [];
  if (!tape.trailer) problems.push(unfinished(tape));
  else if (tape.header?.provenance !== "edited") problems.push(...(await verifyBytes(tape, tape.trailer)));
  if (tape.header) problems.push(...(await verifyLines(tape)));
  return problems;
}

function unfinished({ path }: Tape): TapeProblem {
  const message = `${path}.tape has no end line: the recorder died or is still at work; the bytes are usable as they are`;
  return { code: "unfinished", message };
}

async function verifyBytes({ path, bytes }: Tape, trailer: TapeTrailer): Promise<TapeProblem[]> {
  const sha256 = bytes === trailer.bytes ? await hashOf(path) : undefined;
  if (sha256 === trailer.sha256) return [];
  if ((await hashOf(path, withLf())) === trailer.sha256) {
    const mend = `put the line "*.sse -text" into .gitattributes, delete the file and check it out again`;
    return [{ code: "crlf-damage", message: `${path}: every LF has become CRLF, as git's autocrlf does; ${mend}` }];
  }
  if ((await hashOf(path, withCrlf())) === trailer.sha256) {
    const mend = `put the line "*.sse -text" into .gitattributes, turn every LF into CRLF (unix2dos ${path}) and commit it`;
    return [{ code: "crlf-damage", message: `${path}: every CRLF has become LF, as git's autocrlf does; ${mend}` }];
  }
  const next = 'restore it, or set "provenance":"edited" in the header if the change was meant';
  const ends = await verifyEnd(path, bytes - trailer.bytes, trailer);
  if (ends !== undefined)
    return [{ code: "length-mismatch", message: `${path}: edited since it was recorded: ${ends}; ${next}` }];
  if (bytes !== trailer.bytes) {
    const message = `${path}: edited since it was recorded: ${trailer.bytes} bytes then, ${bytes} now; ${next}`;
    return [{ code: "length-mismatch", message }];
  }
  const message = `${path}: edited since it was recorded: its SHA-256 was ${short(trailer.sha256)}, now ${short(sha256)}; ${next}`;
  return [{ code: "hash-mismatch", message }];
}

/** What has become of the end of a body that is otherwise as it was; undefined where that does not explain it. */
async function verifyEnd(path: string, more: number, { bytes, sha256 }: TapeTrailer): Promise<string | undefined> {
  if (more > 0 && (await hashOf(path, firstBytes(bytes))) === sha256) {
    return `it goes on behind its end, by ${more === 1 ? "a byte" : `${more} bytes`} (editors add a line end)`;
  }
  if (more === -1 && (await hashOf(path, followedBy("\n"))) === sha256) {
    return "its last line end is gone (editors and linters trim blank lines)";
  }
  return undefined;
}

async function verifyLines(tape: Tape): Promise<TapeProblem[]> {
  const { lines } = pathsToRead(tape.path);
  let sum = 0;
  try {
    for await (const chunks of chunkLines(lines)) {
      for (const chunk of chunks) sum += chunk.bytes;
    }
  } catch (error) {
    if (error instanceof TapeError && error.code === "bad-line") return [{ code: "bad-line", message: error.message }];
    throw error;
  }
  // Without an end line, bytes beyond the last chunk line are what the recorder had not counted yet.
  const expected = tape.trailer ? tape.trailer.bytes : Math.min(sum, tape.bytes);
  if (sum === expected) return [];
  const against = tape.trailer ? `the end line says ${expected}` : `${tape.path} has ${expected}`;
  const next = "chunks and timing cannot be trusted; record again, or delete the file to use the .sse alone";
  return [{ code: "chunk-sum-mismatch", message: `${lines}: the chunk lines count ${sum} bytes, ${against}; ${next}` }];
}

/** Undoes LF → CRLF: leaves out every CR before an LF. */
function withLf(): Feed {
  let carried = false; // the block before ended in CR
  return (hash, block, last) => {
    let text = (carried ? "\r" : "") + block.toString("latin1");
    carried = !last && text.endsWith("\r");
    if (carried) text = text.slice(0, -1);
    hash.update(text.replaceAll("\r\n", "\n"), "latin1");
  };
}

/** Undoes CRLF → LF: puts a CR before every LF. */
function withCrlf(): Feed {
  return (hash, block) => {
    hash.update(block.toString("latin1").replaceAll("\n", "\r\n"), "latin1");
  };
}

function firstBytes(number: number): Feed {
  let left = number;
  return (hash, block) => {
    const piece = block.subarray(0, left);
    left -= piece.length;
    hash.update(piece);
  };
}

function followedBy(text: string): Feed {
  return (hash, block, last) => {
    hash.update(block);
    if (last) hash.update(text);
  };
}

function short(sha256: string | undefined): string {
  return `${sha256?.slice(0, 12) ?? ""}…`;
}
