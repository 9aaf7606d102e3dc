import type { Dice } from "../case/dice.ts";
import { obstaclesOf, obstaclesOfClosing } from "./obstacles.ts";
import type { ProtocolIndex } from "./protocol-index.ts";
import type { SampleEvent } from "./sample.ts";
import { carries, Sender, type Wish } from "./send.ts";
import { mayClose } from "./state/closing.ts";
import { State } from "./state/state.ts";
import type { Variant } from "./variant.ts";

/** Where a walk is to get, beyond a valid end. */
export interface Target {
  /** To be sent, as an event or a part of one. */
  readonly variant: Variant;
  /** With this place in its data. */
  readonly property?: readonly string[] | undefined;
  /** Straight behind this event. */
  readonly after?: Variant | undefined;
}

/** Ways to a goal longer than this are not looked for. */
const DEEPEST_WAY = 8;

/** So many events may come beyond the size of a walk, for what is open to be closed. */
const OVERTIME = 80;

/** Data that do not come out right are drawn anew: so often, before a stream that nothing can go on with is ended. */
const PATIENCE = 4;

/** A search for an event that helps. */
interface Way {
  readonly wish: Wish;
  /** May something new be opened? */
  readonly opening: boolean;
  readonly seen: Set<Variant>;
}

const PLAIN: Wish = { hurry: false };
const HURRIED: Wish = { hurry: true };

/** One walk through a protocol, from its beginning to an end; undefined if it got lost on the way. */
export function walk(
  index: ProtocolIndex,
  dice: Dice,
  size: number,
  target: Target | undefined,
): readonly SampleEvent[] | undefined {
  return new Walk(index, dice, size, target).run();
}

class Walk {
  readonly #index: ProtocolIndex;
  readonly #dice: Dice;
  readonly #size: number;
  readonly #sender: Sender;
  readonly #events: SampleEvent[] = [];
  /** The event that is to end the stream; undefined where it ends by itself. */
  readonly #ending: Variant | undefined;
  #target: Target | undefined;
  /** The latest event, or the part for which it was sent. */
  #latest: Variant | undefined;

  constructor(index: ProtocolIndex, dice: Dice, size: number, target: Target | undefined) {
    this.#index = index;
    this.#dice = dice;
    this.#size = size;
    this.#target = target;
    this.#sender = new Sender(index, dice, new State());
    this.#ending = this.#chooseEnding();
  }

  #chooseEnding(): Variant | undefined {
    const { closers, aborters } = this.#index;
    const target = this.#target?.variant;
    if (target !== undefined && [...closers, ...aborters].includes(target)) return target;
    const aborts = aborters.length > 0 && (closers.length === 0 ? this.#dice.once(2) : this.#dice.once(6));
    const endings = aborts ? aborters : closers;
    return endings.length === 0 ? undefined : this.#dice.pick(endings);
  }

