import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";

interface Waiting {
  resolve(lines: readonly string[]): void;
  reject(error: Error): void;
}

// Enough of what a dying program says to see why.
const keptErrorOutput = 2000;

/** One process that is asked one thing after the other: bytes to its stdin, lines up to an empty one from its stdout. */
export class Conversation {
  readonly #child: ChildProcessWithoutNullStreams;
  #lines: string[] = [];
  #errorOutput = "";
  #waiting: Waiting | undefined;
  #ended: Error | undefined;

  constructor(command: string, folder: string) {
    this.#child = spawn(command, { cwd: folder, shell: true, detached: process.platform !== "win32" });
    this.#child.stdin.on("error", () => {});
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-keptErrorOutput);
    });
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#hear(line));
    this.#child.on("error", (error) => this.#end(error));
    this.#child.on("close", (code, signal) => {
      const how = code === null ? `was ended by ${signal}` : `exited with ${code}`;
      this.#end(new Error(`the program ${how}${this.#errorOutput === "" ? "" : `: ${this.#errorOutput.trim()}`}`));
    });
  }

  /** Rejects when there is no answer in time, or the program has ended. */
  async ask(question: Uint8Array, timeLimitMs: number): Promise<readonly string[]> {
    if (this.#ended !== undefined) throw this.#ended;
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<readonly string[]>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      timer = setTimeout(() => reject(new Error(`the program gave no answer within ${timeLimitMs} ms`)), timeLimitMs);
    });
    this.#child.stdin.write(question);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null) return;
    try {
      // The shell and what it started, which is a process group of its own.
      if (process.platform === "win32") this.#child.kill();
      else process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }

  #hear(line: string): void {
    if (line !== "") {
      this.#lines.push(line);
      return;
    }
    const lines = this.#lines;
    this.#lines = [];
    if (this.#waiting === undefined) this.#ended = new Error("the program answered without being asked");
    else this.#waiting.resolve(lines);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#waiting?.reject(this.#ended);
  }
}
