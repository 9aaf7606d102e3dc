import type { ClientRequest, IncomingMessage } from "node:http";
import type { TapeEnd } from "@ssert/tape";
import { RecordError } from "../error.ts";

/** Ends an exchange for a reason of ours, once. */
export interface Stopping {
  stop(end: TapeEnd): void;
  /** From now on the response is what ends, and its tape is kept. */
  answered(response: IncomingMessage): void;
  /** The first reason. */
  readonly end: TapeEnd | undefined;
}

/** `unmade`: what else did not come about, for the message. */
export function createStopping(request: ClientRequest, unmade: string): Stopping {
  let end: TapeEnd | undefined;
  let response: IncomingMessage | undefined;
  return {
    stop(asked) {
      end ??= asked;
      if (response) response.destroy();
      else if (end === "client") request.destroy(new RecordError("aborted", `stopped before an answer came${unmade}`));
      else request.destroy(new RecordError("timeout", `no answer came in time${unmade}; allow more (--max-time)`));
    },
    answered(answer) {
      response = answer;
    },
    get end() {
      return end;
    },
  };
}
