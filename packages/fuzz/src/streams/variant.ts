import type { Protocol } from "@ssert/protocol";
import type { TypeEntry, TypePlan } from "./plan.ts";
import { type SchemaNode, schemaNodes } from "./schema/node.ts";

/** Something that can be sent: a type with one of its subtypes, with another one, or with none. */
export interface Variant {
  /** `type`, `type[subtype]`, or `type[*]` for a subtype that the file does not name. */
  readonly label: string;
  readonly name: string;
  readonly entry: TypeEntry;
  readonly plan: TypePlan;
  /** Undefined: none, or the type has none; null: one that the file does not name. */
  readonly subtype: string | null | undefined;
  readonly schemas: readonly SchemaNode[];
}

/** Everything that a protocol lets be sent, as events and as parts of events. */
export interface Vocabulary {
  readonly events: readonly Variant[];
  /** By name of the part. */
  readonly parts: ReadonlyMap<string, readonly Variant[]>;
  /** By pointer in the file: schemas of openings. */
  readonly nodes: ReadonlyMap<string, SchemaNode>;
}

/** A type that only a prefix knows is sent under the prefix and this. */
const SOME = "sample";

export function vocabularyOf({ definition, plan }: Protocol): Vocabulary {
  const nodes = schemaNodes(definition);
  const partNames = new Set(Object.values(definition.events).flatMap(({ parts }) => Object.keys(parts ?? {})));
  const patterns = Object.keys(definition.events);
  const names = new Set(patterns.map((text) => (text.endsWith("*") ? text.slice(0, -1) + SOME : bareName(text))));
  const variants = [...names].flatMap((name) => {
    const entry = plan.types.find(name);
    return variantsOf(name, entry).map((variant) => ({ ...variant, schemas: schemasOf(variant, patterns, nodes) }));
  });
  const candidates = plan.candidates;
  const canBeSent = ({ name, entry }: Variant): boolean =>
    entry.literal !== undefined ||
    candidates.some((candidate) =>
      candidate.by === "key" || candidate.by === "rest" ? candidate.is === name : !partNames.has(name),
    );
  const parts = new Map([...partNames].map((part) => [part, variants.filter(({ name }) => name === part)]));
  return { events: variants.filter(canBeSent), parts, nodes };
}

function bareName(text: string): string {
  const bracket = text.endsWith("]") ? text.indexOf("[") : -1;
  return bracket === -1 ? text : text.slice(0, bracket);
}

function variantsOf(name: string, entry: TypeEntry): readonly Omit<Variant, "schemas">[] {
  const bare = { label: name, name, entry, plan: entry.bare, subtype: undefined };
  if (entry.subtype === undefined) return [bare];
  const known = [...entry.subtypes].map(([subtype, plan]) => ({
    label: `${name}[${subtype}]`,
    name,
    entry,
    plan,
    subtype,
  }));
  return [bare, ...known, { label: `${name}[*]`, name, entry, plan: entry.other, subtype: null }];
}

function schemasOf(
  { name, subtype }: Omit<Variant, "schemas">,
  patterns: readonly string[],
  nodes: ReadonlyMap<string, SchemaNode>,
): readonly SchemaNode[] {
  const matching = patterns.filter((text) => {
    if (text.endsWith("*")) return name.startsWith(text.slice(0, -1));
    if (bareName(text) !== name) return false;
    const wanted = text === name ? undefined : text.slice(name.length + 1, -1);
    return wanted === undefined || (wanted === "*" ? subtype !== undefined : wanted === subtype);
  });
  return matching.flatMap((text) => {
    const node = nodes.get(`/events/${text.replaceAll("~", "~0").replaceAll("/", "~1")}/schema`);
    return node === undefined ? [] : [node];
  });
}
