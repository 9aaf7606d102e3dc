import type { Protocol } from "../../compile/compile.ts";
import { statesOf } from "../diagram/states.ts";
import { streamInWords } from "../scope-words.ts";
import { type Box, DOT, type Drawing, type DrawnArrow, drawGraph, PADDING } from "./boxes.ts";
import type { Layout, Point } from "./layout.ts";
import { STYLE } from "./style.ts";
import { type Line, LOOP_SIGN, lineHeight, linesHeight, linesWidth, textWidth } from "./text.ts";

const MARGIN = 16;

/**
 * The state diagram of a protocol as a picture (SVG) that needs nothing else, for light and dark pages. The same protocol
 * gives the same text.
 */
export function svgOf({ definition, id }: Protocol, layout: Layout): string {
  const drawing = drawGraph(statesOf(definition), layout);
  const [width, height] = [Math.ceil(drawing.width + 2 * MARGIN), Math.ceil(drawing.height + 2 * MARGIN)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${xml(`${id}: the states of a stream`)}</title>`,
    `<desc id="desc">${xml(streamInWords(definition).join(" "))}</desc>`,
    `<style>${STYLE}</style>`,
    `<defs>${marker("head")}${marker("head-early")}</defs>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...drawingLines(drawing, { x: MARGIN, y: MARGIN }, 0),
    "</svg>",
    "",
  ].join("\n");
}

function marker(name: string): string {
  return `<marker id="${name}" class="${name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"/></marker>`;
}

/** Arrows above boxes, labels above arrows. */
function drawingLines({ boxes, arrows }: Drawing, origin: Point, depth: number): readonly string[] {
  return [
    ...boxes.flatMap(({ box, centre }) => boxLines(box, add(origin, centre), depth)),
    ...arrows.map((drawn) => pathOf(drawn, origin)),
    ...arrows.flatMap((drawn) => labelLines(drawn, origin, depth)),
  ];
}

function boxLines(box: Box, centre: Point, depth: number): readonly string[] {
  const { state, width, height, lines, regions } = box;
  if (state.shape === "start") return [circle("dot", centre, DOT / 2 - 1)];
  if (state.shape === "end") return [circle("ring", centre, DOT / 2 - 1), circle("dot", centre, DOT / 2 - 4)];
  const corner = { x: centre.x - width / 2, y: centre.y - height / 2 };
  if (state.shape === "state") {
    const middle = { x: centre.x - linesWidth(lines) / 2, y: centre.y - linesHeight(lines) / 2 };
    return [rect("state", corner, width, height, 8), ...textLines(lines, middle)];
  }
  const text = textLines(lines, { x: corner.x + PADDING, y: corner.y + PADDING - 2 });
  const look = depth % 2 === 0 ? "even" : "odd";
  return [
    // Several at once: a sheet behind the sheet.
    ...(state.many ? [rect(look, { x: corner.x + 5, y: corner.y - 5 }, width, height, 10)] : []),
    rect(look, corner, width, height, 10),
    ...text,
    ...regions.flatMap(({ at, drawing }) => drawingLines(drawing, add(corner, at), depth + 1)),
  ];
}

/** A way through all points with round corners. */
function pathOf({ arrow, points }: DrawnArrow, origin: Point): string {
  const way = points.map((point) => add(origin, point));
  const path = way.map((point, index) => corner(way[index - 1], point, way[index + 1])).join("");
  const [look, head] = arrow.abort ? ["arrow early", "head-early"] : ["arrow", "head"];
  return `<path class="${look}" d="${path}" marker-end="url(#${head})"/>`;
}

/** Pixels. */
const ROUND = 24;

function corner(before: Point | undefined, point: Point, after: Point | undefined): string {
  if (before === undefined) return `M${pair(point)}`;
  if (after === undefined) return `L${pair(point)}`;
  return `L${pair(towards(point, before))}Q${pair(point)} ${pair(towards(point, after))}`;
}

/** A point on the way to another, at most half of it. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(ROUND / length, 0.5);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function labelLines({ lines, label }: DrawnArrow, origin: Point, depth: number): readonly string[] {
  if (lines.length === 0) return [];
  const [width, height] = [linesWidth(lines), linesHeight(lines)];
  const corner = { x: origin.x + label.x - width / 2, y: origin.y + label.y - height / 2 };
  // What is behind it is what its arrow lies on.
  const back = depth === 0 ? "page" : depth % 2 === 1 ? "back-even" : "back-odd";
  return [rect(back, { x: corner.x - 2, y: corner.y }, width + 4, height, 3), ...textLines(lines, corner)];
}

function textLines(lines: readonly Line[], corner: Point): readonly string[] {
  let { y } = corner;
  return lines.flatMap((line) => {
    const baseline = y + line.size;
    y += lineHeight(line);
    const x = corner.x + (line.loop === true ? LOOP_SIGN : 0);
    const text = `<text class="${line.look}" x="${number(x)}" y="${number(baseline)}" font-size="${line.size}" textLength="${number(textWidth(line))}" lengthAdjust="spacingAndGlyphs">${xml(line.text)}</text>`;
    return line.loop === true ? [loopSign({ x: corner.x + 5, y: baseline - line.size / 3 }), text] : [text];
  });
}

/** Three quarters of a circle with a head: it may come again. */
function loopSign({ x, y }: Point): string {
  const at = `${number(x)} ${number(y)}`;
  return `<g transform="translate(${at})"><path class="loop" d="M0 -4A4 4 0 1 1 -4 0"/><path class="loop-head" d="M-4 -3.5 -6.8 .8 -1.2 .8z"/></g>`;
}

function rect(look: string, { x, y }: Point, width: number, height: number, radius: number): string {
  return `<rect class="${look}" x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="${radius}"/>`;
}

function circle(look: string, { x, y }: Point, radius: number): string {
  return `<circle class="${look}" cx="${number(x)}" cy="${number(y)}" r="${radius}"/>`;
}

function add(left: Point, right: Point): Point {
  return { x: left.x + right.x, y: left.y + right.y };
}

function pair({ x, y }: Point): string {
  return `${number(x)} ${number(y)}`;
}

/** A tenth of a pixel is enough, and the same on every machine. */
function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text of XML 1.0, which has no control characters. */
function xml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, "\uFFFD");
}
