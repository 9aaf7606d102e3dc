import type { Dice } from "../../case/dice.ts";
import type { SchemaNode } from "./node.ts";
import type { Pin } from "./pin.ts";

/** No value was found that the schemas and pins allow. */
export const NONE: unique symbol = Symbol("no value");

/** Deeper than this only what must be there is drawn. */
export const DEEPEST = 5;

/** What drawing a value needs to know beside its schemas. */
export interface Drawing {
  readonly dice: Dice;
  readonly depth: number;
  /** The value may be left out: then undefined may come back. */
  readonly optional: boolean;
}

/** Draws a value further in. */
export type DrawInner = (nodes: readonly SchemaNode[], pin: Pin | undefined, drawing: Drawing) => unknown;
