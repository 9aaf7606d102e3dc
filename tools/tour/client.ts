import { createDecoder } from "ssert/wire";
import { startTrickle, trickle } from "./screen.ts";

/** A plain client of the API, as any program of yours might be one. */
export interface Client {
  openSession(): Promise<Session>;
}

export interface Session {
  readonly id: string;
  readonly messagesPath: string;
  /** Sends a message and shows the answer as it comes. */
  send(message: string): Promise<void>;
}

export function createClient(url: string): Client {
  const headers = { authorization: "Bearer any-key-will-do", "content-type": "application/json" };
  const post = async (path: string, body: unknown): Promise<Response> => {
    const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`POST ${path} should work, but it says ${response.status}`);
    return response;
  };
  return {
    async openSession() {
      const id = stringAt(await (await post("/v1/sessions", {})).json(), "id");
      const messagesPath = `/v1/sessions/${id}/messages`;
      return { id, messagesPath, send: async (message) => await show(await post(messagesPath, { message })) };
    },
  };
}

async function show(response: Response): Promise<void> {
  if (response.body === null) throw new Error("an event stream has a body");
  let last: string | undefined;
  const decoder = createDecoder({
    event: ({ type = "message", data }) => {
      const [kind = "", step] = type.split(".");
      if (step === "start") startTrickle(`${kind}:`);
      if (step === "delta" || step === "input_delta") trickle(stringAt(JSON.parse(data), "content"));
      if (step === "stop") console.log();
      if (type === "tool_result") {
        startTrickle("tool_result:");
        trickle(`${data}\n`.trimEnd());
        console.log();
      }
      last = type;
    },
  });
  for await (const bytes of response.body) decoder.push(bytes);
  decoder.end();
  if (last !== "message.completed") throw new Error(`a message should end in message.completed, not in ${last}`);
}

function stringAt(value: unknown, key: string): string {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  if (typeof found === "string") return found;
  throw new TypeError(`expected a text under "${key}"`);
}
