import { ProtocolError } from "../../src/definition/error.ts";
import type { DefinitionOptions } from "../../src/definition/read.ts";
import { readText, readValue } from "../../src/definition/read.ts";

/** A phone call, in which people take turns to speak: the smallest protocol with a child scope, a key and a schema. */
export const CALL = `{
  "protocol": "call",
  "version": "1",
  "type": "event",
  "events": {
    "ring": {},
    "say": { "schema": { "type": "object", "required": ["who"], "properties": { "who": { "type": "string" } } } },
    "hush": {},
    "hang_up": {}
  },
  "scopes": {
    "call": { "open": "ring", "close": "hang_up" },
    "turn": { "in": "call", "key": "/who", "open": "say", "close": "hush" }
  },
  "rules": { "event/unknown-type": "error" }
}`;

/** The call with one place of its text changed. */
export function callWith(from: string, to: string): string {
  if (!CALL.includes(from)) throw new Error(`the call has no ${from}`);
  return CALL.replace(from, to);
}

/** Why a text is refused; undefined if it is not. */
export function refusal(text: string, options: DefinitionOptions = {}): Promise<ProtocolError | undefined> {
  return thrown(readText(text, options));
}

/** Why a value is refused; undefined if it is not. */
export function valueRefusal(definition: unknown, options: DefinitionOptions = {}): Promise<ProtocolError | undefined> {
  return thrown(readValue(definition, options));
}

async function thrown(reading: Promise<unknown>): Promise<ProtocolError | undefined> {
  try {
    await reading;
    return undefined;
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
}
