import type { Protocol } from "../compile/compile.ts";
import type { BuiltinEvents } from "./events.ts";
import { type BuiltinModule, compileForm, splitName } from "./form.ts";

const LOADERS: ReadonlyMap<string, () => Promise<BuiltinModule>> = new Map([
  ["pokee", () => import("./generated/pokee.ts")],
  ["anthropic-messages", () => import("./generated/anthropic-messages.ts")],
  ["openai-responses", () => import("./generated/openai-responses.ts")],
  ["openai-chat", () => import("./generated/openai-chat.ts")],
]);

/**
 * The same as `builtinProtocol`, for hosts that count milliseconds: a bundler that takes this one alone loads the protocol
 * that is asked for, and no other.
 */
export async function loadBuiltinProtocol<Name extends keyof BuiltinEvents>(
  name: Name,
): Promise<Protocol<BuiltinEvents[Name]>>;
export async function loadBuiltinProtocol(name: string): Promise<Protocol | undefined>;
export async function loadBuiltinProtocol(name: string): Promise<Protocol | undefined> {
  const [protocol, variant] = splitName(name);
  const module = await LOADERS.get(protocol)?.();
  return module === undefined ? undefined : compileForm(module, variant);
}
