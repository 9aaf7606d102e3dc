import type { Finding, Related } from "../../src/finding.ts";
import type { TimelineEvent } from "../../src/timeline.ts";
import { svg } from "../dom.ts";
import type { StreamModel } from "../stream-model.ts";
import type { Scale } from "./scale.ts";

export const ROW = 30;
export const AXIS = 24;
/** Marks nearer than this cover each other: the worst of them is drawn. */
const MARK_ROOM = 9;

export const FINDINGS = "findings";
export const WIRE = "wire";

/** From top to bottom. */
export function rowsOf({ timeline, report, eventAt }: StreamModel): readonly string[] {
  const findings = report.findings.some(({ event, location }) => eventAt(event, location) !== undefined)
    ? [FINDINGS]
    : [];
  const wire = (timeline?.chunks.length ?? 0) > 0 ? [WIRE] : [];
  return [...findings, ...(timeline?.lanes ?? []), ...wire];
}

interface Drawing {
  readonly stream: StreamModel;
  readonly scale: Scale;
  readonly rows: readonly string[];
  /** Those that pass the filter. */
  readonly findings: readonly Finding[];
  readonly onFinding: (finding: Finding) => void;
}

/** Of a character of a tick's label, in pixels; a little more than it takes. */
const HALF_DIGIT = 3.5;

/** The middle of a label that is not cut at either end. */
function within(x: number, half: number, width: number): number {
  return Math.max(half, Math.min(x, width - half));
}

const middle = (row: number): number => row * ROW + ROW / 2;

/** What does not depend on what is selected. */
export function drawStream({ stream, scale, rows, findings, onFinding }: Drawing): readonly SVGElement[] {
  const height = rows.length * ROW;
  const grid = scale.ticks.map(({ x }) => `M${round(x)} 0V${height}`).join("");
  return [
    svg("path", { class: "grid", d: grid }),
    ...scale.ticks.map(({ x, label }) =>
      svg(
        "text",
        { class: "tick", x: round(within(x, label.length * HALF_DIGIT, scale.width)), y: height + 16 },
        label,
      ),
    ),
    ...lanes(stream, scale, rows),
    wire(stream, scale, rows),
    ...marks(stream, scale, rows, findings, onFinding),
  ];
}

/** A band for each run of events in one lane, a line for each event: two paths a lane, however many events there are. */
function lanes({ timeline, events, hueOf }: StreamModel, scale: Scale, rows: readonly string[]): readonly SVGElement[] {
  const bands = new Map<string, string[]>();
  const lines = new Map<string, Map<number, string>>();
  let start: TimelineEvent | undefined;
  events.forEach((event, index) => {
    const y = middle(rows.indexOf(event.lane));
    const x = round(scale.event(event));
    const own = lines.get(event.lane) ?? new Map<number, string>();
    own.set(Math.round(x), `M${x} ${y - 8}V${y + 8}`);
    lines.set(event.lane, own);
    start ??= event;
    if (events[index + 1]?.lane === event.lane) return;
    const from = scale.event(start);
    const list = bands.get(event.lane) ?? [];
    list.push(`M${round(from - 4)} ${y - 8}H${round(x + 4)}V${y + 8}H${round(from - 4)}Z`);
    bands.set(event.lane, list);
    start = undefined;
  });
  return (timeline?.lanes ?? []).map((lane) =>
    svg(
      "g",
      { class: `lane ${hueOf(lane)}` },
      svg("path", { class: "band", d: (bands.get(lane) ?? []).join("") }),
      svg("path", { class: "events", d: [...(lines.get(lane)?.values() ?? [])].join("") }),
    ),
  );
}

/** A line for each chunk, the taller the more it brought. */
function wire({ timeline }: StreamModel, scale: Scale, rows: readonly string[]): SVGElement {
  const base = middle(rows.indexOf(WIRE)) + 9;
  const largest = Math.max(1, ...(timeline?.chunks ?? []).map(({ bytes }) => bytes));
  const tallest = new Map<number, number>();
  for (const chunk of timeline?.chunks ?? []) {
    const x = scale.chunk(chunk);
    if (x === undefined) continue;
    const height = 3 + 15 * Math.sqrt(chunk.bytes / largest);
    tallest.set(Math.round(x), Math.max(height, tallest.get(Math.round(x)) ?? 0));
  }
  const path = [...tallest].map(([x, height]) => `M${x} ${base}V${round(base - height)}`).join("");
  return svg("path", { class: "wire", d: path });
}

function marks(
  stream: StreamModel,
  scale: Scale,
  rows: readonly string[],
  findings: readonly Finding[],
  onFinding: (finding: Finding) => void,
): readonly SVGElement[] {
  const y = middle(rows.indexOf(FINDINGS));
  const taken = new Set<number>();
  const drawn: SVGElement[] = [];
  const worstFirst = findings.toSorted((a, b) => a.severity.localeCompare(b.severity));
  for (const finding of worstFirst) {
    const event = stream.eventAt(finding.event, finding.location);
    if (event === undefined) continue;
    const x = round(scale.event(event));
    const room = Math.round(x / MARK_ROOM);
    if (taken.has(room)) continue;
    taken.add(room);
    const to = middle(rows.indexOf(event.lane));
    drawn.push(
      svg(
        "g",
        { class: `finding ${finding.severity}`, onclick: () => onFinding(finding) },
        svg("path", { class: "lead", d: `M${x} ${y}V${to}` }),
        shape(finding, x, y),
      ),
    );
  }
  return drawn;
}

function shape({ severity, rule }: Finding, x: number, y: number): SVGElement {
  const path =
    severity === "error"
      ? `M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z`
      : `M${x} ${y - 7}L${x + 7} ${y + 6}H${x - 7}Z`;
  return svg("path", { class: "mark", d: path }, svg("title", {}, `${severity}: ${rule}`));
}

/** The selected event, and both places of the selected finding with what joins them. */
export function drawSelection(
  stream: StreamModel,
  scale: Scale,
  rows: readonly string[],
  event: TimelineEvent | undefined,
  finding: Finding | undefined,
): readonly SVGElement[] {
  const height = rows.length * ROW;
  const top = rows[0] === FINDINGS ? ROW : 0;
  const at = (of: TimelineEvent): readonly [number, number] => [round(scale.event(of)), middle(rows.indexOf(of.lane))];
  const drawn: SVGElement[] = [];
  if (event !== undefined) {
    const [x, y] = at(event);
    drawn.push(svg("path", { class: "cursor", d: `M${x} ${top}V${height}` }));
    drawn.push(svg("circle", { class: "cursor-dot", cx: x, cy: y, r: 5 }));
  }
  const place = finding && stream.eventAt(finding.event, finding.location);
  if (finding === undefined || place === undefined) return drawn;
  const [x, y] = at(place);
  for (const other of placesOf(finding, stream)) {
    const [otherX, otherY] = at(other);
    const lift = Math.min(y, otherY) - 14;
    drawn.push(
      svg("path", {
        class: `join ${finding.severity}`,
        d: `M${x} ${y}C${x} ${lift} ${otherX} ${lift} ${otherX} ${otherY}`,
      }),
      svg("circle", { class: `other ${finding.severity}`, cx: otherX, cy: otherY, r: 6.5 }),
    );
  }
  return drawn;
}

function placesOf({ related = [] }: Finding, stream: StreamModel): readonly TimelineEvent[] {
  return related.flatMap(({ event, location }: Related) => stream.eventAt(event, location) ?? []);
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
