import type { Finding } from "../src/finding.ts";
import { grouped } from "../src/pretty/count.ts";
import type { TimelineEvent } from "../src/timeline.ts";
import { linesOf } from "./block.ts";
import { el } from "./dom.ts";
import { visible } from "./text.ts";

/** A block as it came, line by line with the stream's line numbers; ill-formed bytes and the lines of findings are marked. */
export function rawView(event: TimelineEvent, findings: readonly Finding[]): HTMLElement {
  const view = el("pre", { class: "code raw", tabindex: 0, role: "region", "aria-label": "Raw bytes" });
  let at = 0;
  const lines = linesOf(event);
  view.style.setProperty("--digits", String(Math.max(2, String(event.line + lines.length).length)));
  lines.forEach((text, index) => {
    const number = event.line + index;
    const marked = findings.some(({ location }) => location?.line === number);
    view.append(
      el(
        "span",
        { class: marked ? "line marked" : "line" },
        el("span", { class: "number", "aria-hidden": "true" }, String(number)),
        ...textWithMarks(event, text, at),
      ),
    );
    at += text.length;
    at += event.raw.startsWith("\r\n", at) ? 2 : 1;
  });
  if (event.cut !== undefined) {
    view.append(el("span", { class: "line note" }, `… ${grouped(event.cut)} more bytes are not part of this page`));
  }
  return view;
}

/** The field's name set apart; each run of ill-formed bytes as hex. */
function textWithMarks({ illFormed = [] }: TimelineEvent, text: string, at: number): readonly Node[] {
  const colon = text.indexOf(":");
  const name = colon > 0 ? colon + 1 : 0;
  const nodes: Node[] = [el("span", { class: "field" }, visible(text.slice(0, name)))];
  let from = name;
  for (const mark of illFormed) {
    const start = mark.at - at;
    if (start < from || start >= text.length) continue;
    nodes.push(document.createTextNode(visible(text.slice(from, start))));
    const hex = mark.hex.replace(/..(?=.)/g, "$& ");
    nodes.push(el("mark", { class: "ill-formed", title: "not UTF-8" }, hex));
    from = start + mark.length;
  }
  nodes.push(document.createTextNode(visible(text.slice(from))));
  return nodes;
}
