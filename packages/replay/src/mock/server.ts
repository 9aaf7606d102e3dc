import { randomUUID } from "node:crypto";
import type { Tape } from "@ssert/tape";
import { ReplayError } from "../error.ts";
import type { Exchange } from "../exchange.ts";
import { type ListenOptions, listen, type RunningServer } from "../listen.ts";
import { systemTimer, type Timer } from "../timer.ts";
import { Agent } from "./agent.ts";
import { scriptedAnswers, tapedAnswers } from "./answers.ts";
import { createApi } from "./routes.ts";
import { Sessions } from "./session.ts";

export interface MockOptions extends ListenOptions {
  /** Recorded message streams to answer with, in order, at their own pace; without any, a built-in script answers. */
  readonly tapes?: readonly Tape[];
  /** Milliseconds between the events of the script; default 35, about the pace of a live agent. 0: no waiting, tapes too. */
  readonly pace?: number;
  /** Told when a request is over; for a message that is when the client has its answer or is gone. */
  readonly onExchange?: (exchange: Exchange) => void;
  readonly timer?: Timer;
  /** A new id for each call; default a random one such as `msg_0b1c…`. */
  readonly newId?: (kind: IdKind) => string;
}

export type IdKind = "session" | "message" | "tool";

const DEFAULT_PACE_MS = 35;

const PREFIX: Readonly<Record<IdKind, string>> = { session: "sess", message: "msg", tool: "tool" };

/**
 * Starts the PokeePokee API on loopback (source: its page "Streaming messages"): `POST /v1/sessions`,
 * `GET /v1/sessions/{id}`, `POST /v1/sessions/{id}/messages`, for any bearer key that is not empty. Throws `ReplayError`.
 */
export async function startMock(options: MockOptions = {}): Promise<RunningServer> {
  const { tapes = [], pace = DEFAULT_PACE_MS, timer = systemTimer(), newId = randomId, onExchange } = options;
  if (!(pace >= 0)) throw new ReplayError("bad-option", `pace: expected milliseconds of 0 or more, got ${pace}`);
  const answer = tapes.length > 0 ? tapedAnswers(tapes, pace === 0) : scriptedAnswers(pace);
  const agent = new Agent(timer);
  const server = await listen(
    createApi({ agent, answer, sessions: new Sessions(), timer, newId, onExchange }),
    options,
  );
  return {
    ...server,
    close: async () => {
      agent.stop();
      await server.close();
    },
  };
}

function randomId(kind: IdKind): string {
  return `${PREFIX[kind]}_${randomUUID().replaceAll("-", "")}`;
}
