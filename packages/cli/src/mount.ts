import type { Command } from "commander";
import type { Define } from "./define.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

export interface Verb {
  readonly name: string;
  /** One line in the list of commands. */
  readonly summary: string;
  /** Only the verb that is asked for is loaded, and with it the libraries that it needs. */
  readonly load: () => Promise<{ readonly define: Define }>;
}

/** Adds commands to one that has several; only the one that `args` begin with is loaded and can be run. */
export async function mount(
  parent: Command,
  verbs: readonly Verb[],
  args: readonly string[],
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): Promise<void> {
  const [wanted, ...rest] = args;
  for (const { name, summary, load } of verbs) {
    const command = parent.command(name).description(summary).helpOption("-h, --help", "print this help");
    if (name !== wanted) continue;
    const { define } = await load();
    await define(command, terminal, finish, rest);
  }
}
