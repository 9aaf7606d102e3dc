import type { Command } from "commander";

/** The foot of a command's help: a worked example, and what else a newcomer needs to know. Fits one screen with the rest. */
export function addExample(command: Command, example: string): void {
  command.addHelpText("after", `\n${example.trim()}\n`);
}

/** For flags that may be given more than once. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
