import type { BatchAdapter } from "../adapters/adapter.ts";
import { Conversation } from "./conversation.ts";
import { readEvent } from "./printed-event.ts";

/**
 * A parser in another process, in any language.
 *
 * To the program, on stdin, for each case: the number of chunks (4 bytes, big-endian), then for each chunk its length
 * (4 bytes, big-endian) and its bytes. From the program, on stdout: one line of JSON an event, with `data` and, where it has
 * them, `event`, `id` and `retry`; then an empty line. Many cases follow each other in one process; stdin ends after the last.
 */
export interface CommandAdapter extends BatchAdapter {
  close(): void;
}

const never = new Promise<never>(() => {});

export function commandAdapter(command: string, folder: string, timeLimitMs: number): CommandAdapter {
  let running: Conversation | undefined;
  let closed = false;
  return {
    name: `cmd:${command}`,
    outside: true,
    async parse(chunks) {
      // A thread that is being stopped must not start another program.
      if (closed) return await never;
      running ??= new Conversation(command, folder);
      try {
        return (await running.ask(frame(chunks), timeLimitMs)).map(readEvent);
      } catch (error) {
        // Whatever it did, the next case gets a program that has not done it.
        running?.kill();
        running = undefined;
        throw error;
      }
    },
    close() {
      closed = true;
      running?.kill();
      running = undefined;
    },
  };
}

/** A case as the program gets it. */
function frame(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.alloc(4 + chunks.reduce((length, chunk) => length + 4 + chunk.length, 0));
  let offset = bytes.writeUInt32BE(chunks.length);
  for (const chunk of chunks) {
    offset = bytes.writeUInt32BE(chunk.length, offset);
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
