import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTape, openTape, type Tape, type TapeEnd, type TapeRequest, type TapeResponse } from "@ssert/tape";
import { afterAll, beforeAll } from "vitest";

interface Recorded {
  readonly request?: Partial<TapeRequest>;
  readonly response?: Partial<TapeResponse>;
  /** Text or bytes and how many milliseconds after the one before. */
  readonly chunks?: readonly (readonly [afterMs: number, bytes: string | Uint8Array])[];
  /** Undefined: the recorder was killed. */
  readonly end?: TapeEnd | undefined;
  readonly elapsedMs?: number;
}

export interface TapeFolder {
  /** A tape as the recorder writes it; a request where none is told is `GET /stream`. */
  record(name: string, recorded: Recorded): Promise<Tape>;
  /** A tape that answers any request. */
  recordForAny(name: string, recorded: Omit<Recorded, "request">): Promise<Tape>;
  bare(name: string, bytes: string | Uint8Array): Promise<Tape>;
}

/** A folder for the tapes of one test file, removed after it. */
export function tapeFolder(): TapeFolder {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ssert-replay-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function write(name: string, recorded: Recorded, request: TapeRequest | undefined): Promise<Tape> {
    const { chunks = [], response } = recorded;
    const writer = await createTape(join(folder, `${name}.sse`), {
      ssert: 1,
      recordedAt: "2026-01-01T00:00:00.000Z",
      tool: "ssert 0.0.0",
      provenance: "recorded",
      boundaries: "exact",
      ...(request === undefined ? {} : { request }),
      response: { status: 200, headers: { "content-type": "text/event-stream" }, ...response },
    });
    let elapsedMs = 0;
    for (const [afterMs, bytes] of chunks) {
      elapsedMs += afterMs;
      writer.append(Buffer.from(bytes), afterMs * 1000);
    }
    await writer.finish("end" in recorded ? (recorded.end ?? "eof") : "eof", (recorded.elapsedMs ?? elapsedMs) * 1000);
    return openTape(writer.path);
  }

  return {
    record: (name, recorded) =>
      write(name, recorded, { method: "GET", url: "https://api.example/stream", headers: {}, ...recorded.request }),
    recordForAny: (name, recorded) => write(name, recorded, undefined),
    async bare(name, bytes) {
      const path = join(folder, `${name}.sse`);
      await writeFile(path, bytes);
      return openTape(path);
    },
  };
}
