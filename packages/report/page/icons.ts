import type { Severity } from "../src/finding.ts";
import type { Verdict } from "../src/report.ts";
import { svg } from "./dom.ts";

/** Shapes, so that no meaning hangs on a colour alone. In a box of 16 by 16. */
const SHAPES = {
  valid: "M3 8.5 6.5 12 13 4.5",
  invalid: "M4 4 12 12M12 4 4 12",
  truncated: "M3 8H8M10.5 8H10.6M13 8H13.1",
  "no-stream": "M4 8H12",
  unreadable: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.600 8 9 8 10M8 12.500V12.600",
  error: "M8 1.500 14.500 8 8 14.500 1.500 8Z",
  warning: "M8 2 14.800 14H1.200Z",
  related: "M8 3.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9Z",
} as const;

export const VERDICTS: readonly Verdict[] = ["invalid", "truncated", "unreadable", "valid", "no-stream"];

export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  valid: "valid",
  invalid: "invalid",
  truncated: "truncated",
  "no-stream": "no stream",
  unreadable: "unreadable",
};

/** Decoration: what it means stands beside it as text. */
export function icon(shape: Verdict | Severity | "related"): SVGSVGElement {
  return svg(
    "svg",
    { class: `icon icon-${shape}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: SHAPES[shape] }),
  );
}
