import type { EventReference, Finding, Location } from "../src/finding.ts";
import type { TimelineEvent } from "../src/timeline.ts";
import { el } from "./dom.ts";
import { icon } from "./icons.ts";
import type { StreamModel } from "./stream-model.ts";
import { counted, visible, withCode } from "./text.ts";

export interface FindingsView {
  readonly element: HTMLElement;
  show(stream: StreamModel, findings: readonly Finding[]): void;
  select(finding: Finding | undefined): void;
}

interface FindingsOptions {
  readonly onFinding: (finding: Finding) => void;
  /** One of the places of a finding. */
  readonly onPlace: (finding: Finding, event: TimelineEvent) => void;
}

/** So many are explained at once; a stream that breaks one rule a thousand times is no thousand times as interesting. */
const PAGE = 100;

export function createFindings({ onFinding, onPlace }: FindingsOptions): FindingsView {
  const title = el("h3", { id: "findings-title" }, "Findings");
  const list = el("ol", { class: "findings" });
  const note = el("p", { class: "note" });
  const element = el(
    "section",
    { class: "card", "aria-labelledby": "findings-title" },
    el("header", { class: "card-head" }, title),
    list,
    note,
  );
  let shown: readonly Finding[] = [];
  let stream: StreamModel | undefined;
  const cards = new Map<Finding, HTMLElement>();

  function grow(to: number): void {
    for (const finding of shown.slice(cards.size, to)) {
      const card = cardOf(finding);
      cards.set(finding, card);
      list.append(el("li", {}, card));
    }
    const rest = shown.length - cards.size;
    const more = el(
      "button",
      { type: "button", onclick: () => grow(cards.size + PAGE) },
      `Show more (${counted(rest, "finding")})`,
    );
    const heldBack = stream?.report.heldBack ?? 0;
    note.replaceChildren(
      ...(rest > 0 ? [more] : []),
      ...(heldBack > 0
        ? [
            ` ${counted(heldBack, "more finding")} ${heldBack === 1 ? "was" : "were"} held back: what follows from a fault above, or exceeds the limit.`,
          ]
        : []),
    );
    note.hidden = note.childNodes.length === 0;
  }

  function cardOf(finding: Finding): HTMLElement {
    const { rule, severity, message, related = [] } = finding;
    const description = stream?.rules.get(rule);
    return el(
      "article",
      { class: `finding-card ${severity}`, onclick: () => onFinding(finding) },
      el(
        "header",
        {},
        el("span", { class: `severity ${severity}` }, icon(severity), severity),
        el("code", { class: "rule" }, visible(rule)),
        place(finding, finding.event, finding.location),
      ),
      el("p", { class: "message" }, withCode(message)),
      el(
        "dl",
        {},
        ...(description ? [el("dt", {}, "What holds"), el("dd", {}, withCode(description.title))] : []),
        ...(description?.source !== undefined
          ? [el("dt", {}, "Source"), el("dd", {}, el("cite", {}, visible(description.source)))]
          : []),
        ...(finding.path !== undefined && finding.path !== ""
          ? [el("dt", {}, "In the data"), el("dd", {}, el("code", {}, visible(finding.path)))]
          : []),
        ...related.flatMap((other) => [
          el("dt", {}, "Other place"),
          el("dd", {}, withCode(other.message), " ", place(finding, other.event, other.location)),
        ]),
      ),
    );
  }

  /** A link to a place, where the page has its event. */
  function place(finding: Finding, event: EventReference | undefined, location: Location | undefined): HTMLElement {
    const line = location === undefined ? "" : `line ${location.line}`;
    const about = event === undefined ? endOr(location) : `event ${event.number} ${visible(event.type ?? "")}`.trim();
    const text = [about, line].filter((part) => part !== "").join(" · ");
    const target = stream?.eventAt(event, location);
    if (target === undefined) return el("span", { class: "place" }, text);
    const go = (clicked: Event): void => {
      clicked.stopPropagation();
      onPlace(finding, target);
    };
    return el("button", { type: "button", class: "place", onclick: go }, text);
  }

  return {
    element,
    show(of, findings) {
      stream = of;
      shown = findings;
      cards.clear();
      list.replaceChildren();
      const all = of.report.findings.length;
      element.hidden = all === 0;
      title.textContent =
        findings.length === all ? `Findings (${all})` : `Findings (${findings.length} of ${all} pass the filter)`;
      grow(PAGE);
    },
    select(finding) {
      if (finding !== undefined && !cards.has(finding)) grow(shown.indexOf(finding) + PAGE);
      for (const [of, card] of cards) {
        card.classList.toggle("selected", of === finding);
        if (of === finding) card.setAttribute("aria-current", "true");
        else card.removeAttribute("aria-current");
      }
      const card = finding && cards.get(finding);
      // Only within its own list, so that the rest of the page stays where it is.
      if (card !== undefined && list.scrollHeight > list.clientHeight) {
        const top = card.offsetTop; // the list is what it is placed in
        if (top < list.scrollTop || top + card.offsetHeight > list.scrollTop + list.clientHeight)
          list.scrollTop = top - 8;
      }
    },
  };
}

function endOr(location: Location | undefined): string {
  return location === undefined ? "the response as a whole" : "end of the stream";
}
