import type { Stats } from "node:fs";
import { glob, stat } from "node:fs/promises";
import { normalize, resolve } from "node:path";
import { keptUrl } from "@ssert/tape";
import { ValidateError } from "./error.ts";
import { isSkipped, type OnFound, streamsIn } from "./folder.ts";
import { type Input, isUrl, STDIN } from "./input.ts";
import { similarPath } from "./similar.ts";

const TAPE_SUFFIX = ".sse.tape";

/**
 * Finds the streams that files, folders (every `*.sse` in them, at any depth, sorted by path; `node_modules` and `.git`
 * left out), globs, URLs and `-` name. The order of the names is kept, a file that is named twice comes once, and `NAME.sse.tape`
 * names `NAME.sse`. A path that exists is never read as a glob.
 *
 * `onFound` is told now and then how many there are in a folder so far, so that threads can start meanwhile.
 *
 * Throws ValidateError `not-found`, `no-streams`, `no-match`, `unreadable` or `no-inputs`.
 */
export async function findInputs(names: readonly string[], onFound?: OnFound): Promise<readonly Input[]> {
  if (names.length === 0)
    throw new ValidateError("no-inputs", "no input: name files, folders, globs, URLs, or - for stdin");
  const inputs = new Map<string, Input>();
  const keyOf = (await isOneFolder(names)) ? (source: string): string => source : resolve;
  for (const name of names) {
    if (name === STDIN) {
      inputs.set(STDIN, { kind: "stdin", source: STDIN });
      continue;
    }
    if (isUrl(name)) {
      inputs.set(name, { kind: "url", source: keptUrl(name), url: name });
      continue;
    }
    for (const found of await findStreams(name, onFound)) {
      const source = found.endsWith(TAPE_SUFFIX) ? found.slice(0, -".tape".length) : found;
      const key = keyOf(source);
      if (!inputs.has(key)) inputs.set(key, { kind: "file", source });
    }
  }
  return [...inputs.values()];
}

/** A folder lists each file once, spelt in one way: to resolve 100,000 names takes longer than to list them. */
async function isOneFolder(names: readonly string[]): Promise<boolean> {
  const [name, other] = names;
  return name !== undefined && other === undefined && (await statsOf(name))?.isDirectory() === true;
}

async function findStreams(name: string, onFound?: OnFound): Promise<readonly string[]> {
  // In a script: "$TAPES" that nobody has set.
  if (name === "") throw new ValidateError("not-found", 'an input is "": name a file, a folder, or . for this one');
  const stats = await statsOf(name);
  if (stats?.isDirectory()) return someOf(await streamsIn(name, onFound), name);
  if (stats || (await statsOf(`${name}.tape`))) return [name];
  if (/[*?[{]/.test(name)) return matchesOf(name);
  const similar = await similarPath(name);
  const next = similar === undefined ? "check the path" : `did you mean ${similar}?`;
  throw new ValidateError("not-found", `${name} does not exist; ${next}`);
}

function someOf(streams: readonly string[], folder: string): readonly string[] {
  if (streams.length > 0) return streams;
  const next = "name another folder, or the files themselves if they are called otherwise";
  throw new ValidateError("no-streams", `${folder} has no *.sse file in it; ${next}`);
}

/** As a shell would expand it: folders among the matches give their streams, files are taken whatever their name. */
async function matchesOf(pattern: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const match of glob(pattern, { exclude: isSkipped })) {
    const stats = await statsOf(match);
    if (stats?.isDirectory()) found.push(...(await streamsIn(match)));
    else if (stats) found.push(match);
  }
  if (found.length > 0) return found.sort();
  const next = "check the pattern, or name a folder: every *.sse in it is taken";
  throw new ValidateError("no-match", `${pattern} matches no file; ${next}`);
}

/** Undefined for what does not exist, also where a parent is missing or no folder. Other failures are left to reading. */
async function statsOf(path: string): Promise<Stats | undefined> {
  return stat(normalize(path)).catch(() => undefined);
}
