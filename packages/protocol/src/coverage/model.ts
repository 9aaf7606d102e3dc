import type { Protocol } from "../compile/compile.ts";
import { kindsOf, namedBy } from "../compile/kinds.ts";
import { matches, parsePattern } from "../compile/pattern.ts";
import type { TypePlan } from "../compile/plan.ts";
import { toPointer } from "../payload/pointer.ts";
import type { CoverageGroupName, CoverageItem } from "./coverage-report.ts";
import { type Form, formsOf } from "./forms.ts";
import { type Option, optionsOf } from "./properties.ts";
import { reachOf } from "./reach.ts";
import { transitionHint } from "./transitions.ts";

/** All that can be covered of a protocol, worked out once. */
export interface CoverageModel {
  readonly protocol: Protocol;
  readonly forms: ReadonlyMap<TypePlan, Form>;
  /** What one event of a form covers by itself. */
  readonly seen: ReadonlyMap<TypePlan, { readonly events: readonly string[]; readonly options: readonly Option[] }>;
  readonly items: Readonly<Record<CoverageGroupName, readonly Omit<CoverageItem, "count">[]>>;
}

export function modelOf(protocol: Protocol): CoverageModel {
  const reach = reachOf(protocol);
  const forms = formsOf(protocol);
  const isForm = (text: string, form: Form): boolean => matches(parsePattern(text), form);
  const events = eventPatterns(protocol).filter((text) => [...reach.forms].some((form) => isForm(text, form)));
  const options = optionsOf(protocol, [...reach.forms]);
  const seen = forms.map(
    (form) =>
      [
        form.plan,
        {
          events: events.filter((text) => isForm(text, form)),
          options: [...options].flatMap(([text, some]) => (isForm(text, form) ? some : [])),
        },
      ] as const,
  );
  const rules = protocol.rules.filter(({ severity }) => severity !== "off");
  return {
    protocol,
    forms: new Map(forms.map((form) => [form.plan, form])),
    seen: new Map(seen),
    items: {
      events: events.map((event) => ({ id: event, hint: `an event \`${event}\``, event })),
      transitions: [...reach.transitions].map(([id, transition]) => ({
        id,
        hint: transitionHint(transition),
        ...(transition.to === undefined ? {} : { event: transition.to }),
        ...(transition.from === undefined ? {} : { after: transition.from }),
      })),
      properties: [...options].flatMap(([event, some]) =>
        some.map(({ id, hint, place }) => ({ id, hint, event, path: toPointer(...place) })),
      ),
      rulesHeld: rules.map(({ id, title }) => ({ id, hint: `a stream that keeps to it: ${title}` })),
      rulesBroken: rules
        // Not a fault of the stream: it takes 50,000 open scopes.
        .filter(({ id }) => id !== "stream/forgotten")
        .map(({ id, title }) => ({ id, hint: `a stream that breaks it: ${title}` })),
    },
  };
}

/** Types, parts, literals, and the subtypes that the file names. */
function eventPatterns({ definition }: Protocol): readonly string[] {
  const named = Object.entries(definition.scopes).flatMap(([name, scope]) => kindsOf(name, scope).flatMap(namedBy));
  const exact = named.filter(({ prefix }) => !prefix).map(({ text }) => text);
  return [...new Set([...Object.keys(definition.events), ...exact])].filter((text) => text !== "*");
}
