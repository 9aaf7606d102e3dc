import type { InnerPlan, KindPlan, ScopePlan } from "../../compile/plan.ts";
import type { Place } from "../place.ts";
import { Bay } from "./bay.ts";
import type { Count } from "./count.ts";
import type { JoinedText } from "./joined-text.ts";
import type { Key } from "./key.ts";

/** An empty list that is filled where it is written to grows to 17 places at once: with 50,000 instances that is most of them. */
function slots<T>(count: number): (T | undefined)[] {
  return new Array<T | undefined>(count).fill(undefined);
}

/** The first value of a constant. */
export interface FirstValue {
  readonly value: unknown;
  readonly place: Place;
}

/**
 * One open scope: a message, a content block, a tool call. What is not known of it is kept apart by kind of doubt, for one
 * flag would either cascade or hide too much: `content` (its steps and joins), `closing` (whether it must be closed) and
 * `identity` (whether events belong to it at all, which includes the other two).
 */
export class Instance {
  readonly scope: ScopePlan;
  kind: KindPlan;
  readonly key: Key;
  readonly parent: Instance | undefined;
  readonly bay: Bay;
  /** Where it was opened; for a phantom, where the first event without an opening was. */
  opened: Place;
  /** Counts openings in the stream: an epoch of doubt covers whatever was opened up to it. */
  readonly born: number;
  /** Events lost before it: its children excuse only what was lost since. */
  readonly lossesBefore: number;
  /** Events lost before it was opened, or went on unseen; never less. */
  lossesAtBirth = 0;
  /** Its opening is missing: nothing is asked of it until a real opening event comes. */
  phantom: boolean;
  /** A phantom of which not even the kind is known. */
  anyKind = false;

  /** A phantom of what was closed too early. */
  ghost = false;
  /**
   * After a fault that can be read in two ways, what may not be open at all. `settled`: another instance with its key was
   * closed since. `departed`: and then one was opened in order, so that only a late closing can still be meant for this one.
   */
  standing: "open" | "settled" | "departed" = "open";
  /** What the same event opened in other scopes, in a ring. */
  sibling: Instance | undefined;

  contentDoubt = false;
  closingDoubt = false;
  identityDoubt = false;
  /** Whatever was opened in it up to this opening is in doubt. */
  childrenDoubt = 0;

  /** Characters that are kept for it. */
  text = 0;
  step = 0;
  /** The event that began the latest step. */
  stepBegan: Place | undefined;
  /** An event has been seen after which it must be closed. */
  obliged = false;
  /** With the same key (or without one), opened earlier and still open: only after a fault, or with its rule turned down. */
  older: Instance | undefined;

  #bays: (Bay | undefined)[] | undefined;
  #marks: (Place | undefined)[] | undefined;
  #constants: (FirstValue | undefined)[] | undefined;
  #counts: (Count | undefined)[] | undefined;
  #joined: (JoinedText | undefined)[] | undefined;
  #reported: string[] | undefined;

  constructor(kind: KindPlan, key: Key, bay: Bay, opened: Place, born: number, lossesBefore: number, phantom: boolean) {
    this.scope = kind.scope;
    this.kind = kind;
    this.key = key;
    this.parent = bay.parent;
    this.bay = bay;
    this.opened = opened;
    this.born = born;
    this.lossesBefore = lossesBefore;
    this.phantom = phantom;
  }

  /** Where the instances of a child scope are kept; made when first asked for. */
  bayOf(child: ScopePlan): Bay {
    this.#bays ??= slots(this.scope.children.length);
    const known = this.#bays[child.slot];
    if (known !== undefined) return known;
    const bay = new Bay(child, this);
    this.#bays[child.slot] = bay;
    return bay;
  }

  /** The bay of a child scope, if anything ever happened there. */
  knownBay(child: ScopePlan): Bay | undefined {
    return this.#bays?.[child.slot];
  }

  /** Where the first event of an inner event's kind was. */
  mark(inner: InnerPlan): Place | undefined {
    return this.#marks?.[inner.mark];
  }

  setMark(inner: InnerPlan, place: Place): void {
    this.#marks ??= slots(this.kind.marks);
    this.#marks[inner.mark] = place;
  }

  constant(slot: number): FirstValue | undefined {
    return this.#constants?.[slot];
  }

  setConstant(slot: number, first: FirstValue): void {
    this.#constants ??= slots(this.kind.constants.length);
    this.#constants[slot] = first;
  }

  count(slot: number): Count | undefined {
    return this.#counts?.[slot];
  }

  setCount(slot: number, count: Count): void {
    this.#counts ??= slots(this.kind.counters.length);
    this.#counts[slot] = count;
  }

  joined(slot: number): JoinedText | undefined {
    return this.#joined?.[slot];
  }

  setJoined(slot: number, joined: JoinedText): void {
    this.#joined ??= slots(this.kind.joined.length);
    this.#joined[slot] = joined;
  }

  /** True the first time for each rule: a rule is reported once an instance. */
  firstReport(rule: string): boolean {
    if (this.#reported?.includes(rule) === true) return false;
    this.#reported ??= [];
    this.#reported.push(rule);
    return true;
  }

  /** Closed where an event was missing: if that comes late, or the right closing, it is no orphan. */
  becomeGhost(): void {
    this.ghost = true;
    this.phantom = true;
    this.identityDoubt = true;
  }

  /**
   * A phantom whose opening came late after all. What it missed is not known, so its content stays in doubt, and whatever
   * was opened in it up to now.
   */
  becomeReal(kind: KindPlan, opened: Place, births: number): void {
    this.childrenDoubt = births;
    for (const bay of this.#bays ?? []) bay?.forgetCount();
    this.kind = kind;
    this.opened = opened;
    this.phantom = false;
    this.anyKind = false;
    this.contentDoubt = true;
    this.step = 0;
    this.#constants = undefined;
    this.#joined = undefined;
    this.#marks = undefined;
    // The event that opens it had its number before the one that made the phantom.
    this.bay.jumps.granted += 1;
  }
}
