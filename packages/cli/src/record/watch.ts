import { createStreamCheck, type Protocol, type StreamResult } from "@ssert/protocol";
import type { Recording } from "@ssert/record";
import { isEventStream, type TapeResponse } from "@ssert/tape";
import { reasonOf } from "../errors.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { type Judgement, jsonLines, plainLines } from "./recording-lines.ts";

export interface WatchOptions {
  /** Show events as they come. */
  readonly print: boolean;
  readonly json: boolean;
  /** Judge the stream as it comes; without it a recording is never judged. */
  readonly protocol: Protocol | undefined;
}

/** Follows one recording and shows it: events and findings as they come, at the end what was recorded. */
export interface Watch {
  response(response: TapeResponse): void;
  chunk(bytes: Uint8Array, atUs: number): void;
  end(recording: Recording): ExitCode;
}

/** What of an answer that is no event stream is shown: enough for the message of an error. */
const BODY_SHOWN = 500;

export function createWatch(terminal: Terminal, { print, json, protocol }: WatchOptions): Watch {
  const show = json ? jsonLines(terminal) : plainLines(terminal);
  let now = 0;
  let opening = Buffer.alloc(0);
  // Only what is shown or judged is read at all, and only event streams.
  let check =
    print || protocol !== undefined
      ? createStreamCheck({
          ...(protocol && { protocol, onFinding: show.finding }),
          ...(print && { onEvent: (event) => show.event(event, now) }),
        })
      : undefined;
  let gaveUp = false;

  return {
    response(response) {
      show.response(response);
      if (isEventStream(response)) check?.response({ status: response.status, headers: response.headers });
      else check = undefined;
    },
    chunk(bytes, atUs) {
      now = atUs;
      const room = BODY_SHOWN - opening.length;
      if (room > 0) opening = Buffer.concat([opening, bytes.subarray(0, room)]);
      try {
        check?.push(bytes, atUs);
      } catch (error) {
        // An event too large to follow must not cost the recording.
        check = undefined;
        gaveUp = protocol !== undefined;
        terminal.err(`ssert: recording on, but events are no longer read: ${reasonOf(error)}\n`);
      }
    },
    end(recording) {
      const { response, eventStream, end } = recording;
      const judgement = protocol && check && judge(check.end(recording.elapsedUs));
      show.end(recording, opening, judgement);
      if (gaveUp) return 2;
      const well = response.status === 200 && eventStream && end === "eof";
      return well && (judgement?.errors ?? 0) === 0 ? 0 : 1;
    },
  };
}

function judge({ protocol, verdict, events, findings }: StreamResult): Judgement {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return { protocol, verdict, events, errors, warnings: findings.length - errors };
}
