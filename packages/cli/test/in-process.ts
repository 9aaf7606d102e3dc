import { run } from "../src/program.ts";
import type { StopSignal, Terminal } from "../src/terminal.ts";

export interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: readonly (string | Uint8Array)[];
  readonly color?: boolean;
  /** Somebody types. */
  readonly onKey?: Terminal["onKey"];
  /** Of a terminal; absent: stdout is none. */
  readonly columns?: number;
}

/** A command that is under way in this process. */
export interface Running {
  readonly done: Promise<Told>;
  /** The text so far, once it contains what is waited for. */
  readonly outHas: (text: string | RegExp) => Promise<string>;
  readonly errHas: (text: string | RegExp) => Promise<string>;
  readonly progressHas: (text: string | RegExp) => Promise<string>;
  /** What Ctrl-C does. */
  stop(signal?: StopSignal): void;
}

/** `ssert ARGS` in this process, with a terminal that remembers. */
export function start(args: readonly string[], world: World = {}): Running {
  const listeners = new Set<(signal: StopSignal) => void>();
  const out = transcript();
  const err = transcript();
  const progress = transcript();
  const terminal: Terminal = {
    out: out.write,
    err: err.write,
    progress: progress.write,
    outColor: world.color ?? false,
    errColor: world.color ?? false,
    columns: world.columns,
    stdin: input(world.stdin ?? []),
    env: world.env ?? {},
    onKey: world.onKey,
    onStop(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const done = run(args, terminal).then((code) => ({ code, out: out.text(), err: err.text() }));
  // What is waited for may never come: then the end of the command tells why.
  const orEnd = async (has: Promise<string>): Promise<string> =>
    await Promise.race([
      has,
      done.then(({ code, err: told }) => Promise.reject(new Error(`ended with ${code}: ${told}`))),
    ]);
  return {
    done,
    outHas: (text) => orEnd(out.has(text)),
    errHas: (text) => orEnd(err.has(text)),
    progressHas: (text) => orEnd(progress.has(text)),
    stop: (signal = "SIGINT") => {
      for (const listener of listeners) listener(signal);
    },
  };
}

/** `ssert ARGS` in this process, to its end. */
export async function ssert(args: readonly string[], world: World = {}): Promise<Told> {
  return await start(args, world).done;
}

/** Starts a server command and returns its address. */
export async function serving(args: readonly string[], world: World = {}): Promise<Running & { readonly url: string }> {
  const running = start(args, world);
  const [, url = ""] = /^listening on (http:\S+)\n/.exec(await running.outHas(/^listening on http:\S+\n/)) ?? [];
  return { ...running, url };
}

interface Transcript {
  write(text: string): void;
  text(): string;
  has(wanted: string | RegExp): Promise<string>;
}

export function transcript(): Transcript {
  let all = "";
  const waiting = new Set<() => void>();
  return {
    write(text) {
      all += text;
      for (const look of waiting) look();
    },
    text: () => all,
    has: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (typeof wanted === "string" ? !all.includes(wanted) : !wanted.test(all)) return;
          waiting.delete(look);
          resolve(all);
        };
        waiting.add(look);
        look();
      }),
  };
}

async function* input(chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
}
