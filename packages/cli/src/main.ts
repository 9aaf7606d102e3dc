import { constants } from "node:os";
import { styleText } from "node:util";
import { explain } from "./errors.ts";
import { run } from "./program.ts";
import type { StopSignal, Terminal } from "./terminal.ts";

// The outermost place: the only one that touches the process.

const stopListeners = new Set<(signal: StopSignal) => void>();
let stopping = false;
let readsStdin = false;

/** The first signal lets the command finish what it has begun; the second ends the process at once. */
function stop(signal: StopSignal): void {
  if (stopping) process.exit(128 + constants.signals[signal]);
  stopping = true;
  for (const listener of stopListeners) listener(signal);
}

/**
 * One of the process's streams, opened when it is used: that takes a few milliseconds, and a clean run needs no stderr.
 * A reader that went away (`| head`) is no error: what it did not want is dropped, and the command goes on with its work. A disk
 * that is full is one: what was asked for is not there.
 */
function lazyOutput(name: "stdout" | "stderr"): { write(text: string): void; readonly color: boolean } {
  let open: boolean | undefined;
  return {
    write(text) {
      const stream = process[name];
      if (open === undefined) {
        open = true;
        stream.on("error", (error: NodeJS.ErrnoException) => {
          open = false;
          if (error.code === "EPIPE") return;
          // It may come when the command has ended.
          process.on("exit", () => {
            process.exitCode = 2;
          });
          if (name === "stdout") terminal.err(`ssert: standard output: cannot write the results: ${error.message}\n`);
        });
      }
      if (open) stream.write(text);
    },
    get color() {
      // `styleText` knows NO_COLOR, FORCE_COLOR and what is no terminal.
      return styleText("bold", "x", { stream: process[name] }) !== "x";
    },
  };
}

/** Keys come one by one only if the terminal leaves everything to us, Ctrl-C included. */
function onKey(listener: (key: string) => void): () => void {
  const { stdin } = process;
  const typed = (bytes: Buffer): void => {
    for (const key of bytes.toString("utf8")) {
      if (key === "\u0003") stop("SIGINT");
      else listener(key);
    }
  };
  stdin.setRawMode(true).on("data", typed).resume();
  return () => {
    stdin.off("data", typed).setRawMode(false).pause();
  };
}

const stdout = lazyOutput("stdout");
const stderr = lazyOutput("stderr");

const terminal: Terminal = {
  out: stdout.write,
  err: stderr.write,
  progress(line) {
    // Some terminals do not tell their width, and say 0; a line that wraps could not be taken away.
    if (process.stderr.isTTY) stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
  },
  get outColor() {
    return stdout.color;
  },
  get errColor() {
    return stderr.color;
  },
  get columns() {
    return process.stdout.isTTY ? process.stdout.columns || undefined : undefined;
  },
  get stdin() {
    readsStdin = true;
    return process.stdin;
  },
  get onKey() {
    return process.stdin.isTTY ? onKey : undefined;
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
// An input that was not read to its end (Ctrl-C) would keep the process waiting for more of it.
if (readsStdin) process.stdin.destroy();
