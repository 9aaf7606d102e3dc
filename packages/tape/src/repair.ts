import { createHash } from "node:crypto";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { chunkLines } from "./chunks.ts";
import { TapeError } from "./error.ts";
import type { TapeChunk } from "./format.ts";
import { hashOf } from "./hash.ts";
import { encodeChunk, encodeTrailer } from "./lines.ts";
import { pathsToRead, type TapePaths } from "./paths.ts";
import { openTape, type Tape } from "./reader.ts";
import { verifyTape } from "./verify.ts";

/** What was done to a tape. `finished`: it has its end line now. `restored`: its line ends are again as they were recorded. */
export type RepairAction = "finished" | "restored";

export interface Repair {
  readonly path: string;
  readonly action: RepairAction;
  /** What was wrong and what was done, in a sentence. */
  readonly message: string;
}

/**
 * Repairs what can be repaired without guessing; undefined for a tape that needs none, or whose bytes are others than those
 * recorded and cannot be had back.
 *
 * A tape whose recorder died gets its end line (`interrupted`): what no chunk line counts becomes a final chunk without a time
 * of its own, a torn line is dropped. Line ends that git changed are changed back: the hash proves that these are the bytes.
 * Files are replaced in one step, with the mode that they had. Throws TapeError `no-header` where the header is torn, `in-use`
 * where an unfinished tape was written so lately that its recorder may be at work (`now`: milliseconds since 1970), and as
 * `openTape` does.
 */
export async function repairTape(path: string, now: () => number = Date.now): Promise<Repair | undefined> {
  const tape = await openTape(path);
  if (tape.state === "unfinished") {
    await checkQuiet(pathsToRead(tape.path), now());
    return await finish(tape);
  }
  const problems = await verifyTape(tape);
  return problems.some(({ code }) => code === "crlf-damage") ? await restore(tape) : undefined;
}

/**
 * How long an unfinished tape is left alone after its last change, in milliseconds: an end line would cut a recording in two
 * that goes on. The HTML standard (9.2.7) advises a server to send a comment every 15 seconds, so one that is silent for longer
 * is most likely gone.
 */
export const QUIET_MS = 20_000;

async function checkQuiet({ body, lines }: TapePaths, now: number): Promise<void> {
  const written = await Promise.all([body, lines].map(async (file) => (await stat(file)).mtimeMs));
  const quiet = now - Math.floor(Math.max(...written));
  if (quiet >= QUIET_MS) return;
  const ago = Math.max(0, Math.floor(quiet / 1000));
  const next = `end it, or repair the tape when nothing has been written for ${QUIET_MS / 1000} s`;
  throw new TapeError("in-use", `${body} was written ${ago} s ago, so its recorder may be at work; ${next}`);
}

async function finish(tape: Tape): Promise<Repair> {
  const paths = pathsToRead(tape.path);
  if (tape.header === undefined) {
    const next = `delete ${paths.lines} to use the .sse alone`;
    throw new TapeError("no-header", `${paths.lines}: the recorder died before it had written the header; ${next}`);
  }
  const { lines, elapsedUs, untimed } = await countedLines(paths, tape.bytes);
  const sha256 = await hashOf(tape.path);
  const header = await firstLine(paths.lines);
  const trailer = encodeTrailer({ end: "interrupted", bytes: tape.bytes, sha256, elapsedUs, redacted: 0 });
  await replace(paths.lines, Buffer.from(header + lines.map(encodeChunk).join("") + trailer));
  const rest = untimed === 0 ? "" : `; ${untimed} bytes that no chunk line counted became its last chunk`;
  return { path: tape.path, action: "finished", message: `the recorder died: the tape ends as interrupted now${rest}` };
}

/** The chunk lines that the bytes bear out, and one for what is beyond them. */
async function countedLines(
  paths: TapePaths,
  bytes: number,
): Promise<{ readonly lines: readonly TapeChunk[]; readonly elapsedUs: number; readonly untimed: number }> {
  const lines: TapeChunk[] = [];
  let sum = 0;
  let elapsedUs = 0;
  for await (const chunks of chunkLines(paths.lines)) {
    for (const chunk of chunks) {
      const there = Math.min(chunk.bytes, bytes - sum);
      if (there === 0 && chunk.bytes > 0) continue;
      lines.push({ afterUs: chunk.afterUs, bytes: there });
      sum += there;
      elapsedUs += chunk.afterUs;
    }
  }
  const untimed = bytes - sum;
  if (untimed > 0) lines.push({ afterUs: 0, bytes: untimed });
  return { lines, elapsedUs, untimed };
}

async function restore(tape: Tape): Promise<Repair> {
  const { body } = pathsToRead(tape.path);
  const now = (await readFile(body)).toString("latin1");
  const candidates = [now.replaceAll("\r\n", "\n"), now.replaceAll("\n", "\r\n")].map((text) =>
    Buffer.from(text, "latin1"),
  );
  const recorded = candidates.find(
    (bytes) => createHash("sha256").update(bytes).digest("hex") === tape.trailer?.sha256,
  );
  if (recorded === undefined)
    throw new TapeError("unreadable", `${body} changed while it was being repaired; try again`);
  await replace(body, recorded);
  const next = 'put the line "*.sse -text" into .gitattributes, or git will do it again';
  return { path: tape.path, action: "restored", message: `the line ends are those that were recorded again; ${next}` };
}

async function firstLine(path: string): Promise<string> {
  const text = await readFile(path, "latin1");
  return Buffer.from(text.slice(0, text.indexOf("\n") + 1), "latin1").toString();
}

/** Recordings hold what users said: for their owner only. */
const MODE = 0o600;

/** Whoever reads meanwhile sees the old file or the new one, whole. */
async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${path}.repairing`;
  try {
    const handle = await open(fresh, "wx", MODE);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    if (!exists) await rm(fresh, { force: true });
    throw new TapeError("write-failed", `cannot write ${path} (${reason}); nothing was changed`, { cause });
  }
}
