import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode } from "./error.ts";

/**
 * Makes a folder and those above it, where they are missing. Throws what the system says.
 *
 * Node's own recursive `mkdir` never comes back where a folder is there and takes none, as `/proc`: the system calls the new
 * one missing, and Node makes the one above again and again (seen with 24.21).
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  try {
    await mkdir(path);
  } catch (error) {
    // Somebody else may have been quicker.
    if (systemCode(error) !== "EEXIST" || !(await isFolder(path))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() === true;
}
