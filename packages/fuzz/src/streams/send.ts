import type { Dice } from "../case/dice.ts";
import { partPin } from "./envelope.ts";
import { writeJson } from "./json-text.ts";
import type { Pointer, TypePlan } from "./plan.ts";
import type { ProtocolIndex } from "./protocol-index.ts";
import type { SampleEvent } from "./sample.ts";
import { drawValue } from "./schema/draw.ts";
import { NONE } from "./schema/drawing.ts";
import type { SchemaNode } from "./schema/node.ts";
import { nodesAt } from "./schema/nodes-at.ts";
import { exactly, Pin, present } from "./schema/pin.ts";
import { applyLeaving, applyVisit } from "./state/apply.ts";
import { leavingOf } from "./state/closing.ts";
import type { State } from "./state/state.ts";
import { chooseVisit, type Visit } from "./state/visit.ts";
import type { Variant } from "./variant.ts";

/** What an event is wanted for, beyond being valid. */
export interface Wish {
  /** One of its parts, at any depth. */
  readonly part?: Variant | undefined;
  /** A place that must be there, in the part or else in the event. */
  readonly property?: readonly string[] | undefined;
  /** Rest of a text at once. */
  readonly hurry: boolean;
}

/** What is asked of the parts at one place, beyond their own schemas. */
interface PartsAsked {
  /** By index. */
  readonly inner: ReadonlyMap<string, Pin>;
  readonly least: number;
  /** An object stands there, no list. */
  readonly single: boolean;
}

/** Sends events of one protocol: chooses what each is about, draws its data, and keeps the books. */
export class Sender {
  readonly index: ProtocolIndex;
  readonly dice: Dice;
  state: State;
  /** What was entered cannot be taken back: the stream has to be given up. */
  lost = false;
  /** Some of an event has been entered, and the rest cannot be: the event has to be taken back. */
  #spoilt = false;

  constructor(index: ProtocolIndex, dice: Dice, state: State) {
    this.index = index;
    this.dice = dice;
    this.state = state;
  }

  /** May the event come now, as far as order goes? */
  mayCome(variant: Variant): boolean {
    return this.#choose(variant, undefined, () => new Pin(), false) !== undefined;
  }

  /** Sends an event; undefined if it cannot come now, or no data were found for it. */
  send(variant: Variant, wish: Wish): SampleEvent | undefined {
    const envelope = this.dice.pick(this.index.envelopes.get(variant) ?? []);
    this.#spoilt = false;
    const backup = variant.plan.parts.length > 0 ? this.state.copy() : undefined;
    const data = this.#make(variant, undefined, variant.schemas, () => envelope.pin.copy(), wish);
    if (data === NONE) {
      if (backup !== undefined) this.state = backup;
      return undefined;
    }
    const { literal } = variant.entry;
    return { event: envelope.line, data: literal ?? writeJson(data, this.dice) };
  }

  /** An event behind the end of the stream: nothing is asked of it but its schemas. */
  sendAfter(variant: Variant): SampleEvent | undefined {
    const envelope = this.dice.pick(this.index.envelopes.get(variant) ?? []);
    const { literal } = variant.entry;
    if (literal !== undefined) return { event: envelope.line, data: literal };
    const data = drawValue(variant.schemas, envelope.pin, { dice: this.dice, depth: 0, optional: false });
    return data === NONE || !passes(variant.plan, data)
      ? undefined
      : { event: envelope.line, data: writeJson(data, this.dice) };
  }

