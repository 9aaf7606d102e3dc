import type { EventReference, Finding, Location, Related } from "../finding.ts";
import type { FrameSource } from "../frame-source.ts";
import { type FrameOptions, renderFrame } from "./frame.ts";
import { displayWidth, printable } from "./printable.ts";
import { plain, type Style } from "./style.ts";
import { wrap } from "./wrap.ts";

/** What the parts of one pretty report share. */
export interface Page {
  readonly style: Style;
  /** Terminal columns. */
  readonly width: number;
  readonly frames: FrameSource | undefined;
}

const MARGIN = "  ";

/** A message can quote the stream; three screens of it help nobody, and the JSON report has it whole. */
const MESSAGE_LIMIT = 1200;

/** Types are a word or two, unless a stream is broken. */
const TYPE_LIMIT = 60;

/** One finding: severity, rule and place; message and frame; then the same for each other place that it is about. */
export function renderFinding(finding: Finding, source: string, page: Page): string {
  const { rule, severity, message, event, location, path, related = [] } = finding;
  const format = severity === "error" ? "red" : "yellow";
  const head = page.style("bold", `${page.style(format, severity)}  ${printable(rule)}`);
  return [
    `${MARGIN}${[head, ...placeOf(source, location, event, page)].join("  ")}`,
    ...indented(message, page),
    ...frameOf(source, location, { label: path === "" ? undefined : path, format }, page),
    ...related.flatMap((other) => ["", ...renderRelated(other, source, page)]),
  ].join("\n");
}

/** `opened here  FILE:LINE:COLUMN  event N TYPE`, the place on a line of its own where it does not fit. */
function renderRelated({ message, event, location }: Related, source: string, page: Page): string[] {
  const place = placeOf(source, location, event, page).join("  ");
  const lines = indented(message, page);
  const plainPlace = placeOf(source, location, event, { ...page, style: plain }).join("  ");
  const fits = lines.length === 1 && displayWidth(`${lines[0]}  ${plainPlace}`) <= page.width;
  const head = fits ? [`${lines[0]}  ${place}`] : [...lines, `${MARGIN}${MARGIN}${place}`];
  return [...(place === "" ? lines : head), ...frameOf(source, location, { label: undefined, format: "cyan" }, page)];
}

/** `FILE:LINE:COLUMN`, which terminals and editors make a link, and `event N TYPE`. */
function placeOf(
  source: string,
  location: Location | undefined,
  event: EventReference | undefined,
  page: Page,
): string[] {
  const parts: string[] = [];
  if (location) parts.push(page.style("cyan", `${sourceName(source)}:${location.line}:${location.column}`));
  if (event) {
    const type = event.type === null ? "" : ` ${printable(clipped(event.type, TYPE_LIMIT))}`;
    parts.push(page.style("dim", `event ${event.number}${type}`));
  }
  return parts;
}

function frameOf(
  source: string,
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
