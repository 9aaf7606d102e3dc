import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../body.ts";
import { type Exchange, noOutcome, type Outcome, tellAtClose } from "../exchange.ts";
import { type Head, itsTurn, ResponseSink } from "../response-sink.ts";
import type { Timer } from "../timer.ts";
import type { Agent } from "./agent.ts";
import type { Answerer } from "./answers.ts";
import { type Refusal, sendJson } from "./replies.ts";
import { checkKey, findRoute, readMessageBody, readSessionBody } from "./requests.ts";
import type { Session, Sessions } from "./session.ts";

export interface Api {
  readonly agent: Agent;
  readonly answer: Answerer;
  readonly sessions: Sessions;
  readonly timer: Timer;
  readonly newId: (kind: "session" | "message" | "tool") => string;
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
}

/** A prompt with a few long files in it fits. */
const MAX_BODY_BYTES = 1024 * 1024;

/** What an event stream needs so that nothing on its way keeps it back (the second one is nginx's). */
const STREAM_HEAD: Head = {
  status: 200,
  headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
};

/** The HTTP side of the mock: a function for `node:http`. */
export function createApi(api: Api): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const outcome = noOutcome();
    tellAtClose(request, response, outcome, api.onExchange);
    handle(api, request, response, outcome).catch(() => {
      // The client left before its request was complete, or a tape cannot be read any more: there is no answer to give.
      response.destroy();
    });
  };
}

async function handle(api: Api, request: IncomingMessage, response: ServerResponse, outcome: Outcome): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const reply = (status: number, value: unknown, headers?: Readonly<Record<string, string>>): void => {
    outcome.bytes = sendJson(response, status, value, headers);
  };
  const refuse = ({ status, error, headers }: Refusal): void => reply(status, { error }, headers);

  const refused = checkKey(request.headers.authorization);
  if (refused !== undefined) return refuse(refused);
  const route = findRoute(request.method ?? "", request.url ?? "");
  if ("status" in route) return refuse(route);
  if (body === undefined) return refuse({ status: 413, error: `expected a body of at most ${MAX_BODY_BYTES} bytes` });

  if (route.kind === "open-session") {
    const options = readSessionBody(body);
    if ("status" in options) return refuse(options);
    const session = api.sessions.open(api.newId("session"), options.persistent);
    return reply(201, show(session), { location: `/v1/sessions/${session.id}` });
  }

  const session = api.sessions.find(route.id);
  if (session === undefined) {
    return refuse({ status: 404, error: `no session ${route.id}: POST /v1/sessions opens one and gives its id` });
  }
  if (route.kind === "show-session") return reply(200, show(session));

  const prompt = readMessageBody(body);
  if ("status" in prompt) return refuse(prompt);
  await itsTurn(response);
  if (session.busy) {
    return refuse({
      status: 409,
      error: `session ${session.id} is busy with another message: poll GET /v1/sessions/${session.id} until "busy" is false`,
    });
  }
  const answer = api.answer(prompt.message, {
    messageId: api.newId("message"),
    sessionId: session.id,
    toolId: () => api.newId("tool"),
  });
  outcome.tape = answer.tape;
  await api.agent.run(session, answer.steps, new ResponseSink(response, STREAM_HEAD, outcome, api.timer));
}

function show(session: Session): { id: string; busy: boolean; persistent: boolean } {
  return { id: session.id, busy: session.busy, persistent: session.persistent };
}
