import { createTape } from "@ssert/tape";
import type { SentStream } from "./sent-stream.ts";

export interface WriteTapeOptions {
  /** What the tape says it was made with, such as `ssert 1.0.0`. */
  readonly tool: string;
  /** As the tape's header names it. */
  readonly protocol?: string;
  /** Replace a tape of this name. */
  readonly force?: boolean;
  readonly now?: (() => Date) | undefined;
}

/** Writes a stream that was made, not recorded, as a tape that says so. Throws TapeError. */
export async function writeSyntheticTape(
  path: string,
  { bytes, response: { status, headers }, chunks, closedAtUs }: SentStream,
  { tool, protocol, force = false, now = () => new Date() }: WriteTapeOptions,
): Promise<void> {
  const tape = await createTape(
    path,
    {
      ssert: 1,
      recordedAt: now().toISOString(),
      tool,
      provenance: "synthetic",
      boundaries: "exact",
      ...(protocol !== undefined && { protocol }),
      response: { status, headers: { ...headers } },
    },
    { force },
  );
  let [start, before] = [0, 0];
  for (const { end, atUs } of chunks) {
    if (!tape.append(bytes.subarray(start, end), atUs - before)) await tape.drained();
    [start, before] = [end, atUs];
  }
  await tape.finish("eof", closedAtUs);
}
