import type { Protocol } from "@ssert/protocol";
import { type Envelope, envelopesOf } from "./envelope.ts";
import type { KindPlan, Role, ScopePlan } from "./plan.ts";
import type { Texts } from "./state/pin-reads.ts";
import { textsOf } from "./state/texts.ts";
import { type Variant, type Vocabulary, vocabularyOf } from "./variant.ts";

/** What the generator works out once a protocol. */
export interface ProtocolIndex extends Vocabulary {
  readonly protocol: Protocol;
  readonly texts: Texts;
  /** Events and parts. */
  readonly all: readonly Variant[];
  readonly envelopes: ReadonlyMap<Variant, readonly Envelope[]>;
  /** Events that may close the stream's scope in order, and those that may break it off. */
  readonly closers: readonly Variant[];
  readonly aborters: readonly Variant[];
  /** Events that may come when the stream has ended. */
  readonly after: readonly Variant[];
  /** Events that open the stream's scope; if possible without ending it. */
  readonly openers: readonly Variant[];
  /** Events that can neither close nor break off the stream. */
  readonly middle: readonly Variant[];
  readonly byKind: ReadonlyMap<KindPlan, KindEvents>;
}

/** Which events do what to the instances of a kind. */
export interface KindEvents {
  readonly opening: Variant[];
  readonly closing: Variant[];
  /** By pattern. */
  readonly inner: Map<string, Variant[]>;
  /** Those that bring a piece of a joined text, by slot. */
  readonly pieces: Map<number, Variant[]>;
}

const known = new WeakMap<Protocol, ProtocolIndex>();

export function indexOf(protocol: Protocol): ProtocolIndex {
  let index = known.get(protocol);
  if (index === undefined) {
    index = makeIndex(protocol);
    known.set(protocol, index);
  }
  return index;
}

function makeIndex(protocol: Protocol): ProtocolIndex {
  const vocabulary = vocabularyOf(protocol);
  const envelopes = new Map(vocabulary.events.map((variant) => [variant, envelopesOf(protocol, variant)] as const));
  const events = vocabulary.events.filter((variant) => (envelopes.get(variant)?.length ?? 0) > 0);
  const all = [...events, ...[...vocabulary.parts.values()].flat()];
  const { stream } = protocol.plan;
  const closers = events.filter(({ plan }) => roleIn(plan, stream)?.closes === true);
  const aborters = events.filter(({ plan }) => roleIn(plan, stream)?.aborts === true);
  const middle = events.filter((variant) => !closers.includes(variant) && !aborters.includes(variant));
  const opens = ({ plan }: Variant): boolean => plan.stream?.opens !== undefined;
  return {
    ...vocabulary,
    events,
    protocol,
    texts: textsOf(vocabulary),
    all,
    envelopes,
    closers,
    aborters,
    after: events.filter(({ entry }) => entry.after),
    openers: middle.some(opens) ? middle.filter(opens) : events.filter(opens),
    middle,
    byKind: new Map(
      protocol.plan.scopes.flatMap(({ kinds }) => kinds.map((kind) => [kind, eventsOf(kind, all)] as const)),
    ),
  };
}

/** What a type does in one scope. */
function roleIn(plan: Variant["plan"], scope: ScopePlan): Role | undefined {
  return scope.parent === undefined ? plan.stream : plan.roles.find((role) => role.scope === scope);
}

function eventsOf(kind: KindPlan, all: readonly Variant[]): KindEvents {
  const events: KindEvents = { opening: [], closing: [], inner: new Map(), pieces: new Map() };
  for (const variant of all) {
    const role = roleIn(variant.plan, kind.scope);
    const part = role?.kinds[kind.index];
    if (role === undefined || part === undefined) continue;
    if (role.opens === kind) events.opening.push(variant);
    if (part.closes) events.closing.push(variant);
    if (part.inner !== undefined) add(events.inner, part.inner.pattern, variant);
    for (const { of } of part.joinedOf) add(events.pieces, of.slot, variant);
  }
  return events;
}

function add<K>(lists: Map<K, Variant[]>, key: K, variant: Variant): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [variant]);
  else list.push(variant);
}
