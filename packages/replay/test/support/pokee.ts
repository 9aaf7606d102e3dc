import type { IncomingMessage } from "node:http";
import { createDecoder } from "@ssert/wire";
import { ask, type Received, type Sent, send } from "./http.ts";

export interface PokeeEvent {
  readonly type: string | undefined;
  readonly data: { readonly id?: string; readonly content?: unknown; readonly input?: unknown };
}

export const KEY = { authorization: "Bearer any" } as const;

export function eventsOf(stream: string | Uint8Array): readonly PokeeEvent[] {
  const events: PokeeEvent[] = [];
  const decoder = createDecoder({ event: ({ type, data }) => void events.push({ type, data: JSON.parse(data) }) });
  decoder.push(Buffer.from(stream));
  decoder.end();
  return events;
}

/** The text of the deltas of one kind, as a person would read it. */
export function textOf(events: readonly PokeeEvent[], kind: "text" | "thinking" = "text"): string {
  return events.map(({ type, data }) => (type === `${kind}.delta` ? String(data.content) : "")).join("");
}

/** A client of one mock. */
export class PokeeClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  ask(method: string, path: string, sent: Omit<Sent, "method"> = {}): Promise<Received> {
    return ask(this.#url + path, { method, headers: KEY, ...sent });
  }

  async open(): Promise<string> {
    const { text } = await this.ask("POST", "/v1/sessions", { body: '{"persistent": true}' });
    return String(JSON.parse(text).id);
  }

  async busy(session: string): Promise<unknown> {
    return JSON.parse((await this.ask("GET", `/v1/sessions/${session}`)).text).busy;
  }

  /** The head of the answer; its events are still to come. */
  begin(session: string, message: string): Promise<IncomingMessage> {
    return send(`${this.#url}/v1/sessions/${session}/messages`, {
      method: "POST",
      headers: KEY,
      body: JSON.stringify({ message }),
    });
  }

  say(session: string, message: string): Promise<Received> {
    return this.ask("POST", `/v1/sessions/${session}/messages`, { body: JSON.stringify({ message }) });
  }
}
