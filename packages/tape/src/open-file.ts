import { type FileHandle, open } from "node:fs/promises";
import { cannotRead, TapeError } from "./error.ts";

/** Opens a file to read. Throws TapeError `not-found` or `unreadable`. */
export async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, "r");
  } catch (error) {
    throw cannotRead(file, error);
  }
}

/** Opens a file to read, and closes it again whatever happens. Throws TapeError `not-found` or `unreadable`. */
export async function withFile<T>(file: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await openFile(file);
  try {
    return await use(handle);
  } catch (error) {
    throw error instanceof TapeError ? error : cannotRead(file, error);
  } finally {
    await handle.close();
  }
}
