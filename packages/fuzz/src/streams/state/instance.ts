import type { KindPlan, ScopePlan } from "../plan.ts";

/** What tells the instances of a scope apart; the empty string in a scope without a key. */
export type Key = string | number | boolean;

/** The texts of a joined value. */
export class JoinedState {
  /** What is to be sent in all, where that must be JSON; undefined while nothing has been chosen. */
  whole: string | undefined;
  #sent = "";
  #isJson: boolean | undefined;

  /** What has been sent so far. */
  get sent(): string {
    return this.#sent;
  }

  add(piece: string): void {
    if (piece === "") return;
    this.#sent += piece;
    this.#isJson = undefined;
  }

  /** Is what has been sent JSON, or nothing? */
  get isJson(): boolean {
    this.#isJson ??= this.#sent === "" || isJson(this.#sent);
    return this.#isJson;
  }

  copy(): JoinedState {
    const copy = new JoinedState();
    copy.whole = this.whole;
    copy.#sent = this.#sent;
    copy.#isJson = this.#isJson;
    return copy;
  }
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** One open scope of the stream that is being made. */
export class Instance {
  readonly kind: KindPlan;
  readonly parent: Instance | undefined;
  key: Key;
  /** The key that it had in the stream that is gone over again, where keys are counted anew. */
  formerKey: Key | undefined;
  step = 0;
  obliged = false;
  /** Marks of inner events that have come. */
  readonly marks: Set<number> = new Set();
  /** By slot. */
  readonly constants: Map<number, unknown> = new Map();
  /** By slot: the latest value. */
  readonly counts: Map<number, number> = new Map();
  readonly joined: Map<number, JoinedState> = new Map();
  readonly bays: Map<ScopePlan, Bay> = new Map();

  constructor(kind: KindPlan, parent: Instance | undefined, key: Key) {
    this.kind = kind;
    this.parent = parent;
    this.key = key;
  }

  get scope(): ScopePlan {
    return this.kind.scope;
  }

  bayOf(scope: ScopePlan): Bay {
    let bay = this.bays.get(scope);
    if (bay === undefined) {
      bay = new Bay();
      this.bays.set(scope, bay);
    }
    return bay;
  }

  joinedOf(slot: number): JoinedState {
    let state = this.joined.get(slot);
    if (state === undefined) {
      state = new JoinedState();
      this.joined.set(slot, state);
    }
    return state;
  }

  copy(parent: Instance | undefined): Instance {
    const copy = new Instance(this.kind, parent, this.key);
    copy.step = this.step;
    copy.obliged = this.obliged;
    for (const mark of this.marks) copy.marks.add(mark);
    for (const [slot, value] of this.constants) copy.constants.set(slot, value);
    for (const [slot, value] of this.counts) copy.counts.set(slot, value);
    for (const [slot, state] of this.joined) copy.joined.set(slot, state.copy());
    for (const [scope, bay] of this.bays) copy.bays.set(scope, bay.copy(copy));
    return copy;
  }
}

/** The instances of one scope in one parent. */
export class Bay {
  readonly open: Map<Key, Instance> = new Map();
  /** Keys that may not be used again. */
  readonly closed: Set<Key> = new Set();
  /** The latest number of a numbered key. */
  latest: number | undefined;

  copy(parent: Instance): Bay {
    const copy = new Bay();
    for (const [key, instance] of this.open) copy.open.set(key, instance.copy(parent));
    for (const key of this.closed) copy.closed.add(key);
    copy.latest = this.latest;
    return copy;
  }
}
