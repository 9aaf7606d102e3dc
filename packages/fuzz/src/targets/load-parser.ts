import { type LoadedTarget, loadTarget } from "./load-target.ts";
import { parseTarget } from "./parse-target.ts";

const timeLimitMs = 1000;

/** A target as the command line calls it, ready to be given to `checkParser` and `readChunks`; to be closed after use. */
export function loadParser(target: string, folder: string = process.cwd()): Promise<LoadedTarget> {
  return loadTarget(parseTarget(target, folder), timeLimitMs);
}
