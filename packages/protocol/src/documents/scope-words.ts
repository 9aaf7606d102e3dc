import { type Kind, kindsOf } from "../compile/kinds.ts";
import type { Pattern } from "../compile/pattern.ts";
import type { ProtocolFile, ScopeDefinition } from "../definition/protocol-file.ts";
import { keyWords } from "./diagram/notes.ts";

/** A sentence or two a scope: for those who cannot see the picture. */
export function streamInWords({ scopes }: ProtocolFile): readonly string[] {
  return Object.entries(scopes).flatMap(([name, scope]) => {
    const kinds = kindsOf(name, scope);
    const where = scope.in === undefined ? "the stream" : `in ${scope.in}, ${cardinalityOf(scope)}`;
    const own = kinds.filter((kind) => kind.name !== name);
    if (own.length === 0) return kinds.map((kind) => `${name} (${where}): ${kindInWords(kind)}.`);
    return [`${name} (${where}) has kinds.`, ...kinds.map((kind) => `${kindName(kind, name)}: ${kindInWords(kind)}.`)];
  });
}

export function kindName(kind: Kind, scope: string): string {
  return kind.name === scope ? `any other ${scope}` : kind.name;
}

export function cardinalityOf({ key, exclusive }: ScopeDefinition): string {
  if (key === undefined) return "one at a time";
  return `${exclusive === true ? "one at a time" : "several at once"}, by ${keyWords(key)}`;
}

function kindInWords({ open, steps, close, abort }: Kind): string {
  return [
    `opened by ${listWords(open)}`,
    ...steps.map(
      (step, index) =>
        `${index === 0 ? "" : "then "}${step.map(({ pattern, times }) => `${pattern.text} ${TIMES[times]}`).join(", ")}`,
    ),
    close.length === 0 ? "ends with what it is in" : `closed by ${listWords(close)}`,
    ...(abort.length === 0 ? [] : [`ended early by ${listWords(abort)}`]),
  ].join("; ");
}

export const TIMES = { any: "any number of times", once: "once", optional: "at most once", some: "at least once" };

function listWords(patterns: readonly Pattern[]): string {
  return patterns.map(({ text }) => text).join(" or ");
}
