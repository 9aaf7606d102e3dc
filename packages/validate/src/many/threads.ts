import { defaultJobs, MANY_FILES } from "./jobs.ts";
import type { Pool } from "./pool.ts";

/** The threads of a run. They start when they are asked for, or before: while the inputs are still being found. */
export interface Threads {
  /** How many there are, the one that asks included. */
  readonly jobs: number;
  /** So many files have been found so far: enough of them, and the threads start, to be ready once the last is found. */
  found(files: number): void;
  /** The pool of the others; started if it has not been. */
  pool(): Promise<Pool>;
  /** Ends the threads, if there are any, whatever they are at. */
  close(): Promise<void>;
}

/** Whoever makes threads closes them. `jobs` as `ManyOptions` has it. */
export function createThreads(jobs: number = defaultJobs()): Threads {
  let pool: Promise<Pool> | undefined;
  const start = (): Promise<Pool> => {
    // Only for many files: loading it takes as long as ten small ones.
    pool ??= import("./pool.ts").then(({ createPool }) => createPool(jobs - 1));
    return pool;
  };
  return {
    jobs,
    found(files) {
      if (jobs > 1 && files >= MANY_FILES) void start();
    },
    pool: start,
    close: async () => await (await pool)?.close(),
  };
}
