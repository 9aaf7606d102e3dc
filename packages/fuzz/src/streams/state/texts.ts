import type { KindPlan, Role } from "../plan.ts";
import type { SchemaNode } from "../schema/node.ts";
import { nodesAt } from "../schema/nodes-at.ts";
import type { Variant, Vocabulary } from "../variant.ts";
import type { Texts } from "./pin-reads.ts";

interface Text {
  json: boolean;
  readonly at: SchemaNode[];
}

/**
 * What each joined text of a protocol must spell: JSON, where it is parsed, or where it is held against a value that is part
 * of another text that is parsed.
 */
export function textsOf({ events, parts }: Vocabulary): Texts {
  const texts = new Map<KindPlan, Text[]>();
  const variants = [...events, ...[...parts.values()].flat()];
  for (const variant of variants) {
    for (const role of [variant.plan.stream, ...variant.plan.roles]) {
      if (role !== undefined) addTexts(texts, role, variant);
    }
  }
  return (kind, slot) => texts.get(kind)?.[slot] ?? { json: isParsed(kind, slot), at: [] };
}

function addTexts(texts: Map<KindPlan, Text[]>, role: Role, variant: Variant): void {
  for (const kind of role.scope.kinds) {
    const part = role.kinds[kind.index];
    if (part === undefined) continue;
    let list = texts.get(kind);
    if (list === undefined) {
      list = kind.joined.map(({ slot }) => ({ json: isParsed(kind, slot), at: [] }));
      texts.set(kind, list);
    }
    for (const { of, at } of part.joinedAt) {
      const text = list[of.slot];
      if (text === undefined) continue;
      if (of.match === "json") text.at.push(...nodesAt(variant.schemas, at.tokens));
      else if (part.joinedOf.some((other) => other.at.text === at.text && isParsed(kind, other.of.slot))) {
        text.json = true;
      }
    }
  }
}

function isParsed(kind: KindPlan, slot: number): boolean {
  const match = kind.joined[slot]?.match;
  return match === "json" || match === "parses";
}
