/*
 * Placing boxes and arrows is left to a library, which hosts pass in: this package stays as small as a monitor needs.
 */

/** Sizes and places are in pixels; places are centres, from the top left corner of the graph. */
export interface LayoutGraph {
  /** Which way arrows go: down or to the right. */
  readonly direction: "down" | "right";
  readonly boxes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  /** The size is the label's. */
  readonly arrows: readonly {
    readonly from: string;
    readonly to: string;
    readonly width: number;
    readonly height: number;
  }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** In the order of what was given. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Point[];
  readonly arrows: readonly { readonly points: readonly Point[]; readonly label: Point }[];
}

/** Must give the same places for the same graph. */
export type Layout = (graph: LayoutGraph) => Placement;
