import { loadBuiltinProtocol, type Protocol, type RuleInfo } from "@ssert/protocol";

export interface ProtocolChoice {
  /** The protocol of a stream, given what its tape says. */
  readonly of: (named: string | undefined) => Promise<Protocol | undefined>;
  /** The rules of the protocols chosen so far. */
  readonly rules: () => readonly RuleInfo[];
  /** What could not be judged, if anything. */
  readonly untold: () => string | undefined;
}

export function protocolChoice(chosen: Protocol | undefined): ProtocolChoice {
  const unknown = new Set<string>();
  const used = new Set(chosen === undefined ? [] : [chosen]);
  // Compiling one takes longer than reading most streams.
  const loaded = new Map<string, Promise<Protocol | undefined>>();
  return {
    async of(named) {
      if (chosen !== undefined || named === undefined) return chosen;
      const loading = loaded.get(named) ?? loadBuiltinProtocol(named);
      loaded.set(named, loading);
      const builtin = await loading;
      if (builtin === undefined) unknown.add(named);
      else used.add(builtin);
      return builtin;
    },
    rules: () => [...used].flatMap(({ rules }) => rules),
    untold() {
      if (unknown.size === 0) return undefined;
      const names = [...unknown].map((name) => JSON.stringify(name)).join(", ");
      return `tapes name the protocol ${names}, which is not built in, so only wire rules were checked; name its file with --protocol FILE`;
    },
  };
}
