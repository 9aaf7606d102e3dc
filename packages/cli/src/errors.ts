import { CommanderError } from "commander";

export type CommandErrorCode =
  | "usage"
  | "unreadable"
  | "unwritable"
  | "unknown-protocol"
  | "unset-variable"
  | "bad-config";

/** The command cannot run. The message is one line: what was expected, what came, where, and what to do next. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: CommandErrorCode;

  constructor(code: CommandErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** What could not be done, and what the system said of it. */
  static because(cause: unknown, code: CommandErrorCode, what: string): CommandError {
    return new CommandError(code, `${what}: ${reasonOf(cause)}`, { cause });
  }
}

/** What was thrown, in its own words. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The libraries' own errors carry a complete message. They are told by name, so that no library is loaded only to ask. */
const LIBRARY_ERRORS = /^(?:Command|Wire|Tape|Merge|Protocol|Record|Replay|Validate|Fuzz)Error$/;

/**
 * What stderr shows for an error that ends the command: one line, and the stack only when it is asked for. `help` is the
 * command line that explains what may be typed.
 */
export function explain(error: unknown, debug: boolean, help = "ssert --help"): string {
  const text = `ssert: ${oneLine(meaning(error, help))}\n`;
  return debug && error instanceof Error ? `${text}${withCauses(error)}\n` : text;
}

function meaning(error: unknown, help: string): string {
  if (error instanceof CommanderError) return `${usage(error)}; see "${help}"`;
  if (!(error instanceof Error)) return internal(String(error));
  if (LIBRARY_ERRORS.test(error.name)) return error.message;
  // A system call that failed says itself what it tried: "EACCES: permission denied, open '/x'".
  if ("syscall" in error) return error.message;
  return internal(error.message);
}

function internal(message: string): string {
  return `internal error: ${message}; this is a bug in ssert: please report it with what SSERT_DEBUG=1 prints`;
}

/** Commander's "error: unknown option '--sped'\n(Did you mean --speed?)" in this command's own form. */
function usage(error: CommanderError): string {
  return error.message
    .replace(/^error: /, "")
    .replace(/\n?\(Did you mean (.*?)\?\)/s, ", did you mean $1?")
    .replace(/\.$/, "");
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, " ");

function withCauses(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by ${withCauses(error.cause)}` : stack;
}
