import type { Command } from "commander";
import type { ExitCode, Terminal } from "./terminal.ts";

/** Gives a command its arguments, flags and help; what it does ends in `finish`. */
export type Define = (command: Command, terminal: Terminal, finish: (code: ExitCode) => void) => void;
