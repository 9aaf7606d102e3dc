import { createHash, type Hash } from "node:crypto";
import { withFile } from "./open-file.ts";

/** Hashing a larger block at a time is no faster. */
const BLOCK_BYTES = 256 * 1024;

/** Gives a block of a file to the hash, as it is or changed. */
export type Feed = (hash: Hash, block: Buffer, last: boolean) => void;

/** SHA-256 of a file, in lower-case hex. */
export async function hashOf(path: string, feed: Feed = (hash, block) => hash.update(block)): Promise<string> {
  const hash = createHash("sha256");
  await withFile(path, async (handle) => {
    // One block for the whole file: a gigabyte of new ones outruns the garbage collector by 80 MB.
    const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    for (let bytesRead = -1; bytesRead !== 0; ) {
      ({ bytesRead } = await handle.read(block, 0, BLOCK_BYTES, null));
      feed(hash, block.subarray(0, bytesRead), bytesRead === 0);
    }
  });
  return hash.digest("hex");
}
