import type { Report } from "../report.ts";
import type { RuleDescription } from "../rule-description.ts";
import type { Timeline } from "../timeline.ts";

/** What the page is given: it stands in it as JSON. */
export interface PageData {
  /** `ssert x.y.z` */
  readonly tool: string;
  /** As `renderJson` writes it. */
  readonly report: Report;
  /** Of the rules that findings are about, where they are described. */
  readonly rules: readonly RuleDescription[];
  /** By stream, in the report's order; null where there is none. */
  readonly timelines: readonly (Timeline | null)[];
  /** That nothing of what streams hold is to be shown is why there are none. */
  readonly private?: boolean;
}
