import type { Arrow, CompositeState, Graph, PlainState, State } from "../diagram/model.ts";
import type { Layout, LayoutGraph, Placement, Point } from "./layout.ts";
import { type Line, linesHeight, linesWidth } from "./text.ts";

/** A state with its size, and what is in it. */
export interface Box {
  readonly state: State;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  /** Places of their top left corners in the box. */
  readonly regions: readonly { readonly at: Point; readonly drawing: Drawing }[];
}

/** A graph with a place for everything. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly { readonly box: Box; readonly centre: Point }[];
  readonly arrows: readonly DrawnArrow[];
}

export interface DrawnArrow {
  readonly arrow: Arrow;
  readonly lines: readonly Line[];
  readonly points: readonly Point[];
  readonly label: Point;
}

export const DOT = 16;
export const PADDING = 12;
/** Between regions that lie side by side or one above the other. */
const GAP = 18;
/** Room around a label, so that its arrow shows on both sides. */
const AIR = 10;

/** Of two shapes the one that fits a page better: no wider than this many times its height. */
const PAGE = 1.5;

export function drawGraph(graph: Graph, layout: Layout): Drawing {
  const boxes = graph.states.map((state) => withRoomFor(touching(graph, state), boxOf(state, layout)));
  const labels = graph.arrows.map(arrowLines);
  const place = (direction: LayoutGraph["direction"]): Placement =>
    layout({
      direction,
      boxes: boxes.map(({ state, width, height }) => ({ id: state.id, width, height })),
      arrows: graph.arrows.map(({ from, to }, index) => {
        const lines = labels[index] ?? [];
        if (lines.length === 0) return { from, to, width: 0, height: 0 };
        return { from, to, width: linesWidth(lines) + AIR, height: linesHeight(lines) + AIR };
      }),
    });
  const placement = better(place("right"), place("down"));
  return {
    width: placement.width,
    height: placement.height,
    boxes: boxes.map((box, index) => ({ box, centre: placement.boxes[index] ?? ORIGIN })),
    arrows: graph.arrows.map((arrow, index) => {
      const { points = [], label = ORIGIN } = placement.arrows[index] ?? {};
      return { arrow, lines: labels[index] ?? [], points, label };
    }),
  };
}

const ORIGIN: Point = { x: 0, y: 0 };

function better<Shape extends { readonly width: number; readonly height: number }>(wide: Shape, high: Shape): Shape {
  const cost = ({ width, height }: Shape): number => Math.max(width / PAGE, height);
  return cost(wide) <= cost(high) ? wide : high;
}

/** Between the arrows at one side of a state. */
const ARROW_GAP = 16;

function touching({ arrows }: Graph, { id }: State): number {
  return arrows.filter(({ from, to }) => from === id || to === id).length;
}

function withRoomFor(arrows: number, box: Box): Box {
  if (box.lines.length === 0) return box;
  const least = (arrows - 1) * ARROW_GAP;
  return { ...box, width: Math.max(box.width, least), height: Math.max(box.height, least) };
}

function boxOf(state: State, layout: Layout): Box {
  if (state.shape === "start" || state.shape === "end") {
    return { state, width: DOT, height: DOT, lines: [], regions: [] };
  }
  const lines = linesOf(state);
  const width = linesWidth(lines) + 2 * PADDING;
  const height = linesHeight(lines) + 2 * PADDING - 4;
  if (state.shape === "state") return { state, width, height, lines, regions: [] };
  const drawings = state.regions.map((region) => drawGraph(region, layout));
  const { regions, ...inside } = columnings<Drawing>(drawings).map(inColumns).reduce(better);
  const top = height;
  return {
    state,
    lines,
    width: Math.max(width, inside.width + 2 * PADDING),
    height: top + inside.height + PADDING,
    regions: regions.map(({ at, drawing }) => ({ at: { x: at.x + PADDING, y: at.y + top }, drawing })),
  };
}

interface Arranged {
  readonly width: number;
  readonly height: number;
  readonly regions: Box["regions"];
}

/** Beyond this many regions only one below the other: each more would double the work. */
const MOST_ARRANGED = 8;

/** Every way to put regions into columns, in their order. */
function columnings<T>(items: readonly T[]): readonly (readonly (readonly T[])[])[] {
  const [first, ...rest] = items;
  if (first === undefined) return [[]];
  if (rest.length === 0 || items.length > MOST_ARRANGED) return [[items]];
  return columnings(rest).flatMap(([column = [], ...columns]) => [
    [[first, ...column], ...columns],
    [[first], column, ...columns],
  ]);
}

function inColumns(columns: readonly (readonly Drawing[])[]): Arranged {
  const regions: { readonly at: Point; readonly drawing: Drawing }[] = [];
  let [x, height] = [0, 0];
  for (const column of columns) {
    let y = 0;
    for (const drawing of column) {
      regions.push({ at: { x, y }, drawing });
      y += drawing.height + GAP;
    }
    x += Math.max(0, ...column.map(({ width }) => width)) + GAP;
    height = Math.max(height, y - GAP);
  }
  return { width: x - GAP, height, regions };
}

function linesOf(state: PlainState | CompositeState): readonly Line[] {
  const notes = state.notes.map((text): Line => ({ text, size: 11, look: "note" }));
  const title: Line = { text: state.title, size: 14, look: "title" };
  if (state.shape === "composite") return [title, ...detailOf(state), ...notes];
  return [title, ...state.loops.map((text): Line => ({ text, size: 12, look: "event", loop: true })), ...notes];
}

function detailOf({ detail }: CompositeState): readonly Line[] {
  return detail === "" ? [] : [{ text: detail, size: 12, look: "detail" }];
}

function arrowLines({ events, abort }: Arrow): readonly Line[] {
  const lines = events.map((text): Line => ({ text, size: 12, look: abort ? "early" : "event" }));
  return abort ? [...lines, { text: "ends it early", size: 11, look: "early" }] : lines;
}
