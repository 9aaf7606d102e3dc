import type { Command } from "commander";
import type { ExitCode, Terminal } from "./terminal.ts";

/**
 * Gives a command its arguments, flags and help; what it does ends in `finish`. `args` are the words that follow its name:
 * a command of several actions loads only the one that they ask for.
 */
export type Define = (
  command: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
  args: readonly string[],
) => void | Promise<void>;
