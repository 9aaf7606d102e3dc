import type { EventReference, Finding, Location } from "../src/finding.ts";
import { grouped } from "../src/pretty/count.ts";
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
  const list = el("ol", { class: "findings", "aria-labelledby": "findings-title" });
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
    // Where nothing in it takes the focus, the keyboard scrolls it by its own.
    if (list.querySelector("button") === null) list.setAttribute("tabindex", "0");
    else list.removeAttribute("tabindex");
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
            `${counted(heldBack, "more finding")} ${heldBack === 1 ? "was" : "were"} held back: what follows from a fault above, or exceeds the limit.`,
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
    const line = location === undefined ? "" : `line ${grouped(location.line)}`;
    const about = event === undefined ? [whereOf(location)] : [`event ${grouped(event.number)}`, ...typeOf(event)];
    const text = [...about, ...(about.join("") !== "" && line !== "" ? [" · "] : []), line];
    const target = stream?.eventAt(event, location);
    if (target === undefined) return el("span", { class: "place" }, ...text);
    const go = (clicked: Event): void => {
      clicked.stopPropagation();
      onPlace(finding, target);
    };
    return el("button", { type: "button", class: "place", onclick: go }, ...text);
  }

  /** Of what is in no event: bytes that became none, what did not come in time. */
  function whereOf(location: Location | undefined): string {
    if (location === undefined) return "the response as a whole";
    return location.offset < (stream?.report.bytes ?? 0) ? "" : "end of the stream";
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
        findings.length === all
          ? `Findings (${grouped(all)})`
          : `Findings (${grouped(findings.length)} of ${grouped(all)} pass the filter)`;
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
        if (top < list.scrollTop || top + card.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top;
      }
    },
  };
}

/** A type may be of any length and direction; its event shows it whole. */
const LONGEST_TYPE = 80;

function typeOf({ type }: EventReference): readonly (Node | string)[] {
  if (type === null || type === "") return [];
  const shown = type.length > LONGEST_TYPE ? `${type.slice(0, LONGEST_TYPE)}…` : type;
  return [" ", el("bdi", {}, visible(shown))];
}
