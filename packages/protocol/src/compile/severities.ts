import type { RuleSeverity } from "../definition/protocol-file.ts";
import { compileProtocol, type Protocol } from "./compile.ts";

/**
 * The same protocol with other severities. A rule that is off is not evaluated, and what is no error puts nothing in doubt:
 * this is not a filter over findings. Rules that the protocol does not have are left out. `source` of a rule is kept.
 */
export function withSeverities(protocol: Protocol, severities: ReadonlyMap<string, RuleSeverity>): Protocol {
  const changed = protocol.rules.filter(({ id, severity }) => (severities.get(id) ?? severity) !== severity);
  if (changed.length === 0) return protocol;
  const settings = changed.map(({ id, severity, source }) => [
    id,
    { severity: severities.get(id) ?? severity, ...(source !== undefined && { source }) },
  ]);
  const { definition, checks } = protocol;
  return compileProtocol({ ...definition, rules: { ...definition.rules, ...Object.fromEntries(settings) } }, checks);
}