  run(): readonly SampleEvent[] | undefined {
    const most = this.#size + OVERTIME;
    while (!this.#sender.state.ended) {
      if (this.#events.length > most || this.#sender.lost || !this.#step()) return undefined;
      if (this.#mayStop()) break;
    }
    if (this.#target !== undefined && !this.#index.after.includes(this.#target.variant)) return undefined;
    this.#sendAfter();
    return this.#target === undefined ? this.#events : undefined;
  }

  /** A stream without a closing event ends where it may. */
  #mayStop(): boolean {
    const { stream } = this.#sender.state;
    if (stream === undefined || this.#events.length < this.#size || this.#target !== undefined) return false;
    return stream.kind.close.length === 0 && mayClose(stream, new Set(), () => undefined);
  }

  #step(): boolean {
    if (this.#target !== undefined && this.#stepTowards(this.#target)) return true;
    const { stream } = this.#sender.state;
    if (this.#events.length >= this.#size && this.#stepToEnd()) return true;
    if (stream === undefined)
      return (
        this.#stepAny(this.#events.length + 1 >= this.#size ? this.#index.events : this.#index.middle) ||
        this.#stepAny(this.#index.events)
      );
    for (let attempt = 0; attempt < PATIENCE; attempt += 1) if (this.#stepAny(this.#index.middle)) return true;
    return this.#stepToEnd();
  }

  #stepTowards({ variant, property, after }: Target): boolean {
    const wish: Wish = { hurry: false, property };
    if (after === undefined) {
      const sent = this.#stepTo(variant, wish);
      if (sent === true) this.#target = undefined;
      return sent !== undefined;
    }
    if (this.#latest === after && this.#reach(variant, wish)) {
      this.#target = undefined;
      return true;
    }
    // What the target needs must be there before the event that it is to follow, or may come by that event.
    const ready = this.#index.events.includes(variant) && this.#sender.mayCome(variant);
    if (!ready && this.#dice.once(2)) {
      return this.#clear(variant, { wish: HURRIED, opening: true, seen: new Set() }, 1) || this.#reach(after, PLAIN);
    }
    return this.#stepTo(after, PLAIN) !== undefined;
  }

  /** What is open is finished first; only where that does not do is anything new opened. */
  #stepToEnd(): boolean {
    for (const opening of [false, true]) {
      if (this.#sender.lost) return false;
      const way: Way = { wish: HURRIED, opening, seen: new Set() };
      if (this.#ending !== undefined) {
        if (this.#reach(this.#ending, HURRIED) || this.#clear(this.#ending, way, 1)) return true;
        continue;
      }
      const { stream } = this.#sender.state;
      if (stream === undefined) return false;
      if (this.#anyOf(obstaclesOfClosing(stream, this.#index), way, 1)) return true;
    }
    return false;
  }

  /** Any event that may come. */
  #stepAny(variants: readonly Variant[]): boolean {
    const left = [...variants];
    while (left.length > 0) {
      const [variant] = left.splice(this.#dice.between(0, left.length - 1), 1);
      if (variant !== undefined && this.#send(variant, PLAIN)) return true;
      if (this.#sender.lost) return false;
    }
    return false;
  }

  /** Sends the event, or else one that clears the way to it. True if it was the event itself; undefined if it was none. */
  #stepTo(goal: Variant, wish: Wish): boolean | undefined {
    if (this.#reach(goal, wish)) return true;
    return this.#clear(goal, { wish: HURRIED, opening: true, seen: new Set() }, 1) ? false : undefined;
  }

  /** Sends an event that clears the way to another. */
  #clear(goal: Variant, way: Way, depth: number): boolean {
    if (depth > DEEPEST_WAY || way.seen.has(goal)) return false;
    way.seen.add(goal);
    const { finishing, opening } = obstaclesOf(goal, this.#index, this.#sender.state);
    return this.#anyOf(finishing, way, depth) || (way.opening && this.#anyOf(opening, way, depth));
  }

  /** Sends one of the events, or else one that clears the way to one of them. */
  #anyOf(goals: readonly Variant[], way: Way, depth: number): boolean {
    const start = goals.length === 0 ? 0 : this.#dice.between(0, goals.length - 1);
    const inTurn = [...goals.slice(start), ...goals.slice(0, start)];
    const reached = inTurn.some((goal) => !this.#sender.lost && this.#reach(goal, way.wish));
    return reached || inTurn.some((goal) => !this.#sender.lost && this.#clear(goal, way, depth + 1));
  }

  /** Sends an event, or one that carries the part. */
  #reach(goal: Variant, wish: Wish): boolean {
    const { events } = this.#index;
    const sent =
      (events.includes(goal) && this.#send(goal, wish)) ||
      events.some((event) => carries(this.#index, event, goal) && this.#send(event, { ...wish, part: goal }));
    if (sent) this.#latest = goal;
    return sent;
  }

  #send(variant: Variant, wish: Wish): boolean {
    const event = this.#sender.send(variant, wish);
    if (event === undefined) return false;
    this.#events.push(event);
    this.#latest = variant;
    return true;
  }

  #sendAfter(): void {
    const { after } = this.#index;
    if (!this.#sender.state.ended || after.length === 0) return;
    for (const variant of this.#chooseAfter(after)) {
      const event = this.#sender.sendAfter(variant);
      if (event === undefined) return;
      this.#events.push(event);
      if (variant === this.#target?.variant) this.#target = undefined;
    }
  }

  /** What must come, and some of what may. */
  #chooseAfter(after: readonly Variant[]): readonly Variant[] {
    const target = this.#target?.variant;
    const timesOf = ({ entry }: Variant): string => entry.after?.times ?? "any";
    const owed = after.filter((variant) => timesOf(variant) === "once" || timesOf(variant) === "some");
    if (target !== undefined) return owed.includes(target) ? owed : [target, ...owed];
    const free = after.filter((variant) => timesOf(variant) === "any");
    const count = free.length === 0 ? 0 : this.#dice.pick([0, 1, 1, 2]);
    const chosen = Array.from({ length: count }, () => this.#dice.pick(free));
    const optional = after.filter((variant) => timesOf(variant) === "optional" && this.#dice.once(2));
    return [...chosen, ...optional, ...owed];
  }
}
