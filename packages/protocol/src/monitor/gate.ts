import type { AfterPlan, Role } from "../compile/plan.ts";
import type { Frame } from "./frame.ts";
import { Bay } from "./instance/bay.ts";
import type { Instance } from "./instance/instance.ts";
import { NO_KEY } from "./instance/key.ts";
import * as messages from "./messages.ts";
import { type Place, relatedTo } from "./place.ts";
import { create } from "./scope/create.ts";
import { open } from "./scope/opening.ts";
import type { Watch } from "./watch.ts";

const NOTHING: readonly AfterPlan[] = [];

/** The stream's scope: what comes before it begins and after it ends. */
export class Gate {
  readonly #watch: Watch;
  readonly #bay: Bay;
  stream: Instance | undefined;
  #ended: { readonly place: Place; reported: boolean; readonly after: Set<number> } | undefined;

  constructor(watch: Watch) {
    this.#watch = watch;
    this.#bay = new Bay(watch.plan.stream, undefined);
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** What must still come although the stream's scope has ended. */
  get awaited(): readonly AfterPlan[] {
    const { after } = this.#watch.plan;
    if (this.#ended === undefined || after.length === 0) return NOTHING;
    const seen = this.#ended.after;
    return after.filter(({ index, times }) => (times === "once" || times === "some") && !seen.has(index));
  }

  /** May the event follow the end? Each time it does is noted. */
  follows({ index, times }: AfterPlan): boolean {
    if (this.#ended === undefined) return false;
    const { after } = this.#ended;
    if (after.has(index) && (times === "once" || times === "optional")) return false;
    after.add(index);
    return true;
  }

  /** After the end only an event that opens the stream again goes on; any other is reported, once, and ignored. */
  admits(role: Role | undefined, label: string): boolean {
    if (this.#ended === undefined) return true;
    if (role?.opens !== undefined && this.#watch.plan.stream.reuse) {
      this.#ended = undefined;
      return true;
    }
    const { place, reported } = this.#ended;
    this.#watch.report(this.#watch.plan.stream.rules.closed, reported, () => ({
      message: messages.streamClosed(label, place.event?.type ?? ""),
      related: relatedTo(messages.related.ended, place),
    }));
    this.#ended.reported = true;
    return false;
  }

  /** Sees to it that the stream's scope is open. True if the event has just opened it. */
  enter(role: Role | undefined, frame: Frame, label: string): boolean {
    const watch = this.#watch;
    const { stream } = this;
    if (role?.opens !== undefined && (stream === undefined || stream.phantom || !goesOn(role, stream))) {
      if (stream === undefined || stream.phantom) {
        this.stream = open(watch, frame, role, role.opens, this.#bay, NO_KEY);
        return true;
      }
      this.#openedAgain(stream, label);
      return true;
    }
    if (stream === undefined) this.#notOpen(label);
    return false;
  }

  /** The old stream goes on; of what is open in it nothing is judged. */
  #openedAgain(stream: Instance, label: string): void {
    const error = this.#watch.report(this.#watch.plan.stream.rules.alreadyOpen, false, () => ({
      message: messages.streamAlreadyOpen(label, stream),
      related: relatedTo(messages.related.opened(stream.kind.name), stream.opened),
    }));
    if (!error) return;
    stream.identityDoubt = true;
    stream.childrenDoubt = this.#watch.births;
  }

  #notOpen(label: string): void {
    const { plan } = this.#watch;
    this.#watch.report(plan.stream.rules.notOpen, false, () => ({
      message: messages.streamNotOpen(label, messages.opensOf(plan.stream.kinds)),
    }));
    const [kind] = plan.stream.kinds;
    if (kind !== undefined) this.stream = create(this.#watch, kind, this.#bay, NO_KEY, true);
    if (this.stream !== undefined) this.stream.anyKind = plan.stream.kinds.length > 1;
  }

  /** Closed or aborted: from now on the stream is over. */
  end(): void {
    this.stream = undefined;
    // If the end was out of place, what comes after it is its consequence.
    const reported = this.#watch.reporter.errors > this.#watch.errorsBefore;
    this.#ended = { place: this.#watch.place(), reported, after: new Set() };
  }
}

/** May an opening event come while the stream is open? As a part of it, or to break it off. */
function goesOn({ kinds }: Role, stream: Instance): boolean {
  const part = kinds[stream.kind.index];
  return part !== undefined && (part.admits || part.aborts);
}
