import { encodeEvent } from "@ssert/wire";
import { compileProtocol } from "../../src/compile/compile.ts";
import type { ProtocolFile, RuleSeverity, ScopeDefinition } from "../../src/definition/protocol-file.ts";
import {
  builtinProtocol,
  createStreamCheck,
  type Protocol,
  type StreamCheckOptions,
  type StreamResult,
} from "../../src/index.ts";
import { compileChecks } from "../../src/payload/compile.ts";
import { payloadSchemas } from "../../src/payload/schemas.ts";

/** One event of a stream under test: its `event:` line, if it has one, and its data. */
export interface Sent {
  readonly type?: string;
  readonly data: string;
}

/** An event of a protocol whose type is in the `event:` line. */
export function line(type: string, data: unknown = {}): Sent {
  return { type, data: JSON.stringify(data) };
}

/** An event of a protocol whose type is in the data, at `/t`. */
export function ev(t: string, rest: Readonly<Record<string, unknown>> = {}): Sent {
  return { data: JSON.stringify({ t, ...rest }) };
}

export function text(events: readonly Sent[]): string {
  return events.map((event) => encodeEvent(event)).join("");
}

export function encode(events: readonly Sent[]): Uint8Array {
  return new TextEncoder().encode(text(events));
}

type Settings = Omit<StreamCheckOptions, "protocol">;

export function check(protocol: Protocol, events: readonly Sent[], options: Settings = {}): StreamResult {
  return checkBytes(protocol, encode(events), options);
}

export function checkBytes(protocol: Protocol, bytes: Uint8Array, options: Settings = {}): StreamResult {
  const stream = createStreamCheck({ protocol, ...options });
  stream.push(bytes);
  return stream.end();
}

/** What was found, as `rule@event`; `rule@end` at the end of input. */
export function found(protocol: Protocol, events: readonly Sent[], options: Settings = {}): readonly string[] {
  return check(protocol, events, options).findings.map(({ rule, event }) => `${rule}@${event?.number ?? "end"}`);
}

/** A protocol of a few scopes whose type is at `/t`. Every event is known by its name; `rest` may say more. */
export function define(
  names: string,
  scopes: Readonly<Record<string, ScopeDefinition>>,
  rest: Partial<ProtocolFile> = {},
): Protocol {
  const events = { ...Object.fromEntries(names.split(" ").map((name) => [name, {}])), ...rest.events };
  return compile({ protocol: "tiny", version: "1", type: "/t", ...rest, events, scopes });
}

export function compile(file: ProtocolFile): Protocol {
  const fail = (problem: { message: string }): never => {
    throw new Error(problem.message);
  };
  return compileProtocol(file, compileChecks(payloadSchemas(file), fail));
}

/** The same protocol with some severities changed. */
export function withRules(protocol: Protocol, rules: Readonly<Record<string, RuleSeverity>>): Protocol {
  const { definition } = protocol;
  return compile({ ...definition, rules: { ...definition.rules, ...rules } });
}

export const pokee: Protocol = builtin("pokee");

function builtin(name: string): Protocol {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`${name} is built in`);
  return protocol;
}
