import type fc from "fast-check";
import type { Case } from "../case/case.ts";
import { properties } from "./table.ts";

/**
 * The fast-check arbitrary of each property that draws streams, by the property's name (`mixed/tokens` draws the wildest), for
 * properties of your own: hold the chunks of a case (`toChunks`) to `interpretEventStream`, or to another parser. A case
 * shrinks in bytes and in cuts, and stays one of its property.
 */
export const arbitraries: ReadonlyMap<string, fc.Arbitrary<Case>> = new Map(
  properties.flatMap((property) => ("cases" in property ? [[property.name, property.cases.arbitrary] as const] : [])),
);
