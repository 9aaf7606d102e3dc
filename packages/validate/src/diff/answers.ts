import { createHash } from "node:crypto";
import type { TapeHeader, TapeResponse } from "@ssert/tape";
import { increment } from "./counts.ts";

/** What came of requests: kinds of answers, as `200 application/json`. */
export interface Answers {
  readonly kinds: Set<string>;
  /** Those that are no event streams, with how often. */
  readonly others: Map<string, number>;
  readonly endpoints: Map<string, EndpointAnswers>;
  /** Of how many tapes it is not known which request they answer. */
  unasked: number;
}

export interface EndpointAnswers {
  readonly kinds: Set<string>;
  /** By a hash of the request's body. */
  readonly bodies: Map<string, Set<string>>;
}

/** Kept of each; tapes beyond are compared with less care. */
const MAX_KEPT = 10_000;

export function noAnswers(): Answers {
  return { kinds: new Set(), others: new Map(), endpoints: new Map(), unasked: 0 };
}

/** Takes what a tape says of its response. */
export function addAnswer(answers: Answers, { request }: TapeHeader, response: TapeResponse, isStream: boolean): void {
  const answer = answerOf(response);
  answers.kinds.add(answer);
  if (!isStream) increment(answers.others, answer);
  const name = request === undefined ? undefined : endpointOf(request.method, request.url);
  const endpoint = name === undefined ? undefined : endpointNamed(answers, name);
  if (endpoint === undefined) {
    answers.unasked += 1;
    return;
  }
  endpoint.kinds.add(answer);
  const body = createHash("sha256")
    .update(JSON.stringify(request?.body ?? ""))
    .digest("base64");
  const known = endpoint.bodies.get(body);
  if (known !== undefined) known.add(answer);
  else if (endpoint.bodies.size < MAX_KEPT) endpoint.bodies.set(body, new Set([answer]));
}

function endpointNamed({ endpoints }: Answers, name: string): EndpointAnswers | undefined {
  const known = endpoints.get(name);
  if (known !== undefined || endpoints.size === MAX_KEPT) return known;
  const created = { kinds: new Set<string>(), bodies: new Map<string, Set<string>>() };
  endpoints.set(name, created);
  return created;
}

/** `200 text/event-stream` */
function answerOf({ status, headers }: TapeResponse): string {
  const [mediaType = ""] = (headers["content-type"] ?? "no content type").split(";");
  return `${status} ${mediaType.trim().toLowerCase()}`;
}

/**
 * `POST /v1/sessions/{}/messages`: ids are others in each recording, and so may be the server. A part of the path with a digit in it is
 * taken for an id, unless it is a version.
 */
function endpointOf(method: string, url: string): string | undefined {
  if (!URL.canParse(url, "http://server")) return undefined;
  const parts = new URL(url, "http://server").pathname.split("/");
  return `${method} ${parts.map((part) => (/\d/.test(part) && !/^v\d+$/.test(part) ? "{}" : part)).join("/")}`;
}
