import { existsSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { findInputs, ValidateError } from "@ssert/validate";

/** The streams of a folder, and how `ssert validate` is told of them. */
export interface TapesHere {
  readonly streams: number;
  /** Streams without `NAME.sse.tape`: they name no protocol. */
  readonly bare: number;
  /** A folder or a glob, relative, with slashes. */
  readonly input: string;
}

/** Where `ssert record` and `ssert proxy` are shown to write, until there is something. */
const USUAL = "tapes";

const ALL = "**/*.sse";

/** Names that mean the same to every shell within quotes, to YAML and to GitHub's `${{ … }}`. */
const PLAIN = /^[\p{L}\p{N}_.@+][\p{L}\p{N}_.@+ =,/-]*$/u;

/** Finds every `*.sse` below the folder. Throws ValidateError `unreadable`. */
export async function tapesIn(folder: string): Promise<TapesHere> {
  const paths = await streamsIn(folder);
  if (paths.length === 0) return { streams: 0, bare: 0, input: USUAL };
  const shared = paths.map((path) => dirname(relative(folder, path)).split(sep)).reduce(sharedStart);
  const home = shared.join("/");
  return {
    streams: paths.length,
    bare: paths.filter((path) => !existsSync(`${path}.tape`)).length,
    input: home !== "." && PLAIN.test(home) ? home : ALL,
  };
}

async function streamsIn(folder: string): Promise<readonly string[]> {
  try {
    return (await findInputs([folder])).map(({ source }) => source);
  } catch (error) {
    if (error instanceof ValidateError && error.code === "no-streams") return [];
    throw error;
  }
}

function sharedStart(one: readonly string[], other: readonly string[]): string[] {
  const differ = one.findIndex((part, index) => part !== other[index]);
  return one.slice(0, differ === -1 ? one.length : differ);
}
