/*
 * The states that a protocol's streams go through: what Mermaid and the picture both draw. A scope is a composite state, each
 * of its kinds a state in it, steps are states in a row, what several scopes do at once are regions side by side.
 */

/** States and the arrows between them. A composite state has one a region. */
export interface Graph {
  readonly states: readonly State[];
  readonly arrows: readonly Arrow[];
}

export type State = Start | End | PlainState | CompositeState;

/** Where a graph begins. */
export interface Start {
  readonly shape: "start";
  /** Unique in the diagram; letters, digits and `_`. */
  readonly id: string;
}

/** Where it ends. */
export interface End {
  readonly shape: "end";
  readonly id: string;
}

export interface PlainState {
  readonly shape: "state";
  readonly id: string;
  readonly title: string;
  /** Events at which it stays as it is. */
  readonly loops: readonly string[];
  readonly notes: readonly string[];
}

export interface CompositeState {
  readonly shape: "composite";
  readonly id: string;
  readonly title: string;
  /** How many of it there may be: "one at a time". */
  readonly detail: string;
  /** Several may be open at once. */
  readonly many: boolean;
  readonly notes: readonly string[];
  /** All are gone through at once. */
  readonly regions: readonly Graph[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Any of these events; empty where another arrow says which. */
  readonly events: readonly string[];
  /** Ends early: nothing is asked of what is left. */
  readonly abort: boolean;
}
