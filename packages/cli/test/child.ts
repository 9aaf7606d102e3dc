import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { type Told, transcript } from "./in-process.ts";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** The command line that runs the command from its sources. */
export const COMMAND: readonly [string, ...string[]] = [
  process.execPath,
  "--conditions=@ssert/source",
  "--no-warnings",
  MAIN,
];

export interface Child {
  readonly process: ChildProcess;
  readonly done: Promise<Told & { readonly signal: NodeJS.Signals | null }>;
  readonly outHas: (text: string | RegExp) => Promise<string>;
  readonly errHas: (text: string | RegExp) => Promise<string>;
}

export interface ChildWorld {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Default: nothing; `open`: the test writes and ends it. */
  readonly stdin?: "open";
}

/** `ssert ARGS` as a process of its own, from the sources; it is gone when the test is. */
export function spawnSsert(args: readonly string[], world: ChildWorld = {}): Child {
  const [node, ...rest] = COMMAND;
  // Vitest's own colours are not the command's.
  const { FORCE_COLOR: _, ...inherited } = process.env;
  return follow(spawn(node, [...rest, ...args], { cwd: world.cwd, env: { ...inherited, ...world.env } }), world.stdin);
}

/** Any program, followed in the same way. */
export function follow(child: ReturnType<typeof spawn>, stdin?: "open"): Child {
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const out = transcript();
  const err = transcript();
  child.stdout?.setEncoding("utf8").on("data", out.write);
  child.stderr?.setEncoding("utf8").on("data", err.write);
  if (stdin !== "open") child.stdin?.end();
  const done = new Promise<Told & { signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code ?? -1, signal, out: out.text(), err: err.text() }));
  });
  const orEnd = async (has: Promise<string>): Promise<string> =>
    await Promise.race([
      has,
      done.then(({ code, err: told }) => Promise.reject(new Error(`ended with ${code}: ${told}`))),
    ]);
  return { process: child, done, outHas: (text) => orEnd(out.has(text)), errHas: (text) => orEnd(err.has(text)) };
}

/** A server command as a process of its own, and its address. */
export async function spawnServing(
  args: readonly string[],
  world: ChildWorld = {},
): Promise<Child & { readonly url: string }> {
  const child = spawnSsert(args, world);
  const [, url = ""] = /^listening on (http:\S+)\n/.exec(await child.outHas(/^listening on http:\S+\n/)) ?? [];
  return { ...child, url };
}
