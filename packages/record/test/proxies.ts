import { readdir } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { type ProxyOptions, type RecordError, type Recording, type RunningProxy, startProxy } from "@ssert/record";
import { onTestFinished } from "vitest";
import { newFolder, readTape, until } from "./folder.ts";

export interface TestProxy extends RunningProxy {
  readonly dir: string;
  readonly recordings: Recording[];
  readonly errors: RecordError[];
  /** Waits for the tapes of so many exchanges; their names, ends and texts, in order. */
  tapes(count: number): Promise<[name: string, end: string | undefined, text: string][]>;
}

export async function newProxy(origin: string, options: Partial<ProxyOptions> = {}): Promise<TestProxy> {
  const dir = options.dir ?? join(await newFolder(), "tapes");
  const recordings: Recording[] = [];
  const errors: RecordError[] = [];
  const proxy = await startProxy({
    origin,
    dir,
    tool: "ssert 0.1.0",
    onRecording: (recording) => recordings.push(recording),
    onError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(() => proxy.close());
  return {
    ...proxy,
    dir,
    recordings,
    errors,
    async tapes(count) {
      await until(`${count} recordings are finished`, () => recordings.length >= count);
      const names = (await readdir(dir)).filter((name) => name.endsWith(".sse")).toSorted();
      return await Promise.all(
        names.map(async (name): Promise<[string, string | undefined, string]> => {
          const { tape, text } = await readTape(join(dir, name));
          return [name, tape.trailer?.end, text];
        }),
      );
    },
  };
}

export interface RawClient {
  readonly socket: Socket;
  /** What has come so far. */
  readonly received: () => string;
  /** Waits until it has come. */
  readonly until: (text: string) => Promise<void>;
  /** How the connection ended: with FIN or with RST. */
  readonly ended: Promise<"closed" | "reset">;
}

/** A client that sends bytes as it is told, and sees how its connection ends. */
export function rawClient(port: number, request: string): RawClient {
  let received = "";
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
  });
  const { promise: ended, resolve } = Promise.withResolvers<"closed" | "reset">();
  socket.on("data", (bytes) => {
    received += bytes.toString("latin1");
  });
  socket.on("error", () => resolve("reset"));
  socket.on("close", () => resolve("closed"));
  socket.write(request);
  return {
    socket,
    received: () => received,
    until: (text) => until(`the client has ${JSON.stringify(text)}`, () => received.includes(text)),
    ended,
  };
}

export const GET = "GET /s HTTP/1.1\r\nHost: proxy\r\n\r\n";
