import { builtins } from "./generated/list.ts";

/** What is known of a built-in protocol without loading it. */
export interface BuiltinProtocol {
  readonly name: string;
  readonly version: string;
  /** What it was written from. */
  readonly source: string;
  /** Vendors and situations that deviate: `openai-chat` with the variant `azure` is asked for as `openai-chat+azure`. */
  readonly variants: readonly string[];
}

/** The protocols that come with this package. */
export function builtinProtocols(): readonly BuiltinProtocol[] {
  return builtins;
}
