import { loadBuiltinProtocol, type Protocol, parseProtocol, type RuleInfo, withSeverities } from "@ssert/protocol";
import type { Severities } from "../severities.ts";

/** Where a protocol comes from, as plain data: a worker compiles it again. */
export type ProtocolSource =
  | { readonly kind: "builtin"; readonly name: string }
  | {
      readonly kind: "file";
      readonly path: string;
      readonly text: string;
      /** What the files hold that it names, by the names that it calls them by. */
      readonly files: Readonly<Record<string, unknown>>;
    };

/** Undefined for a name that no built-in protocol has. Throws a ProtocolError for a file that is no protocol. */
export async function openProtocol(source: ProtocolSource): Promise<Protocol | undefined> {
  if (source.kind === "builtin") return await loadBuiltinProtocol(source.name);
  const { text, path, files } = source;
  const read = async (name: string): Promise<unknown> => structuredClone(files[name]);
  return await parseProtocol(text, { source: path, readSchema: read, readProtocol: read });
}

/** Chooses the protocols of many streams: the chosen one for all, else the built-in one that each tape names. */
export interface ProtocolChoice {
  readonly of: (named: string | undefined) => Promise<Protocol | undefined>;
  /** Names in tapes that no built-in protocol has, sorted. */
  readonly unknown: () => readonly string[];
  /** All protocols chosen so far, sorted by id: the order of the streams shall not show. */
  readonly used: () => readonly UsedProtocol[];
}

/** A protocol that streams were judged by, as plain data. */
export interface UsedProtocol {
  /** `name@version` */
  readonly id: string;
  readonly rules: readonly RuleInfo[];
}

/** What a run has set, beside the protocol that is chosen for all streams. */
export interface ChoiceSettings {
  /** For streams whose tape names none. */
  readonly fallback?: Protocol | undefined;
  readonly severities?: Severities | undefined;
}

export function protocolChoice(
  chosenAsItIs: Protocol | undefined,
  { fallback: fallbackAsItIs, severities = {} }: ChoiceSettings = {},
): ProtocolChoice {
  const own = new Map(Object.entries(severities));
  const adapt = (protocol: Protocol | undefined): Protocol | undefined => protocol && withSeverities(protocol, own);
  const chosen = adapt(chosenAsItIs);
  const fallback = adapt(fallbackAsItIs);
  const unknown = new Set<string>();
  const used = new Set(chosen === undefined ? [] : [chosen]);
  // Compiling one takes longer than reading most streams.
  const loaded = new Map<string, Promise<Protocol | undefined>>();
  return {
    async of(named) {
      if (chosen !== undefined) return chosen;
      if (named === undefined) {
        if (fallback !== undefined) used.add(fallback);
        return fallback;
      }
      const loading = loaded.get(named) ?? loadBuiltinProtocol(named).then(adapt);
      loaded.set(named, loading);
      const builtin = await loading;
      if (builtin === undefined) unknown.add(named);
      else used.add(builtin);
      return builtin;
    },
    unknown: () => [...unknown].sort(),
    used: () => [...used].map(({ id, rules }) => ({ id, rules })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
