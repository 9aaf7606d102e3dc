import type { Finding } from "../src/finding.ts";
import type { TimelineEvent } from "../src/timeline.ts";
import { el } from "./dom.ts";
import { createEvents } from "./events.ts";
import { type Filter, findingPasses } from "./filter.ts";
import { createFindings } from "./findings.ts";
import { icon, VERDICT_NAMES } from "./icons.ts";
import type { Place } from "./place.ts";
import type { StreamModel } from "./stream-model.ts";
import { bytes, counted, duration, nameOf, visible } from "./text.ts";
import { createTimeline } from "./timeline/timeline.ts";

export interface StreamView {
  readonly element: HTMLElement;
  /** Shows a stream, `at` a place in it, else at its first finding. */
  show(stream: StreamModel, filter: Filter, at?: Selection): void;
  stepEvent(by: number): void;
  stepFinding(by: number): void;
  turnAxis(): void;
  turnRaw(): void;
  zoom(factor: number): void;
}

/** By the event's number, and by that of the finding in its stream, both from 1. */
export type Selection = Pick<Place, "event" | "finding">;

/** Told what is selected now; `jump`: a link led there. */
type OnSelect = (selection: Selection, jump: boolean) => void;

export function createStreamView(onSelect: OnSelect): StreamView {
  let stream: StreamModel | undefined;
  let findings: readonly Finding[] = [];
  let event: TimelineEvent | undefined;
  let finding: Finding | undefined;

  const head = el("header", { class: "stream-head" });
  const absent = el("p", { class: "card absent" });
  const timeline = createTimeline({ onEvent: selectEvent, onFinding: selectFinding });
  const panel = createFindings({ onFinding: selectFinding, onPlace: follow });
  const events = createEvents(selectEvent);
  const element = el(
    "main",
    { class: "stream", id: "stream-view", tabindex: -1 },
    head,
    absent,
    timeline.element,
    panel.element,
    events.element,
  );

  function select(at: TimelineEvent | undefined, of: Finding | undefined, jump = false): void {
    event = at;
    finding = of;
    timeline.select(event, finding);
    panel.select(finding);
    events.select(event);
    const place = of === undefined ? -1 : (stream?.report.findings.indexOf(of) ?? -1);
    onSelect({ event: event?.number, finding: place < 0 ? undefined : place + 1 }, jump);
  }

  /** A finding stays selected while one of its places is. */
  function selectEvent(at: TimelineEvent): void {
    const here = findings.find((other) => other.event?.number === at.number);
    const places = [finding?.event, ...(finding?.related ?? []).map((other) => other.event)];
    select(at, here ?? (places.some((place) => place?.number === at.number) ? finding : undefined));
  }

  /** From a place in a finding to the event there. */
  function follow(of: Finding, at: TimelineEvent): void {
    select(at, of, true);
    events.element.scrollIntoView({ block: "nearest" });
  }

  function selectFinding(of: Finding): void {
    select(stream?.eventAt(of.event, of.location) ?? event, of);
  }

  return {
    element,
    show(of, filter, at) {
      const same = stream === of;
      const before = findings;
      stream = of;
      findings = of.report.findings.filter((candidate) => findingPasses(candidate, of.report, filter));
      // Most keys of a search change nothing here.
      if (!same || !isSame(before, findings)) {
        timeline.show(of, findings);
        panel.show(of, findings);
      }
      if (!same) {
        head.replaceChildren(...headOf(of));
        events.show(of);
      }
      absent.textContent = absentText(of);
      absent.hidden = absent.textContent === "";
      const named = findings.find((candidate) => candidate === of.report.findings[(at?.finding ?? 0) - 1]);
      const wanted = at?.event === undefined ? undefined : of.eventAt({ number: at.event, type: null }, undefined);
      if (named !== undefined) select(wanted ?? of.eventAt(named.event, named.location), named);
      else if (wanted !== undefined) selectEvent(wanted);
      else if (same) select(event, finding && findings.includes(finding) ? finding : undefined);
      else select(of.events[0], undefined);
      const [first] = findings;
      if (wanted === undefined && named === undefined && !same && first !== undefined) selectFinding(first);
    },
    stepEvent(by) {
      const list = stream?.events ?? [];
      const at = event === undefined ? (by > 0 ? -1 : list.length) : list.indexOf(event);
      const next = list[Math.min(list.length - 1, Math.max(0, at + by))];
      if (next === undefined) return;
      selectEvent(next);
      events.element.scrollIntoView({ block: "nearest" });
    },
    stepFinding(by) {
      if (findings.length === 0) return;
      const at = finding === undefined ? (by > 0 ? -1 : 0) : findings.indexOf(finding);
      const next = findings[(at + by + findings.length) % findings.length];
      if (next !== undefined) selectFinding(next);
    },
    turnAxis: timeline.turnAxis,
    turnRaw: events.turnRaw,
    zoom: timeline.zoom,
  };
}

function isSame(some: readonly Finding[], others: readonly Finding[]): boolean {
  return some.length === others.length && some.every((finding, index) => finding === others[index]);
}

function headOf({ report, timeline }: StreamModel): readonly Node[] {
  const { source, protocol, verdict, events, bytes: size } = report;
  const facts = [
    protocol === null ? "framing only, no protocol" : visible(protocol),
    counted(events, "event"),
    bytes(size),
    ...(timeline?.closedUs === undefined ? [] : [duration(timeline.closedUs)]),
    ...(timeline !== undefined && timeline.chunks.length > 0 ? [counted(timeline.total.chunks, "chunk")] : []),
  ];
  return [
    el("h2", {}, nameOf(source)),
    el(
      "p",
      { class: "stream-facts" },
      el("span", { class: `verdict verdict-${verdict}` }, icon(verdict), VERDICT_NAMES[verdict]),
      ` ${facts.join(" · ")}`,
    ),
  ];
}

function absentText({ report, timeline, private: hidden }: StreamModel): string {
  if (report.reason !== undefined) {
    const not = report.verdict === "no-stream" ? "Not judged" : "Not read to its end";
    return `${not}: ${visible(report.reason)}`;
  }
  if (report.events === 0) return "This stream has no events.";
  if (timeline === undefined) {
    if (hidden) return "This report is private: it has the findings of this stream, not its events.";
    if (/^https?:/i.test(report.source)) {
      return "What this URL gave was not kept: the page has the findings of its events. Record the stream to see them.";
    }
    return "This page is capped: it has the findings of this stream, not its events. Make a report of this stream alone to see them.";
  }
  return "";
}
