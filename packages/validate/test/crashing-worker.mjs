// A thread of the pool that dies of a file named `deadly.sse`, as of one that takes all its memory, and is else the real one.
import validateBatch from "../src/many/validate-worker.ts";

export default async function crashing(batch) {
  if (!batch.sources.some((source) => source.endsWith("deadly.sse"))) return await validateBatch(batch);
  setImmediate(() => {
    throw new Error("out of memory");
  });
  return await new Promise(() => {});
}
