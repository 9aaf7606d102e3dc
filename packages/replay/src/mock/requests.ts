import type { Refusal } from "./replies.ts";

/** What a request asks of the API. */
export type Route =
  | { readonly kind: "open-session" }
  | { readonly kind: "show-session"; readonly id: string }
  | { readonly kind: "send-message"; readonly id: string };

const SESSION_PATH = /^\/v1\/sessions(?:\/([^/]+)(\/messages)?)?$/;

/** The route of a method and a path with or without a query; a refusal where there is none. */
export function findRoute(method: string, target: string): Route | Refusal {
  const path = target.split("?", 1)[0] ?? "";
  const match = SESSION_PATH.exec(path);
  if (match === null) {
    return {
      status: 404,
      error: `no such path: ${path}. There are POST /v1/sessions, GET /v1/sessions/ID and POST /v1/sessions/ID/messages`,
    };
  }
  const [, id, messages] = match;
  if (id === undefined) return method === "POST" ? { kind: "open-session" } : wrongMethod(method, path, "POST");
  if (messages !== undefined) {
    return method === "POST" ? { kind: "send-message", id } : wrongMethod(method, path, "POST");
  }
  return method === "GET" || method === "HEAD" ? { kind: "show-session", id } : wrongMethod(method, path, "GET, HEAD");
}

function wrongMethod(method: string, path: string, allow: string): Refusal {
  return { status: 405, error: `${path} takes ${allow}, not ${method}`, headers: { allow } };
}

/** Any key will do, but there must be one. */
export function checkKey(authorization: string | undefined): Refusal | undefined {
  if (authorization !== undefined && /^bearer +\S/iu.test(authorization)) return undefined;
  return {
    status: 401,
    error: "no key: send the header `Authorization: Bearer KEY`; the mock takes any KEY that is not empty",
    headers: { "www-authenticate": "Bearer" },
  };
}

/** `{"persistent": true}`, or no body at all. */
export function readSessionBody(body: Buffer): { readonly persistent: boolean } | Refusal {
  if (body.length === 0) return { persistent: false };
  const expected = 'expected no body, or JSON like {"persistent": true}';
  const object = readObject(body, expected);
  if ("status" in object) return object;
  const { persistent = false } = object.value;
  return typeof persistent === "boolean"
    ? { persistent }
    : { status: 400, error: `${expected}; "persistent" is ${kind(persistent)}` };
}

/** `{"message": "Your prompt here."}` */
export function readMessageBody(body: Buffer): { readonly message: string } | Refusal {
  const expected = 'expected JSON like {"message": "Your prompt here."}';
  const object = readObject(body, expected);
  if ("status" in object) return object;
  const { message } = object.value;
  if (typeof message === "string" && message.trim() !== "") return { message };
  return { status: 400, error: `${expected}; "message" is ${kind(message)}` };
}

function readObject(body: Buffer, expected: string): { readonly value: Readonly<Record<string, unknown>> } | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    return {
      status: 400,
      error: `${expected}; this is not JSON (${error instanceof Error ? error.message : String(error)})`,
    };
  }
  return isRecord(value) ? { value } : { status: 400, error: `${expected}; got ${kind(value)}` };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kind(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (typeof value === "string") return value.trim() === "" ? "empty" : "a string";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`.replace("a object", "an object");
}
