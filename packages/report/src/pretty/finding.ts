import type { Finding, Location, Related, Severity } from "../finding.ts";
import type { FrameSource } from "../frame-source.ts";
import type { StreamReport } from "../report.ts";
import { type FrameOptions, renderFrame } from "./frame.ts";
import { displayWidth, printable } from "./printable.ts";
import { plain, type Style, type StyleFormat } from "./style.ts";
import { wrap } from "./wrap.ts";

/** What the parts of one pretty report share. */
export interface Page {
  readonly style: Style;
  /** Terminal columns. */
  readonly width: number;
  readonly frames: FrameSource | undefined;
}

const MARGIN = "  ";

const FORMAT: Record<Severity, StyleFormat> = { error: "red", warning: "yellow" };

/** A message can quote the stream; three screens of it help nobody, and the JSON report has it whole. */
const MESSAGE_LIMIT = 1200;

/** Types are a word or two, unless a stream is broken. */
const TYPE_LIMIT = 60;

/** One finding: severity, rule and place; message and frame; then the same for each other place that it is about. */
export function renderFinding(finding: Finding, stream: StreamReport, page: Page): string {
  const { message, location, path, related = [] } = finding;
  const atEnd = location !== undefined && location.offset >= stream.bytes;
  const label = atEnd ? "the end of the stream" : path === "" ? undefined : path;
  return [
    renderHead(finding, stream, page),
    ...indented(message, page),
    ...frameOf(stream, location, { label, format: FORMAT[finding.severity] }, page),
    ...related.flatMap((other) => ["", ...renderRelated(other, stream, page)]),
  ].join("\n");
}

/** `error  RULE  PLACE`. */
export function renderHead(finding: Finding, stream: StreamReport, page: Page): string {
  const { severity, rule } = finding;
  const head = (style: Style): string =>
    MARGIN + style("bold", `${style(FORMAT[severity], severity)}  ${printable(rule)}`);
  return withPlace(head, finding, stream, page).join("\n");
}

function renderRelated(related: Related, stream: StreamReport, page: Page): string[] {
  const lines = indented(related.message, page);
  const last = lines.pop() ?? "";
  return [
    ...lines,
    ...withPlace(() => last, related, stream, page),
    ...frameOf(stream, related.location, { label: undefined, format: "cyan" }, page),
  ];
}

/** A line with the place behind it: on a line of its own where both do not fit. */
function withPlace(line: (style: Style) => string, at: Place, { source }: StreamReport, page: Page): string[] {
  const place = (style: Style): string => placeOf(source, at, style).join("  ");
  if (place(plain) === "") return [line(page.style)];
  const fits = displayWidth(`${line(plain)}  ${place(plain)}`) <= page.width;
  const styled = [line(page.style), place(page.style)] as const;
  return fits ? [styled.join("  ")] : [styled[0], `${MARGIN}${MARGIN}${styled[1]}`];
}

type Place = Pick<Finding, "event" | "location">;

/** `FILE:LINE:COLUMN`, which terminals and editors make a link, and `event N TYPE`. */
function placeOf(source: string, { location, event }: Place, style: Style): string[] {
  const parts: string[] = [];
  if (location) parts.push(style("cyan", `${sourceName(source)}:${location.line}:${location.column}`));
  if (event) {
    const type = event.type === null ? "" : ` ${printable(clipped(event.type, TYPE_LIMIT))}`;
    parts.push(style("dim", `event ${event.number}${type}`));
  }
  return parts;
}

function frameOf(
  { source }: StreamReport,
  location: Location | undefined,
  { label, format }: Pick<FrameOptions, "label" | "format">,
  { width, style, frames }: Page,
): string[] {
  const lines = location && frames?.lines(source, location);
  if (location === undefined || lines === undefined || lines.length === 0) return [];
  const margin = MARGIN.repeat(3);
  const frame = renderFrame(lines, location, { width: width - margin.length, style, format, label });
  return ["", ...frame.map((line) => margin + line)];
}

/** The name of a source as a person reads it. */
export function sourceName(source: string): string {
  return source === "-" ? "stdin" : printable(source);
}

/** A message below its heading. */
export function indented(message: string, page: Page): string[] {
  const margin = MARGIN.repeat(2);
  return wrap(printable(clipped(message, MESSAGE_LIMIT)), page.width - margin.length).map((line) => margin + line);
}

function clipped(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
