import type { TypePlan } from "../compile/plan.ts";
import type { Frame } from "./frame.ts";
import type { Instance } from "./instance/instance.ts";

/**
 * Most events of most streams are deltas that come in runs, and the second of a run does nothing that the first has not
 * done: the scopes are open, their step has been reached. Such an event needs no more than a look at its payload.
 *
 * That this changes no verdict, no finding and no place of one is a property test (shortcuts.test.ts).
 */
export class Run {
  #type: string | undefined;
  #proven: readonly string[] = NONE;

  /** An event that anything can be said about ends the run. */
  end(): void {
    this.#type = undefined;
  }

  /** The event of this type was handled without a word: the next one like it need not be, if its scopes are as they seem. */
  begin(type: string | undefined, frame: Frame): void {
    const { plan, located, name } = frame;
    if (type !== name || !plan.inert || plan.proven.length === 0) return;
    for (const role of plan.roles) if (!isSettled(located[role.scope.index])) return;
    // The protocol's own string: the event's is cut from the stream's text, and would keep it alive.
    this.#type = name;
    this.#proven = plan.proven;
  }

  /** Would an event of this type, with data of this shape, do nothing? */
  has(type: string | undefined): boolean {
    return type !== undefined && type === this.#type;
  }

  proves(shape: string | undefined): boolean {
    return shape !== undefined && this.#proven.includes(shape);
  }
}

const NONE: TypePlan["proven"] = [];

/** Nothing is in doubt by which the same event could be read in another way the next time. */
function isSettled(instance: Instance | null | undefined): boolean {
  return (
    instance !== undefined &&
    instance !== null &&
    !instance.phantom &&
    !instance.anyKind &&
    instance.standing === "open" &&
    instance.older === undefined
  );
}
