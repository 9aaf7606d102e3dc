import type { Protocol } from "../compile/compile.ts";
import { type Kind, kindsOf } from "../compile/kinds.ts";
import { mostSpecific, OTHER, type Pattern, parsePattern, type Variant } from "../compile/pattern.ts";
import type { TypeEntry, TypePlan } from "../compile/plan.ts";

/** A type, alone or with a subtype, that the protocol's file tells apart from others. */
export interface Form extends Variant {
  readonly entry: TypeEntry;
  readonly plan: TypePlan;
  /** By index of the scope and of the kind. */
  readonly names: readonly (readonly KindNames[])[];
}

/** What one kind of scope calls an event: the pattern by which it opens, goes on, closes or aborts. */
interface KindNames {
  readonly open: string | undefined;
  readonly inner: string | undefined;
  readonly close: string | undefined;
  readonly abort: string | undefined;
}

/** Every form of every type; parts among them. There are as many as the file has patterns, whatever a stream brings. */
export function formsOf({ definition, plan }: Protocol): readonly Form[] {
  const scopes = Object.entries(definition.scopes).map(([name, scope]) => kindsOf(name, scope));
  const patterns = Object.keys(definition.events).map(parsePattern);
  const parts = Object.values(definition.events).flatMap(({ parts }) => Object.keys(parts ?? {}));
  const names = new Set([...patterns.map(({ name, prefix }) => (prefix ? `${name}${UNNAMED}` : name)), ...parts]);
  return [...names].flatMap((name) => {
    const entry = plan.types.find(name);
    const form = (subtype: Variant["subtype"], form: TypePlan): Form => {
      const variant: Variant = { name, subtype };
      return {
        ...variant,
        entry,
        plan: form,
        names: scopes.map((kinds) => kinds.map((kind) => namesIn(kind, variant))),
      };
    };
    return [
      form(undefined, entry.bare),
      ...(entry.subtype === undefined ? [] : [form(OTHER, entry.other)]),
      ...[...entry.subtypes].map(([subtype, plan]) => form(subtype, plan)),
    ];
  });
}

/** Stands for the types that only a prefix knows. */
const UNNAMED = "\0";

function namesIn(kind: Kind, variant: Variant): KindNames {
  const best = (patterns: readonly Pattern[]): string | undefined =>
    mostSpecific(
      patterns.map((pattern) => [pattern, pattern.text] as const),
      variant,
    );
  return {
    open: best(kind.open),
    inner: best(kind.steps.flat().map(({ pattern }) => pattern)),
    close: best(kind.close),
    abort: best(kind.abort),
  };
}
