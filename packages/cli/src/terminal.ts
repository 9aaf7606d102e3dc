export type StopSignal = "SIGINT" | "SIGTERM";

/** 0: clean. 1: findings, or a recording that did not end well. 2: could not run. */
export type ExitCode = 0 | 1 | 2;

/** What a command sees of the world around it. The process is one; tests pass their own. */
export interface Terminal {
  /** Results, to standard output. */
  out(text: string): void;
  /** Progress and logs, to standard error. */
  err(text: string): void;
  /** What goes on just now, in a line on standard error that the next one replaces; an empty one takes it away. Only on a terminal. */
  progress(line: string): void;
  readonly outColor: boolean;
  readonly errColor: boolean;
  /** Width of what shows the results; undefined where that is no terminal. */
  readonly columns: number | undefined;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Calls `listener` with each key that is pressed; returns what takes it off again. Absent where nobody types. */
  readonly onKey?: ((listener: (key: string) => void) => () => void) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls `listener` when the user or the system asks the command to end; returns what takes it off again. */
  onStop(listener: (signal: StopSignal) => void): () => void;
}
