import type { Finding } from "../../src/finding.ts";
import { grouped } from "../../src/pretty/count.ts";
import type { TimelineEvent } from "../../src/timeline.ts";
import { el, svg } from "../dom.ts";
import type { StreamModel } from "../stream-model.ts";
import { counted, visible } from "../text.ts";
import { AXIS, drawSelection, drawStream, FINDINGS, ROW, rowsOf, WIRE } from "./draw.ts";
import { type Axis, createScale, type Scale } from "./scale.ts";

interface TimelineOptions {
  readonly onEvent: (event: TimelineEvent) => void;
  readonly onFinding: (finding: Finding) => void;
}

export interface TimelineView {
  readonly element: HTMLElement;
  show(stream: StreamModel, findings: readonly Finding[]): void;
  select(event: TimelineEvent | undefined, finding: Finding | undefined): void;
  /** The other of time and number. */
  turnAxis(): void;
  zoom(factor: number): void;
}

const LARGEST_ZOOM = 64;

/** What A4 and Letter have room for beside the lanes' names. */
const ON_PAPER = 560;

export function createTimeline({ onEvent, onFinding }: TimelineOptions): TimelineView {
  let stream: StreamModel | undefined;
  let findings: readonly Finding[] = [];
  let selected: TimelineEvent | undefined;
  let selectedFinding: Finding | undefined;
  let axis: Axis = "time";
  let zoom = 1;
  let scale: Scale | undefined;
  let rows: readonly string[] = [];

  const picture = svg("svg", { class: "picture", role: "img", onclick: onClick });
  const selection = svg("g");
  const labels = el("div", { class: "lane-names", "aria-hidden": "true" });
  const scroller = el("div", { class: "timeline-scroll", role: "group", "aria-labelledby": "timeline-title" }, picture);
  const byTime = axisButton("time", "Time");
  const byNumber = axisButton("number", "Event");
  const zoomOut = el(
    "button",
    { type: "button", title: "Zoom out (−)", "aria-label": "Zoom out", onclick: () => setZoom(zoom / 2) },
    "−",
  );
  const zoomIn = el(
    "button",
    { type: "button", title: "Zoom in (+)", "aria-label": "Zoom in", onclick: () => setZoom(zoom * 2) },
    "+",
  );
  const note = el("p", { class: "note" });
  const element = el(
    "section",
    { class: "card timeline", "aria-labelledby": "timeline-title" },
    el(
      "header",
      { class: "card-head" },
      el("h3", { id: "timeline-title" }, "Timeline"),
      el("div", { class: "segments", role: "group", "aria-label": "Horizontal axis" }, byTime, byNumber),
      el("div", { class: "segments", role: "group", "aria-label": "Zoom" }, zoomOut, zoomIn),
    ),
    el("div", { class: "timeline-body" }, labels, scroller),
    note,
  );
  new ResizeObserver(() => draw()).observe(scroller);
  // Paper is not laid out yet when it is asked for, and nothing scrolls on it.
  addEventListener("beforeprint", () => draw(ON_PAPER));
  addEventListener("afterprint", () => draw());

  function axisButton(of: Axis, text: string): HTMLButtonElement {
    return el("button", { type: "button", title: "Switch with x", onclick: () => setAxis(of) }, text);
  }

  function draw(width = Math.max(240, scroller.clientWidth) * zoom): void {
    if (stream === undefined || element.hidden) return;
    const height = rows.length * ROW + AXIS;
    scale = createScale(stream, axis, width);
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    picture.setAttribute("width", String(width));
    picture.setAttribute("height", String(height));
    picture.setAttribute(
      "aria-label",
      `${counted(stream.events.length, "event")} in the lanes ${visible((stream.timeline?.lanes ?? []).join(", "))}; ${counted(findings.length, "finding")}`,
    );
    picture.replaceChildren(...drawStream({ stream, scale, rows, findings, onFinding }), selection);
    drawSelected();
    const shownAxis = axis === "time" && stream.timed ? "time" : "number";
    byTime.setAttribute("aria-pressed", String(shownAxis === "time"));
    byNumber.setAttribute("aria-pressed", String(shownAxis === "number"));
    byTime.disabled = !stream.timed;
    byTime.title = stream.timed ? "Switch with x" : "No tape says when these events came";
    zoomOut.disabled = zoom <= 1;
    zoomIn.disabled = zoom >= LARGEST_ZOOM;
    // What is wider than its window is scrolled by the keyboard, too.
    if (zoom > 1) scroller.setAttribute("tabindex", "0");
    else scroller.removeAttribute("tabindex");
  }

  function drawSelected(): void {
    if (stream === undefined || scale === undefined) return;
    selection.replaceChildren(...drawSelection(stream, scale, rows, selected, selectedFinding));
  }

  /** Brings the selected event into sight. */
  function follow(): void {
    if (scale === undefined || selected === undefined || zoom === 1) return;
    const x = scale.event(selected);
    const { scrollLeft, clientWidth } = scroller;
    if (x < scrollLeft + 20 || x > scrollLeft + clientWidth - 20) scroller.scrollLeft = x - clientWidth / 2;
  }

  function setAxis(to: Axis): void {
    axis = to;
    draw();
    follow();
  }

  function setZoom(to: number): void {
    zoom = Math.min(LARGEST_ZOOM, Math.max(1, to));
    draw();
    follow();
  }

  /** The nearest event, of the lane that was hit if it is one. */
  function onClick(event: Event): void {
    if (!(event instanceof MouseEvent) || stream === undefined || scale === undefined) return;
    if (event.target instanceof Element && event.target.closest(".finding") !== null) return;
    const box = picture.getBoundingClientRect();
    const x = event.clientX - box.left;
    const lane = rows[Math.floor((event.clientY - box.top) / ROW)];
    const inLane = stream.events.filter((candidate) => candidate.lane === lane);
    let best: TimelineEvent | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of inLane.length > 0 ? inLane : stream.events) {
      const distance = Math.abs(scale.event(candidate) - x);
      if (distance < least) [best, least] = [candidate, distance];
    }
    if (best !== undefined) onEvent(best);
  }

  function showLabels(): void {
    labels.replaceChildren(
      ...rows.map((row) => {
        const special = row === FINDINGS || row === WIRE;
        const color = special ? "" : (stream?.hueOf(row) ?? "");
        const label = el("div", { class: `lane-name ${color}`, title: visible(row) }, el("span", {}, visible(row)));
        label.style.height = `${ROW}px`;
        return label;
      }),
    );
  }

  return {
    element,
    show(shown, filtered) {
      if (stream !== shown) zoom = 1;
      stream = shown;
      findings = filtered;
      rows = rowsOf(stream);
      element.hidden = stream.events.length === 0;
      note.textContent = capText(stream);
      note.hidden = note.textContent === "";
      showLabels();
      draw();
    },
    select(event, finding) {
      selected = event;
      selectedFinding = finding;
      drawSelected();
      follow();
    },
    turnAxis: () => setAxis(axis === "time" ? "number" : "time"),
    zoom: (factor) => setZoom(zoom * factor),
  };
}

/** What the page does not have of a big stream. */
function capText({ timeline, events, report }: StreamModel): string {
  if (timeline === undefined) return "";
  const total = Math.max(timeline.total.events, report.events);
  const parts = [];
  if (events.length < total) {
    parts.push(
      `This page is capped: it has ${grouped(events.length)} of ${counted(total, "event")}, the first ones and those around the findings.`,
    );
  }
  if (timeline.chunks.length > 0 && timeline.chunks.length < timeline.total.chunks) {
    parts.push(
      `The wire shows the first ${counted(timeline.chunks.length, "chunk")} of ${counted(timeline.total.chunks, "chunk")}.`,
    );
  }
  if (timeline.stopped !== undefined) parts.push(`Reading stopped: ${visible(timeline.stopped)}.`);
  return parts.join(" ");
}
