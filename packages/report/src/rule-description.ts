import type { Severity } from "./finding.ts";

/** What a rule is about: `RuleInfo` of @ssert/protocol is one. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: Severity | "off";
  /** One line. */
  readonly title: string;
  /** The words of the protocol's source. */
  readonly source?: string;
}
