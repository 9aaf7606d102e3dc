import type { Finding } from "../src/finding.ts";
import { grouped } from "../src/pretty/count.ts";
import type { TimelineEvent } from "../src/timeline.ts";
import { dataOf } from "./block.ts";
import { el } from "./dom.ts";
import { icon } from "./icons.ts";
import { jsonView } from "./json-view.ts";
import { createRawPane } from "./raw-pane.ts";
import { createRows } from "./rows.ts";
import type { StreamModel } from "./stream-model.ts";
import { arrival, bytes, duration, visible } from "./text.ts";

export interface EventsView {
  readonly element: HTMLElement;
  show(stream: StreamModel): void;
  select(event: TimelineEvent | undefined): void;
  /** The raw bytes from text to hex, or back. */
  turnRaw(): void;
}

const PREVIEW = 160;

export function createEvents(onEvent: (event: TimelineEvent) => void): EventsView {
  let stream: StreamModel | undefined;
  const rows = createRows<TimelineEvent>({ id: "event", label: "Events", height: 30, row, onSelect: onEvent });
  const raw = createRawPane((form) => pair.classList.toggle("with-hex", form === "hex"));
  const parsedAs = el("div", {});
  const pair = el(
    "div",
    { class: "side-by-side" },
    raw.element,
    el("div", {}, el("div", { class: "raw-head" }, el("h5", {}, "Parsed")), parsedAs),
  );
  // Told when it changes: which event it is, not all that it holds.
  const heading = el("div", { "aria-live": "polite" });
  const facts = el("dl", { class: "facts" });
  const detail = el("div", { class: "detail" }, heading, facts, pair);
  const element = el(
    "section",
    { class: "card events", "aria-labelledby": "events-title" },
    el("header", { class: "card-head" }, el("h3", { id: "events-title" }, "Events")),
    el("div", { class: "events-body" }, rows.element, detail),
  );

  const hueOf = ({ lane }: TimelineEvent): string => stream?.hueOf(lane) ?? "";

  function row(event: TimelineEvent): readonly (Node | undefined)[] {
    const worst = worstOf(stream?.findingsAt.get(event.number) ?? []);
    return [
      el("span", { class: "cell number" }, grouped(event.number)),
      stream?.timed === true
        ? el("span", { class: "cell time" }, event.atUs === undefined ? "" : arrival(event.atUs))
        : undefined,
      el("span", { class: `cell dot ${hueOf(event)}` }),
      el("span", { class: "cell type" }, typeOf(event)),
      worst &&
        el(
          "span",
          { class: `cell mark ${worst.severity}`, title: worst.rule },
          icon(worst.severity),
          el("span", { class: "unseen" }, worst.severity),
        ),
      el("span", { class: "cell preview" }, visible(dataOf(event).slice(0, PREVIEW))),
    ];
  }

  function showDetail(event: TimelineEvent): void {
    const findings = stream?.findingsAt.get(event.number) ?? [];
    raw.show(event, findings);
    parsedAs.replaceChildren(parsed(event, findings));
    const told: readonly (readonly [string, string])[] = [
      ["lane", visible(event.lane)],
      ...(event.atUs === undefined ? [] : [["time", timeText(event)] as const]),
      ["line", grouped(event.line)],
      ["bytes", `${grouped(event.offset)}–${grouped(event.offset + event.length)} (${bytes(event.length)})`],
    ];
    facts.replaceChildren(...told.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
    heading.replaceChildren(
      el(
        "h4",
        {},
        el("span", { class: `dot ${hueOf(event)}` }),
        `Event ${grouped(event.number)} `,
        el("code", {}, typeOf(event)),
      ),
      ...findings.map(({ severity, rule }) =>
        el("p", { class: `chip ${severity}` }, icon(severity), el("code", {}, visible(rule))),
      ),
    );
  }

  function timeText({ atUs = 0, number }: TimelineEvent): string {
    const before = stream?.eventAt({ number: number - 1, type: null }, undefined)?.atUs;
    return before === undefined ? arrival(atUs) : `${arrival(atUs)} (+${duration(atUs - before)})`;
  }

  return {
    element,
    show(of) {
      stream = of;
      element.hidden = of.events.length === 0;
      const last = of.events.at(-1);
      rows.element.style.setProperty("--number", `${grouped(last?.number ?? 0).length}ch`);
      rows.element.style.setProperty("--time", `${arrival(last?.atUs ?? 0).length}ch`);
      rows.show(of.events);
    },
    select(event) {
      rows.select(event);
      detail.hidden = event === undefined;
      if (event !== undefined) showDetail(event);
    },
    turnRaw: raw.turn,
  };
}

function worstOf(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ severity }) => severity === "error") ?? findings[0];
}

function typeOf({ type, subtype }: TimelineEvent): string {
  return visible(`${type ?? "(no type)"}${subtype === undefined ? "" : `[${subtype}]`}`);
}

function parsed(event: TimelineEvent, findings: readonly Finding[]): HTMLElement {
  const note = (text: string): HTMLElement => el("p", { class: "note" }, text);
  if (event.cut !== undefined) return note("Too long to be parsed here: this page has its beginning only.");
  let value: unknown;
  try {
    value = JSON.parse(dataOf(event));
  } catch (error) {
    return note(`The data is not JSON: ${visible(error instanceof Error ? error.message : String(error))}`);
  }
  return jsonView(
    value,
    findings.flatMap(({ path }) => (path === undefined ? [] : [path])),
  );
}
