import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import type { ClientAdapter, ShownEvent } from "../adapters/adapter.ts";
import { toBytes } from "../case/case.ts";
import { readEvent } from "./printed-event.ts";

/** What a client did with one stream: what it printed, and what it asked for when it connected again. */
interface Visit {
  readonly events: readonly ShownEvent[];
  readonly lastEventId: string | undefined;
}

// A client that connects again does so after its reconnection time, some seconds; this stream without an event sets it.
const soonAgain = "retry: 1\n\n";
// Printed after everything that the case made the client print.
const lastData = "ssert: the end of this case";

/**
 * A whole client as a program: it finds the address in `SSERT_URL`, reads the event stream there, and prints a line of JSON
 * an event (`data`, `event`, `id`). A client that connects again gets the case on its second connection, since the first one
 * tells it to come back soon; one that ends with its response gets it on the first. Each case has a process of its own.
 */
export function clientAdapter(command: string, folder: string, timeLimitMs: number): ClientAdapter & { close(): void } {
  // Learned from a first visit, with a comment to read: a client that gives up at an empty response is still one that comes
  // back after others.
  let comesBack: boolean | undefined;
  let running: Session | undefined;
  let closed = false;
  const session = async (chunks: readonly Uint8Array[], back: boolean): Promise<Visit | undefined> => {
    // A thread that is being stopped must not start another program.
    if (closed) return await new Promise<never>(() => {});
    running = new Session(command, folder, timeLimitMs, chunks);
    return await running.run(back);
  };
  const visit = async (chunks: readonly Uint8Array[]): Promise<Visit> => {
    comesBack ??= (await session([toBytes(":\n\n")], true)) !== undefined;
    const answer = await session(chunks, comesBack);
    if (answer === undefined) throw new Error("the client ended before it had read the stream");
    return answer;
  };
  return {
    name: `http:${command}`,
    // As an `EventSource` has it, which most clients are.
    shows: { id: "last" },
    outside: true,
    parse: async (chunks) => (await visit(chunks)).events,
    resume: async (chunks) => (await visit(chunks)).lastEventId,
    close() {
      closed = true;
      running?.kill();
    },
  };
}

/** One server, one process, one case. */
class Session {
  readonly #command: string;
  readonly #folder: string;
  readonly #timeLimitMs: number;
  readonly #chunks: readonly Uint8Array[];
  readonly #lines: string[] = [];
  #errorOutput = "";
  #child: ChildProcess | undefined;
  #connections = 0;
  #lastEventId: string | undefined;

  constructor(command: string, folder: string, timeLimitMs: number, chunks: readonly Uint8Array[]) {
    this.#command = command;
    this.#folder = folder;
    this.#timeLimitMs = timeLimitMs;
    this.#chunks = chunks;
  }

  /** Undefined for a client that was expected to come back and ended instead. */
  async run(comesBack: boolean): Promise<Visit | undefined> {
    const server = await listen((request, response) => {
      this.#connections += 1;
      const step = comesBack ? this.#connections : this.#connections + 1;
      this.#serve(step, request, response).catch((error: Error) => response.destroy(error));
    });
    const { port }: AddressInfo = Object(server.address());
    const env = { ...process.env, SSERT_URL: `http://127.0.0.1:${port}/` };
    const child = spawn(this.#command, { cwd: this.#folder, shell: true, detached: process.platform !== "win32", env });
    this.#child = child;
    let timer: NodeJS.Timeout | undefined;
    try {
      const ended = await new Promise<"last" | "closed">((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(this.#complaint("did not come to an end"))), this.#timeLimitMs);
        child.on("error", reject);
        child.on("close", (code) => {
          if (code === 0 || code === null) resolve("closed");
          else reject(new Error(this.#complaint(`exited with ${code}`)));
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
          this.#errorOutput = (this.#errorOutput + text).slice(-2000);
        });
        createInterface({ input: child.stdout }).on("line", (line) => {
          if (line.includes(lastData)) resolve("last");
          else if (line !== "") this.#lines.push(line);
        });
      });
      if (comesBack && ended === "closed") return undefined;
      return { events: this.#lines.map(readEvent), lastEventId: this.#lastEventId };
    } finally {
      clearTimeout(timer);
      this.kill();
      server.closeAllConnections();
      server.close();
    }
  }

  kill(): void {
    if (this.#child !== undefined) endProcess(this.#child);
  }

  /** 1: the stream that makes the client come back soon; 2: the case; 3: what shows that everything before was printed. */
  async #serve(step: number, { headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    if (step === 1) {
      response.end(soonAgain);
    } else if (step === 2) {
      response.flushHeaders();
      for (const chunk of this.#chunks) {
        if (chunk.length > 0) response.write(chunk);
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    } else {
      const sent = headers["last-event-id"];
      // A header's bytes reach Node as Latin-1.
      this.#lastEventId = typeof sent === "string" ? Buffer.from(sent, "latin1").toString() : undefined;
      response.write(`event: message\ndata: ${lastData}\n\n`);
    }
  }

  #complaint(what: string): string {
    const said = this.#errorOutput.trim();
    return `the client ${what} after ${this.#connections} connections${said === "" ? "" : `: ${said}`}`;
  }
}

function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handler);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

function endProcess({ pid, exitCode, kill }: ChildProcess): void {
  if (pid === undefined || exitCode !== null) return;
  try {
    // The shell and what it started, which is a process group of its own.
    if (process.platform === "win32") kill();
    else process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
