import { resolve } from "node:path";
import type { Input } from "@ssert/validate";
import { CommandError } from "../errors.ts";

export interface ShrinkFlags {
  readonly shrink?: string;
  readonly redactText?: boolean;
}

/** What `--shrink` can work with, checked before anything is read. */
export function inputToShrink(inputs: readonly Input[], { shrink, redactText }: ShrinkFlags): Input | undefined {
  if (shrink === undefined) {
    if (redactText) throw new CommandError("usage", "--redact-text goes with --shrink FILE");
    return undefined;
  }
  const [input, ...more] = inputs;
  if (input?.kind !== "file" || more.length > 0) {
    const came = more.length > 0 ? `${inputs.length} inputs` : input?.kind === "url" ? "a URL" : "standard input";
    throw new CommandError("usage", `--shrink takes one file, got ${came}: name the stream that fails`);
  }
  if (!shrink.endsWith(".sse")) {
    throw new CommandError("usage", `--shrink writes a tape, whose name ends in .sse, got ${shrink}`);
  }
  if (resolve(input.source) === resolve(shrink)) {
    throw new CommandError("usage", `--shrink ${shrink} would replace the recording itself: name another file`);
  }
  return input;
}
