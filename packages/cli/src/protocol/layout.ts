import dagre from "@dagrejs/dagre";
import type { Layout, LayoutGraph, Placement } from "@ssert/protocol";

type Point = Placement["boxes"][number];

/** Between boxes of one layer, between layers, and between arrows, in pixels. */
const GAPS = { nodesep: 22, ranksep: 32, edgesep: 14 };

/**
 * Places boxes and arrows by dagre, in layers that follow each other in the direction of the arrows. dagre draws an arrow
 * straight from the middle of a box, through wider boxes of the same layer; here it leaves its layer first.
 */
export const layOut: Layout = (input) => {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: input.direction === "down" ? "TB" : "LR", ...GAPS });
  for (const { id, width, height } of input.boxes) graph.setNode(id, { width, height });
  // dagre puts what it is told last on top: this way the file's order is read from the top down.
  for (const [index, { from, to, width, height }] of [...input.arrows.entries()].reverse()) {
    graph.setEdge(from, to, { width, height, labelpos: "c" }, String(index));
  }
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const turn = input.direction === "down" ? turned : same;
  const boxes = input.boxes.map((box) => ({ ...turn(graph.node(box.id)), ...sizeAlong(input, box) }));
  const places = new Map(input.boxes.map(({ id }, index) => [id, boxes[index]]));
  const ways = input.arrows.map(({ from, to }, index) => {
    const { points, x = 0, y = 0 } = graph.edge(from, to, String(index));
    return { from: places.get(from), to: places.get(to), inner: points.slice(1, -1).map(turn), label: { x, y } };
  });
  const layers = layersOf(boxes);
  return {
    width,
    height,
    boxes: boxes.map(({ x, y }) => turn({ x, y })),
    arrows: ways.map(({ from, to, inner, label }) => {
      const start = from === undefined ? [] : port(from, inner[0], layers, neighbours(ways, from));
      const end = to === undefined ? [] : port(to, inner.at(-1), layers, neighbours(ways, to));
      return { points: [...start, ...inner, ...end.reverse()].map(turn), label };
    }),
  };
};

/** A box as if all arrows went to the right: `along` is its size in their direction. */
interface Placed extends Point {
  readonly along: number;
  readonly across: number;
}

interface Way {
  readonly from: Placed | undefined;
  readonly to: Placed | undefined;
  readonly inner: readonly Point[];
}

function sizeAlong(
  { direction }: LayoutGraph,
  { width, height }: LayoutGraph["boxes"][number],
): Omit<Placed, "x" | "y"> {
  return direction === "down" ? { along: height, across: width } : { along: width, across: height };
}

/** The widest box of each layer, by the layer's middle. */
function layersOf(boxes: readonly Placed[]): ReadonlyMap<number, number> {
  const layers = new Map<number, number>();
  for (const { x, along } of boxes) layers.set(x, Math.max(along, layers.get(x) ?? 0));
  return layers;
}

/** The next points of all ways that touch a box. */
function neighbours(ways: readonly Way[], box: Placed): readonly Point[] {
  return ways
    .flatMap(({ from, to, inner }) => [...(from === box ? [inner[0]] : []), ...(to === box ? [inner.at(-1)] : [])])
    .filter((point) => point !== undefined);
}

/** From the box to the edge of its layer. */
function port(
  box: Placed,
  next: Point | undefined,
  layers: ReadonlyMap<number, number>,
  all: readonly Point[],
): Point[] {
  if (next === undefined) return [];
  if (box.along <= DOT) return [rim(box, next)];
  const side = next.x < box.x ? -1 : 1;
  const others = all.filter(({ x }) => (x < box.x ? -1 : 1) === side).sort((a, b) => a.y - b.y);
  const y = spread(box, others)[others.indexOf(next)] ?? box.y;
  const layer = layers.get(box.x) ?? box.along;
  return [
    { x: box.x + (side * box.along) / 2, y },
    { x: box.x + side * (layer / 2 + GAPS.edgesep / 2), y },
  ];
}

/** So small a box is a dot: ways meet at its rim. */
const DOT = 20;

function rim(dot: Placed, { x, y }: Point): Point {
  const length = Math.hypot(x - dot.x, y - dot.y) || 1;
  const radius = dot.along / 2;
  return { x: dot.x + ((x - dot.x) / length) * radius, y: dot.y + ((y - dot.y) / length) * radius };
}

/** Between ways that touch the same side of a box, and to its corners, in pixels. */
const APART = 16;

/** Where ways touch a side: straight ahead of where they go if they can, in order, and apart from each other. */
function spread({ y, across }: Placed, points: readonly Point[]): readonly number[] {
  const [low, high] = [y - across / 2, y + across / 2];
  const gap = Math.min(APART, across / (points.length + 1));
  const places = points.map((point) => Math.min(Math.max(point.y, low + gap), high - gap));
  for (let index = 1; index < places.length; index += 1) {
    places[index] = Math.max(places[index] ?? 0, (places[index - 1] ?? 0) + gap);
  }
  for (let index = places.length - 1, most = high - gap; index >= 0; index -= 1, most -= gap) {
    places[index] = Math.min(places[index] ?? 0, most);
  }
  return places;
}

function same({ x, y }: Point): Point {
  return { x, y };
}

/** Down instead of right, and back. */
function turned({ x, y }: Point): Point {
  return { x: y, y: x };
}
