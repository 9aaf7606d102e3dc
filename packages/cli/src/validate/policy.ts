import { builtinProtocols, loadBuiltinProtocol, nearestWord, type Protocol, type RuleSeverity } from "@ssert/protocol";
import type { StreamReport } from "@ssert/report";
import { withOwnSeverities } from "@ssert/validate";
import { loadConfig } from "../config/load.ts";
import { CommandError } from "../errors.ts";
import { type FoundProtocol, findProtocolSource } from "../protocols.ts";
import type { Terminal } from "../terminal.ts";
import { KnownFindings } from "./known-findings.ts";

export interface PolicyFlags {
  readonly rule?: ReadonlyMap<string, RuleSeverity>;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly config?: string;
  readonly private?: boolean;
  readonly maxWarnings?: number;
}

/** What a team has decided about findings: how severe they are, which are known, what may be shown. */
export interface Policy {
  /** Severities by rule; undefined where all are as the protocols have them. */
  readonly severities: Readonly<Record<string, RuleSeverity>> | undefined;
  /** For streams whose tape names no protocol. */
  readonly fallback: FoundProtocol | undefined;
  readonly maxWarnings: number | undefined;
  readonly private: boolean;
  /** A stream's report without what the stream holds, where that is not to be shown. */
  readonly hide: (stream: StreamReport) => StreamReport;
  /** A stream's report as it is to be told. */
  readonly told: (stream: StreamReport) => StreamReport;
  /** After the last stream: writes the baseline if it is to be. `complete`: every input was read. False: entries are stale. */
  readonly finish: (complete: boolean, terminal: Terminal) => Promise<boolean>;
}

/** From the command line, else from the configuration. Throws CommandError `usage`, `bad-config` and ValidateError `bad-baseline`. */
export async function policyOf(flags: PolicyFlags, found: FoundProtocol | undefined): Promise<Policy> {
  const { config, path: configPath = "the configuration" } = await loadConfig(flags.config);
  const severities = { ...config.rules, ...Object.fromEntries(flags.rule ?? []) };
  const baseline = flags.baseline ?? config.baseline;
  if (flags.updateBaseline === true && baseline === undefined) {
    throw new CommandError("usage", "--update-baseline needs the file: add --baseline FILE");
  }
  const fallback =
    found === undefined && config.protocol !== undefined ? await findProtocolSource(config.protocol) : undefined;
  const hidden = flags.private ?? config.private ?? false;
  const hide = hidden ? await veilFor(found, fallback) : (stream: StreamReport): StreamReport => stream;
  const known = baseline === undefined ? undefined : await KnownFindings.read(baseline, flags.updateBaseline === true);
  const ofBaseline = Object.fromEntries(Object.entries(severities).filter(([rule]) => rule.startsWith("baseline/")));
  const named: readonly NamedRules[] = [
    ["--rule", [...(flags.rule?.keys() ?? [])]],
    [configPath, Object.keys(config.rules ?? {})],
    [baseline ?? "", known?.rules() ?? []],
  ];
  await checkRules(named, found ?? fallback);
  return {
    severities: Object.keys(severities).length > 0 ? severities : undefined,
    fallback,
    maxWarnings: flags.maxWarnings ?? config.maxWarnings,
    private: hidden,
    hide,
    told: (stream) =>
      hide(known === undefined ? stream : withOwnSeverities(known.excuse(stream), undefined, ofBaseline)),
    finish: async (complete, terminal) => {
      const fit = (await known?.finish(complete, terminal)) ?? true;
      return fit || (ofBaseline["baseline/stale"] ?? "error") !== "error";
    },
  };
}

/** Words of every protocol that streams may be judged by are no secret. */
async function veilFor(
  chosen: FoundProtocol | undefined,
  fallback: FoundProtocol | undefined,
): Promise<(stream: StreamReport) => StreamReport> {
  const { privateStream, publicWords } = await import("@ssert/validate");
  const own = [chosen, fallback].flatMap((found) => (found === undefined ? [] : [found.protocol]));
  const protocols = chosen === undefined ? [...own, ...(await everyBuiltin())] : own;
  const words = publicWords(protocols.map(({ definition }) => definition));
  return (stream) => privateStream(stream, words);
}

async function everyBuiltin(): Promise<readonly Protocol[]> {
  const loaded = await Promise.all(builtinProtocols().map(({ name }) => loadBuiltinProtocol(name)));
  return loaded.filter((protocol) => protocol !== undefined);
}

/** Rules that belong to no protocol. */
const COMMON = /^(?:tape|baseline)\/|^http\/(?:cut|stopped)$/;

/** Rules, and where somebody wrote them. */
type NamedRules = readonly [where: string, rules: readonly string[]];

/** A rule that no protocol has is a typing mistake: it would do nothing, in silence. */
async function checkRules(named: readonly NamedRules[], chosen: FoundProtocol | undefined): Promise<void> {
  const inChosen = new Set(chosen?.protocol.rules.map(({ id }) => id));
  const unsure = named.flatMap(([where, rules]) =>
    rules.flatMap((rule) => (inChosen.has(rule) || COMMON.test(rule) ? [] : [{ where, rule }])),
  );
  if (unsure.length === 0) return;
  const known = new Set([
    ...inChosen,
    ...(await everyBuiltin()).flatMap((protocol) => protocol.rules.map(({ id }) => id)),
  ]);
  const unknown = unsure.find(({ rule }) => !known.has(rule));
  if (unknown === undefined) return;
  const { where, rule } = unknown;
  const nearest = nearestWord(rule, [...known]);
  const hint = nearest === undefined ? 'see "ssert protocol show PROTOCOL"' : `did you mean ${nearest}?`;
  throw new CommandError("usage", `${where}: no protocol has the rule ${JSON.stringify(rule)}; ${hint}`);
}
