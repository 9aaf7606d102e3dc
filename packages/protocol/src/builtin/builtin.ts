import type { Protocol } from "../compile/compile.ts";
import type { BuiltinEvents } from "./events.ts";
import { type BuiltinModule, compileForm, splitName } from "./form.ts";
import * as anthropicMessages from "./generated/anthropic-messages.ts";
import * as openaiChat from "./generated/openai-chat.ts";
import * as openaiResponses from "./generated/openai-responses.ts";
import * as pokee from "./generated/pokee.ts";

const MODULES: readonly BuiltinModule[] = [pokee, anthropicMessages, openaiResponses, openaiChat];

/** A built-in protocol by its name, or a variant: `openai-chat+azure`. Loads no schema compiler. */
export function builtinProtocol<Name extends keyof BuiltinEvents>(name: Name): Protocol<BuiltinEvents[Name]>;
export function builtinProtocol(name: string): Protocol | undefined;
export function builtinProtocol(name: string): Protocol | undefined {
  const [protocol, variant] = splitName(name);
  const module = MODULES.find(({ file }) => file.protocol === protocol);
  return module === undefined ? undefined : compileForm(module, variant);
}
