import type { ScopePlan } from "../../compile/plan.ts";
import type { Place } from "../place.ts";
import { Allowance } from "./allowance.ts";
import { type Closed, ClosedKeys } from "./closed-keys.ts";
import { Count } from "./count.ts";
import type { Instance } from "./instance.ts";
import { type Key, weight } from "./key.ts";

/** More instances with one key are open only after faults; the oldest are the least likely to get an event. */
const MOST_WITH_ONE_KEY = 8;

/** Each takes an error: beyond this many a stream is beyond help. */
const MOST_ALIASES = 100;

/** The instances of one scope in one parent, and what faults in it excuse. */
export class Bay {
  readonly scope: ScopePlan;
  /** Undefined for the stream's scope. */
  readonly parent: Instance | undefined;

  /** Epochs of doubt: whatever was opened up to this opening. */
  contentDoubt = 0;
  closingDoubt = 0;
  identityDoubt = 0;

  readonly orphans: Allowance;
  readonly unclosed: Allowance;
  readonly jumps: Allowance;
  /** Instances had to be forgotten: what would have belonged to them is not judged. */
  forgetful = false;

  /** The latest instance, for a scope without a key or with `exclusive`. */
  latest: Instance | undefined;
  /** What the closed keys weigh. */
  remembered = 0;
  #open: Map<Key, Instance> | undefined;
  #byAge: MapIterator<Instance> | undefined;
  #closed: ClosedKeys | undefined;
  #aliases: Map<Key, Instance> | undefined;
  #count: Count | undefined;

  constructor(scope: ScopePlan, parent: Instance | undefined) {
    this.scope = scope;
    this.parent = parent;
    const before = parent?.lossesBefore ?? 0;
    this.orphans = new Allowance(before, scope.byParts);
    this.unclosed = new Allowance(before, scope.byParts);
    this.jumps = new Allowance(before, scope.byParts);
  }

  /** The newest open instance with this key. */
  find(key: Key): Instance | undefined {
    return this.scope.keyed ? this.#open?.get(key) : this.latest;
  }

  /** Gives the instance that has to go for it, if there is one. */
  add(instance: Instance): Instance | undefined {
    instance.older = this.find(instance.key);
    this.latest = instance;
    if (this.scope.keyed) {
      this.#open ??= new Map();
      this.#open.set(instance.key, instance);
    }
    let last = instance;
    for (let length = 1; last.older !== undefined; length += 1) {
      if (length === MOST_WITH_ONE_KEY) {
        const dropped = last.older;
        last.older = undefined;
        return dropped;
      }
      last = last.older;
    }
    return undefined;
  }

  remove(instance: Instance): void {
    const newest = this.find(instance.key);
    if (newest === instance) this.#replace(instance.key, instance.older);
    for (let at = newest; at !== undefined; at = at.older) {
      if (at.older === instance) at.older = instance.older;
    }
    if (this.latest === instance) this.latest = this.scope.keyed ? undefined : instance.older;
    this.#settle(instance.key);
  }

  /** One of those that a fault left in doubt was closed: perhaps the only one that was ever open. */
  #settle(key: Key): void {
    for (let at = this.find(key); at !== undefined; at = at.older) {
      if ((at.identityDoubt || at.phantom) && !at.ghost && at.standing === "open") at.standing = "settled";
    }
  }

  #replace(key: Key, next: Instance | undefined): void {
    if (next === undefined) this.#open?.delete(key);
    else this.#open?.set(key, next);
  }

  /** All that are open, older ones with the same key first. */
  open(): Instance[] {
    const newest = this.scope.keyed
      ? [...(this.#open?.values() ?? [])]
      : this.latest === undefined
        ? []
        : [this.latest];
    return newest.flatMap((instance) => (instance.older === undefined ? [instance] : chain(instance).reverse()));
  }

  /** Forgets an instance of the key that was opened first, if there is one. */
  forgetOldest(): Instance | undefined {
    const oldest = this.#nextOldest();
    if (oldest === undefined) return undefined;
    this.remove(oldest);
    this.forgetful = true;
    return oldest;
  }

  /** A Map is asked on from where it was asked last: from its beginning it would pass all that was ever deleted. */
  #nextOldest(): Instance | undefined {
    for (let tries = 0; tries < 2; tries += 1) {
      this.#byAge ??= this.#open?.values();
      const next = this.#byAge?.next();
      if (next?.done === false) return next.value;
      this.#byAge = undefined;
    }
    return undefined;
  }

  /**
   * A wrong key was read as that of an instance: of the two keys the wrong one may be what the instance is called elsewhere.
   */
  alias(wrong: Key, instance: Instance): void {
    if (this.closed(wrong) !== undefined) return;
    this.#aliases ??= new Map();
    if (this.#aliases.size < MOST_ALIASES) this.#aliases.set(wrong, instance);
  }

  /** The instance that goes by another key, if it is still open. */
  aliased(key: Key): Instance | undefined {
    const instance = this.#aliases?.get(key);
    return instance !== undefined && this.find(instance.key) === instance ? instance : undefined;
  }

  closed(key: Key): Closed | undefined {
    return this.#closed?.get(key);
  }

  remember(key: Key, place: Place): void {
    this.#closed ??= new ClosedKeys();
    if (!this.#closed.has(key)) this.remembered += weight(key);
    this.#closed.set(key, place);
  }

  /** Forgets the key that was closed first, if there is one. */
  forgetClosed(): void {
    const oldest = this.#closed?.forgetOldest();
    if (oldest !== undefined) this.remembered -= weight(oldest);
  }

  /** Counts the keys of a `numbered` scope. In a phantom the count starts anywhere. */
  get count(): Count | undefined {
    const { numbered } = this.scope;
    if (numbered === undefined) return undefined;
    this.#count ??= new Count(this.parent?.phantom === true ? undefined : numbered.from, numbered.step);
    return this.#count;
  }

  /** The parent began after all: what was counted before it is not known. */
  forgetCount(): void {
    this.#count?.forget();
  }
}

export function chain(instance: Instance): Instance[] {
  const instances: Instance[] = [];
  for (let at: Instance | undefined = instance; at !== undefined; at = at.older) instances.push(at);
  return instances;
}
