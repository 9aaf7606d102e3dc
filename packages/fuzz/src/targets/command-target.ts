import type { BatchAdapter, ShownEvent } from "../adapters/adapter.ts";
import { Conversation } from "./conversation.ts";

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

export function commandAdapter(command: string, folder: string, timeLimitMs: number): CommandAdapter {
  let running: Conversation | undefined;
  return {
    name: `cmd:${command}`,
    async parse(chunks) {
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

function readEvent(line: string): ShownEvent {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    throw new Error(`the program printed what is no JSON: ${line.slice(0, 200)}`);
  }
  if (typeof event !== "object" || event === null || !("data" in event) || typeof event.data !== "string") {
    throw new Error(`the program printed an event without data: ${line.slice(0, 200)}`);
  }
  const type = "event" in event && typeof event.event === "string" ? event.event : undefined;
  const id = "id" in event && typeof event.id === "string" ? event.id : undefined;
  const retry = "retry" in event && typeof event.retry === "number" ? event.retry : undefined;
  return { data: event.data, type, id, retry };
}
