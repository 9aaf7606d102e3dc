import { TapeError } from "./error.ts";

/** The two files of one tape. */
export interface TapePaths {
  /** `NAME.sse`: the body. */
  readonly body: string;
  /** `NAME.sse.tape`: header, chunk lines, end line. */
  readonly lines: string;
}

/** Where a tape is to be written. Throws TapeError `bad-name`. */
export function pathsToWrite(path: string): TapePaths {
  if (/[^/\\]\.sse$/.test(path)) return { body: path, lines: `${path}.tape` };
  throw new TapeError("bad-name", `a tape's name ends in .sse, found ${JSON.stringify(path)}; write it to NAME.sse`);
}

/** Where a tape is to be read: either of its files names it. A body may have any name. */
export function pathsToRead(path: string): TapePaths {
  const body = path.endsWith(".sse.tape") ? path.slice(0, -".tape".length) : path;
  return { body, lines: `${body}.tape` };
}
