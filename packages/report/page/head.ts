import type { PageData } from "../src/html/page-data.ts";
import { grouped } from "../src/pretty/count.ts";
import { el } from "./dom.ts";
import { icon } from "./icons.ts";
import { counted } from "./text.ts";
import { createThemeButton } from "./theme.ts";

const RESULTS = { valid: "no stream is broken", "no-stream": "no streams" } as const;

/** What the report comes to, and the page's own buttons. */
export function createHead({ tool, report: { summary } }: PageData, onHelp: () => void): HTMLElement {
  const bad = summary.invalid + summary.truncated + summary.unreadable;
  const none = summary.streams === 0 ? "no-stream" : "valid";
  const verdict = bad === 0 ? none : "invalid";
  const result = bad === 0 ? RESULTS[none] : `${grouped(bad)} of ${counted(summary.streams, "stream")} broken`;
  return el(
    "header",
    { class: "page-head" },
    el("h1", {}, el("span", { class: "wordmark" }, "ssert"), el("span", { class: "unseen" }, " report")),
    el("p", { class: `result verdict-${verdict}` }, icon(verdict), result),
    el(
      "p",
      { class: "totals" },
      el("span", { class: summary.errors > 0 && "error" }, icon("error"), counted(summary.errors, "error")),
      el("span", { class: summary.warnings > 0 && "warning" }, icon("warning"), counted(summary.warnings, "warning")),
    ),
    el("p", { class: "tool" }, tool),
    createThemeButton(),
    el(
      "button",
      { type: "button", class: "round", "aria-label": "Keyboard help", title: "Keyboard help (?)", onclick: onHelp },
      "?",
    ),
  );
}