  #choose(
    variant: Variant,
    above: Visit | undefined,
    makePin: () => Pin | undefined,
    hurry: boolean,
  ): Visit | undefined {
    const { state, dice, index } = this;
    return chooseVisit(variant, above, { state, dice, texts: index.texts, hurry, makePin });
  }

  /** Draws the data of an event or a part and enters it in the books; NONE if that cannot be done. */
  #make(
    variant: Variant,
    above: Visit | undefined,
    schemas: readonly SchemaNode[],
    makePin: () => Pin | undefined,
    wish: Wish,
  ): unknown {
    const visit = this.#choose(variant, above, makePin, wish.hurry);
    if (visit === undefined) return NONE;
    if (variant.entry.literal !== undefined && above === undefined)
      return this.#enter(visit, undefined) ? undefined : NONE;
    const wanted = wish.part === undefined || wish.part === variant ? wish.property : undefined;
    if (wanted !== undefined && !visit.pin.at(wanted).add(present)) return NONE;
    const nodes = [...schemas, ...openingsOf(visit, this.index)];
    if (variant.plan.parts.length > 0) return this.#makeCarrier(visit, nodes, wish);
    const data = drawValue(nodes, visit.pin, { dice: this.dice, depth: 0, optional: false });
    if (data === NONE || !passes(variant.plan, data) || !passesOpenings(visit, data)) return NONE;
    return this.#enter(visit, data) ? data : NONE;
  }

  #enter(visit: Visit, data: unknown): boolean {
    if (!applyVisit(this.state, visit, data)) return false;
    const leaving = leavingOf(visit.variant.plan, visit.located, () => undefined);
    if (leaving !== undefined) applyLeaving(this.state, leaving);
    else this.lost = true;
    return leaving !== undefined;
  }

  #makeCarrier(visit: Visit, nodes: readonly SchemaNode[], wish: Wish): unknown {
    const { plan } = visit.variant;
    const places = plan.parts.map((part) => {
      const place = visit.pin.at(part.pointer.tokens);
      const inner = new Map(place.children);
      place.children.clear();
      const wanted = wish.part !== undefined && leadsTo(this.index, part.name, wish.part);
      const single = isSingle(nodes, part.pointer);
      place.rules.push(exactly(single ? {} : [], wanted || inner.size > 0));
      return { part, inner, wanted, single };
    });
    const data = drawValue(nodes, visit.pin, { dice: this.dice, depth: 0, optional: false });
    if (data === NONE || !applyVisit(this.state, visit, data)) return NONE;
    this.#spoilt = true;
    for (const { part, inner, wanted, single } of places) {
      const holder = holderOf(data, part.pointer);
      if (holder === undefined) continue;
      const schemas = nodesAt(nodes, single ? part.pointer.tokens : [...part.pointer.tokens, "0"]);
      const least = Math.max(single || wanted ? 1 : 0, ...[...inner.keys()].map((token) => Number(token) + 1));
      const partWish = wanted ? wish : { hurry: wish.hurry };
      const made = this.#makeParts(part.name, visit, schemas, { inner, least, single }, partWish);
      if (made === undefined) return NONE;
      if (single && made.length === 0) return NONE;
      holder.set(single ? made[0] : made);
    }
    if (!passes(plan, data) || !passesOpenings(visit, data)) return NONE;
    const leaving = leavingOf(plan, visit.located, () => undefined);
    if (leaving === undefined) return NONE;
    applyLeaving(this.state, leaving);
    this.#spoilt = false;
    return data;
  }

  #makeParts(
    name: string,
    above: Visit,
    schemas: readonly SchemaNode[],
    { inner, least, single }: PartsAsked,
    wish: Wish,
  ): readonly unknown[] | undefined {
    const count = single ? 1 : Math.max(least, this.dice.pick([0, 1, 1, 1, 2, 3]));
    const made: unknown[] = [];
    for (let number = 0; number < count; number += 1) {
      const partWish = number === 0 ? wish : { hurry: wish.hurry };
      const value = this.#makePart(name, above, schemas, inner.get(String(number)), partWish);
      if (value !== NONE) made.push(value);
      else if (number < least || this.#spoilt) return undefined;
      else break;
    }
    return made;
  }

  #makePart(name: string, above: Visit, schemas: readonly SchemaNode[], pinned: Pin | undefined, wish: Wish): unknown {
    const variants = this.index.parts.get(name) ?? [];
    const target = wish.part;
    const wanted =
      target === undefined
        ? variants
        : variants.filter((variant) => variant === target || carries(this.index, variant, target));
    const left = [...wanted];
    while (left.length > 0) {
      const [variant] = left.splice(this.dice.between(0, left.length - 1), 1);
      if (variant === undefined) break;
      const makePin = (): Pin | undefined => {
        const pin = partPin(variant);
        return pin === undefined || (pinned !== undefined && !pin.merge(pinned)) ? undefined : pin;
      };
      const value = this.#make(variant, above, [...schemas, ...variant.schemas], makePin, wish);
      if (value !== NONE) return value;
      if (this.#spoilt) return NONE;
    }
    return NONE;
  }
}

/** Does a part of this name hold, or is it, the one that is wished for? */
function leadsTo(index: ProtocolIndex, name: string, part: Variant): boolean {
  return part.name === name || (index.parts.get(name) ?? []).some((variant) => carries(index, variant, part));
}

/** Can the event carry the part, at any depth? */
export function carries(index: ProtocolIndex, variant: Variant, part: Variant): boolean {
  return variant.plan.parts.some(({ name }) => leadsTo(index, name, part));
}

function passes(plan: TypePlan, data: unknown): boolean {
  return plan.checks.every((check) => check(data).length === 0);
}

function passesOpenings({ opened }: Visit, data: unknown): boolean {
  for (const { kind } of opened) if (kind.opening !== undefined && kind.opening.check(data).length > 0) return false;
  return true;
}

function openingsOf({ opened }: Visit, { nodes }: ProtocolIndex): readonly SchemaNode[] {
  return [...opened].flatMap(({ kind, scope }) => {
    if (kind.opening === undefined) return [];
    const node =
      nodes.get(`/scopes/${scope.name}/kinds/${kind.name}/opening`) ?? nodes.get(`/scopes/${scope.name}/opening`);
    return node === undefined ? [] : [node];
  });
}

/** Does an object stand where the parts are, and no list? */
function isSingle(nodes: readonly SchemaNode[], pointer: Pointer): boolean {
  return nodesAt(nodes, pointer.tokens).some(({ schema }) => typeof schema === "object" && schema["type"] === "object");
}

/** Where a value is to be put; undefined if what would hold it is not there, or does not have it. */
function holderOf(data: unknown, { tokens }: Pointer): { set(value: unknown): void } | undefined {
  let holder = data;
  const [last, ...path] = [...tokens].reverse();
  for (const token of path.reverse()) {
    if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, token)) return undefined;
    holder = Reflect.get(holder, token);
  }
  const object = holder;
  if (last === undefined || typeof object !== "object" || object === null || !Object.hasOwn(object, last))
    return undefined;
  return { set: (value) => Reflect.set(object, last, value) };
}
