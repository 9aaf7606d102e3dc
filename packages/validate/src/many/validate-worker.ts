import { type Batch, type BatchResult, createBatchRunner } from "./batch.ts";

// A thread of the pool. It lives as long as one run, whose settings do not change.
let runner: ReturnType<typeof createBatchRunner> | undefined;

export default async function validateBatch(batch: Batch): Promise<BatchResult> {
  runner ??= createBatchRunner(batch.settings);
  return await (await runner)(batch);
}
