import type { ParserAdapter } from "../adapters/adapter.ts";

/** Loads a module as seen from the folder in which a parser is installed. `Module` is what the adapter says it looks like. */
export type Load = <Module>(specifier: string) => Promise<Module>;

/** A published parser that `ssert fuzz NAME` knows how to drive, if it is installed. */
export interface KnownParser {
  /** The name of its package. */
  readonly name: string;
  /** Builds the adapter; `name` is what the package is installed as, which an alias may change. */
  load(load: Load, name: string): Promise<ParserAdapter>;
}
