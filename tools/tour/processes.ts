import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A program that the tour started. */
interface Program {
  /** Resolves with the next line on stdout or stderr that matches; rejects when the program ends before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its exit code and what it wrote, once it has ended. */
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts programs, and sees to it that none outlives the tour. */
export interface Programs {
  start(args: readonly string[]): Program;
  stopAll(): Promise<void>;
}

/** A server that does not end when it is asked to is ended by force after this long. */
const PATIENCE_MS = 5000;

export function createPrograms(command: readonly [string, ...string[]], cwd: string): Programs {
  const alive = new Set<ChildProcess>();
  let over = false;
  return {
    start(args) {
      if (over) throw new Error("the tour is over");
      const [node, ...rest] = command;
      const child = spawn(node, [...rest, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
      alive.add(child);
      child.on("close", () => alive.delete(child));
      return follow(child, `ssert ${args[0] ?? ""}`);
    },
    async stopAll() {
      over = true;
      await Promise.all([...alive].map(stop));
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  const closed = once(child, "close");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  await closed;
  clearTimeout(timer);
}

function follow(child: ChildProcess, name: string): Program {
  const text = { out: "", err: "" };
  const unread: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of ["out", "err"] as const) {
    const source = stream === "out" ? child.stdout : child.stderr;
    if (source === null) throw new TypeError("the output of a program of the tour is a pipe");
    createInterface({ input: source }).on("line", (line) => {
      text[stream] += `${line}\n`;
      unread.push(line);
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...text }));
  });
  ended.catch(() => {}); // told where it is awaited
  return {
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = unread.map((line) => pattern.exec(line)).findIndex((match) => match !== null);
          if (found === -1) return;
          waiting.delete(look);
          const [line = ""] = unread.splice(0, found + 1).slice(-1);
          const match = pattern.exec(line);
          if (match !== null) resolve(match);
        };
        waiting.add(look);
        look();
        ended.then(({ code, err }) => reject(new Error(`${name} ended with ${code} too early: ${err}`)), reject);
      }),
  };
}
