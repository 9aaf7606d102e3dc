import { loadBuiltinProtocol, type Protocol } from "@ssert/protocol";
import { loadConfig } from "./config/load.ts";
import { type FoundProtocol, findProtocolSource } from "./protocols.ts";

/** The protocol of a stream, given the name in its tape. */
export type ProtocolOf = (named: string | undefined) => Promise<Protocol | undefined>;

/** By the flag, else by what the tape names, else by the configuration of the working folder. */
export async function chooseProtocol(flag: string | undefined): Promise<ProtocolOf> {
  if (flag !== undefined) return protocolOf(await findProtocolSource(flag), undefined);
  const { protocol } = (await loadConfig()).config;
  return protocolOf(undefined, protocol === undefined ? undefined : await findProtocolSource(protocol));
}

/** By the chosen one, else by what the tape names, else by the one of the configuration. */
export function protocolOf(chosen: FoundProtocol | undefined, fallback: FoundProtocol | undefined): ProtocolOf {
  const loaded = new Map<string, Promise<Protocol | undefined>>();
  return async (named) => {
    if (chosen !== undefined) return chosen.protocol;
    if (named === undefined) return fallback?.protocol;
    const loading = loaded.get(named) ?? loadBuiltinProtocol(named);
    loaded.set(named, loading);
    return await loading;
  };
}
