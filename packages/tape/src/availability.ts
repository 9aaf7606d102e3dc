import { access } from "node:fs/promises";
import { TapeError } from "./error.ts";
import { pathsToWrite } from "./paths.ts";

/**
 * Says early that `createTape` would refuse, before a request is spent on a recording that has no place.
 * Throws TapeError `bad-name` or, without `force`, `exists`.
 */
export async function checkNewTape(path: string, options: { force?: boolean } = {}): Promise<void> {
  const { body, lines } = pathsToWrite(path);
  if (options.force) return;
  for (const file of [body, lines]) {
    if (await exists(file)) throw alreadyExists(file);
  }
}

export function alreadyExists(path: string, cause?: unknown): TapeError {
  return new TapeError("exists", `${path} exists; choose another name, or overwrite it with force (--force)`, {
    cause,
  });
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
