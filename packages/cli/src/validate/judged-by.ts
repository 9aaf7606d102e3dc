import { loadBuiltinProtocol, type Protocol } from "@ssert/protocol";
import type { FoundProtocol } from "../protocols.ts";

/** Finds the protocol that a stream was judged by, from its id (`name@version`) in the report. */
export type JudgedBy = (id: string | null) => Promise<Protocol | undefined>;

/** Among those that the run was given, and the built-in ones. */
export function judgedBy(given: readonly (FoundProtocol | undefined)[]): JudgedBy {
  // Compiling one takes longer than reading most streams.
  const loaded = new Map<string, Promise<Protocol | undefined>>();
  return async (id) => {
    if (id === null) return undefined;
    const own = given.find((found) => found?.protocol.id === id);
    if (own !== undefined) return own.protocol;
    const loading = loaded.get(id) ?? loadBuiltin(id);
    loaded.set(id, loading);
    return await loading;
  };
}

async function loadBuiltin(id: string): Promise<Protocol | undefined> {
  const protocol = await loadBuiltinProtocol(id.replace(/@[^@]*$/, ""));
  return protocol?.id === id ? protocol : undefined;
}
