import type { Instance } from "./instance.ts";

/** Where the stream that is being made stands: what is open, and what has been said there. */
export class State {
  stream: Instance | undefined;
  /** It has begun and ended. */
  ended = false;

  copy(): State {
    const copy = new State();
    copy.stream = this.stream?.copy(undefined);
    copy.ended = this.ended;
    return copy;
  }
}

/** All that are open, parents first. */
export function* openInstances(instance: Instance | undefined): Generator<Instance> {
  if (instance === undefined) return;
  yield instance;
  for (const bay of instance.bays.values()) for (const child of bay.open.values()) yield* openInstances(child);
}
