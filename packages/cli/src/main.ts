import { constants } from "node:os";
import { styleText } from "node:util";
import { explain } from "./errors.ts";
import { run } from "./program.ts";
import type { StopSignal, Terminal } from "./terminal.ts";

// The outermost place: the only one that touches the process.

const stopListeners = new Set<(signal: StopSignal) => void>();
let stopping = false;

/** The first signal lets the command finish what it has begun; the second ends the process at once. */
function stop(signal: StopSignal): void {
  if (stopping) process.exit(128 + constants.signals[signal]);
  stopping = true;
  for (const listener of stopListeners) listener(signal);
}

/**
 * Writes to one of the process's streams. A reader that went away (`| head`) is no error: what it did not want is dropped,
 * and the command goes on with its real work.
 */
function writer(stream: NodeJS.WriteStream): (text: string) => void {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== "EPIPE") throw error;
  });
  return (text) => {
    if (open) stream.write(text);
  };
}

/** `styleText` knows NO_COLOR, FORCE_COLOR and what is no terminal. */
const hasColor = (stream: NodeJS.WriteStream): boolean => styleText("bold", "x", { stream }) !== "x";

const terminal: Terminal = {
  out: writer(process.stdout),
  err: writer(process.stderr),
  outColor: hasColor(process.stdout),
  errColor: hasColor(process.stderr),
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  // A getter: touching `process.stdin` opens it, and most commands never read it.
  get stdin() {
    return process.stdin;
  },
  env: process.env,
  onStop(listener) {
    if (stopListeners.size === 0) process.on("SIGINT", stop).on("SIGTERM", stop);
    stopListeners.add(listener);
    return () => {
      stopListeners.delete(listener);
      if (stopListeners.size === 0) process.off("SIGINT", stop).off("SIGTERM", stop);
    };
  },
};

try {
  process.exitCode = await run(process.argv.slice(2), terminal);
} catch (error) {
  const { SSERT_DEBUG } = process.env;
  terminal.err(explain(error, SSERT_DEBUG === "1"));
  process.exitCode = 2;
}
