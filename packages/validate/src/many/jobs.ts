import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Input } from "../input.ts";

/** Files come from one disk, and each thread takes some 30 MB. */
const MOST_JOBS = 8;

export function defaultJobs(): number {
  return Math.min(availableParallelism(), MOST_JOBS);
}

/** A thread is ready after about 100 ms of work: as long as one core takes for 1,000 small files, or for 10 MB. */
export const MANY_FILES = 1000;
const MANY_BYTES = 16 * 1024 * 1024;

/** Whether threads earn their start. */
export function worthThreads(inputs: readonly Input[]): boolean {
  const files = inputs.filter(({ kind }) => kind === "file");
  if (files.length < 2) return false;
  if (files.length >= MANY_FILES) return true;
  let bytes = 0;
  for (const { source } of files) {
    bytes += statSync(source, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes >= MANY_BYTES) return true;
  }
  return false;
}

/** Batches that a thread is given ahead: this one, busy with its own, answers late. */
export const SLOTS = 3;
