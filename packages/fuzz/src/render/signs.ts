import type { Verdict } from "../run/check-result.ts";

/** How a verdict is shown where there is room for one character. */
export const signs: Readonly<Record<Verdict, string>> = {
  pass: "✓",
  bug: "✗",
  declared: "≈",
  "internal-only": "○",
  "not-observable": "·",
};
