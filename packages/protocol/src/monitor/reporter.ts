import type { Finding, Location, Related } from "@ssert/report";
import type { RuleInfo } from "../rules.ts";
import type { Place } from "./place.ts";

/** What a finding says beyond its rule and its event. */
export interface Details {
  readonly message: string;
  readonly path?: string | undefined;
  readonly related?: readonly Related[] | undefined;
}

/** A person reads the first few; a program that wants all can raise it. */
const MAX_FINDINGS = 1_000;

/** Gives out findings: one error an event, no more than a cap, and a count of all that is held back. */
export class Reporter {
  errors = 0;
  /** What followed from a fault already reported, and what is beyond the cap. */
  heldBack = 0;
  /** The event has an error already: what else is found on it is likely its consequence. */
  muted = false;
  readonly #onFinding: (finding: Finding) => void;
  readonly #most: number;
  #given = 0;

  constructor(onFinding: (finding: Finding) => void, most: number | undefined) {
    this.#onFinding = onFinding;
    this.#most = most ?? MAX_FINDINGS;
  }

  /** Grows with each breach, whether it was given or held back. */
  get said(): number {
    return this.#given + this.heldBack;
  }

  /**
   * Reports a breach at an event, unless it is `doubtful` or the event has an error already. True if the rule is an error,
   * reported or held back: only then may anything be put in doubt, so that a severity never changes what else is found.
   */
  report(rule: RuleInfo, doubtful: boolean, place: () => Place, describe: () => Details): boolean {
    if (rule.severity === "off") return false;
    if (doubtful || this.muted) this.heldBack += 1;
    else {
      this.#give(rule, describe(), place());
      this.muted = rule.severity === "error";
    }
    return rule.severity === "error";
  }

  /** Reports what stands for itself: it is neither muted by another error of its event nor does it mute anything. */
  reportAside(rule: RuleInfo, place: Place | undefined, describe: () => Details): void {
    if (rule.severity !== "off") this.#give(rule, describe(), place);
  }

  #give(rule: RuleInfo, details: Details, place: Place | undefined): void {
    if (rule.severity === "off") return;
    const firstError = rule.severity === "error" && this.errors === 0;
    if (rule.severity === "error") this.errors += 1;
    // The verdict of an invalid stream is never without a reason, whatever warnings came first.
    if (this.#given >= this.#most && !firstError) {
      this.heldBack += 1;
      return;
    }
    this.#given += 1;
    this.#onFinding(toFinding(rule.id, rule.severity, details, place?.event, place?.location));
  }
}

function toFinding(
  rule: string,
  severity: Finding["severity"],
  { message, path, related }: Details,
  event: Place["event"] | undefined,
  location: Location | undefined,
): Finding {
  return {
    rule,
    severity,
    message,
    ...(event === undefined ? {} : { event }),
    ...(location === undefined ? {} : { location }),
    ...(path === undefined || path === "" ? {} : { path }),
    ...(related === undefined || related.length === 0 ? {} : { related }),
  };
}
