import { createReport, type Report, type StreamReport } from "@ssert/report";
import type { Input } from "./input.ts";
import { type StreamOptions, validateStream } from "./validate-stream.ts";

export interface ValidateOptions extends StreamOptions {
  /** Told each stream's report as soon as there is one, in the order of the inputs. */
  readonly onStream?: (report: StreamReport) => void;
}

/**
 * Validates one stream after another; their reports come in the order of the inputs. When `signal` is aborted, the streams
 * that are done and the one at hand are reported, the others are not: the caller, who aborted, says so.
 *
 * Throws ValidateError `no-stdin` only: what is wrong with a stream is in its report.
 */
export async function validateStreams(inputs: readonly Input[], options: ValidateOptions = {}): Promise<Report> {
  const streams: StreamReport[] = [];
  for (const input of inputs) {
    if (options.signal?.aborted) break;
    const stream = await validateStream(input, options);
    streams.push(stream);
    options.onStream?.(stream);
  }
  return createReport(streams);
}
