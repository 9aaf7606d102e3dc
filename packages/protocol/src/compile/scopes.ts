import type { ProtocolFile, ScopeDefinition } from "../definition/protocol-file.ts";
import type { PayloadChecks } from "../payload/check.ts";
import { toPointer } from "../payload/pointer.ts";
import { declaredRule } from "../rules.ts";
import { type Kind, kindsOf, namedBy } from "./kinds.ts";
import type { Pattern } from "./pattern.ts";
import type { InnerPlan, KindPlan, RuleTable, ScopePlan } from "./plan.ts";
import { refuse } from "./refuse.ts";
import { shownPattern } from "./shown.ts";

/** A plan beside the definition that it came from: what the roles of types are worked out from. */
export interface ScopeSource {
  readonly plan: ScopePlan;
  readonly definition: ScopeDefinition;
  readonly kinds: readonly KindSource[];
}

export interface KindSource {
  readonly plan: KindPlan;
  readonly kind: Kind;
}

/** Plans of all scopes, in the file's order. Which scopes open together is filled in when the types are known. */
export function compileScopes(file: ProtocolFile, checks: PayloadChecks, rules: RuleTable): readonly ScopeSource[] {
  const sources: ScopeSource[] = [];
  for (const [name, definition] of Object.entries(file.scopes)) {
    const parent = sources.find(({ plan }) => plan.name === definition.in)?.plan;
    if (definition.in !== undefined && parent === undefined) {
      refuse(`the parent "${definition.in}" must stand above its child "${name}"`, ["scopes", name, "in"]);
    }
    if ((parent === undefined) !== (sources.length === 0)) {
      refuse(`the first scope, and no other, has no "in": it is the stream's`, ["scopes", name]);
    }
    sources.push(compileScope(file, name, parent, sources.length, checks, rules));
  }
  return sources;
}

function compileScope(
  file: ProtocolFile,
  name: string,
  parent: ScopePlan | undefined,
  index: number,
  checks: PayloadChecks,
  rules: RuleTable,
): ScopeSource {
  const definition = file.scopes[name] ?? refuse("there is no such scope", ["scopes", name]);
  refuseWhatHasNoMeaning(name, definition);
  const parts = Object.values(file.events).flatMap((event) => Object.keys(event.parts ?? {}));
  const named = kindsOf(name, definition).flatMap(namedBy);
  const kinds: KindSource[] = [];
  const plan: ScopePlan & { children: ScopePlan[] } = {
    index,
    name,
    parent,
    children: [],
    slot: parent?.children.length ?? 0,
    keyed: definition.key !== undefined,
    byParts: named.some((pattern) => parts.some((part) => pattern.name === part)),
    exclusive: definition.exclusive ?? false,
    numbered:
      definition.numbered === undefined
        ? undefined
        : { from: definition.numbered.from ?? 0, step: definition.numbered.step ?? 1 },
    reuse: definition.reuse ?? parent !== undefined,
    kinds: [],
    rules: {
      notOpen: rules.rule(`${name}/not-open`),
      alreadyOpen: rules.rule(`${name}/already-open`),
      overlap: rules.rule(`${name}/overlap`),
      keyJumps: rules.rule(`${name}/key-jumps`),
      reopened: rules.rule(`${name}/reopened`),
      closed: rules.rule(`${name}/closed`),
      unclosed: rules.rule(`${name}/unclosed`),
      wrongKind: rules.rule(`${name}/wrong-kind`),
    },
  };
  for (const [position, kind] of kindsOf(name, definition).entries()) {
    kinds.push({ kind, plan: compileKind(file, kind, plan, position, checks, rules) });
  }
  if (parent !== undefined) addChild(parent, plan);
  return { plan: Object.assign(plan, { kinds: kinds.map((kind) => kind.plan) }), definition, kinds };
}

function addChild(parent: ScopePlan, child: ScopePlan): void {
  Object.assign(parent, { children: [...parent.children, child] });
}

/** What a schema cannot say, and what would otherwise be ignored in silence. */
function refuseWhatHasNoMeaning(name: string, scope: ScopeDefinition): void {
  const at = (key: string): readonly string[] => ["scopes", name, key];
  if (scope.key === undefined) {
    if (scope.exclusive === true)
      refuse(`"exclusive" needs a "key": without one, only one ${name} is open anyway`, at("exclusive"));
    if (scope.numbered !== undefined) refuse(`"numbered" needs a "key" to count`, at("numbered"));
  }
  if (scope.numbered !== undefined && Array.isArray(scope.key)) {
    refuse(`"numbered" counts a single key, not a list`, at("numbered"));
  }
  if (scope.in === undefined) {
    for (const key of ["key", "exclusive", "numbered", "mustClose"] as const) {
      if (scope[key] !== undefined) refuse(`the stream's scope has no "${key}": there is one stream`, at(key));
    }
  } else if (scope.after !== undefined) {
    refuse(`"after" belongs to the stream's scope`, at("after"));
  }
}

function compileKind(
  file: ProtocolFile,
  kind: Kind,
  scope: ScopePlan,
  index: number,
  checks: PayloadChecks,
  rules: RuleTable,
): KindPlan {
  const shown = ({ text }: Pattern): string => shownPattern(file, text);
  if (kind.open.length === 0) refuse(`"${kind.name}" has no "open", so it can never begin`, kind.path);
  let marks = 0;
  const steps = kind.steps.map((step, position) =>
    step.map(({ pattern, times }): InnerPlan => {
      return { pattern: shown(pattern), step: position, times, mark: times === "any" ? -1 : marks++ };
    }),
  );
  const joined = kind.joined.map(({ name, owner, value }, slot) => ({
    slot,
    name,
    match: value.match,
    differs: rules.rule(declaredRule({ name, owner, value }, "differs")),
    notJson: rules.rule(declaredRule({ name, owner, value }, "not-json")),
  }));
  return {
    index,
    name: kind.name,
    scope,
    open: kind.open.map(shown),
    close: kind.close.map(shown),
    steps,
    marks,
    mustClose: kind.mustClose === true ? "always" : kind.mustClose === false ? "never" : "inObligation",
    opening: compileOpening(kind, checks, rules),
    constants: kind.constant.map((constant, slot) => ({
      slot,
      name: constant.name,
      changed: rules.rule(declaredRule(constant, "changed")),
    })),
    counters: kind.counters.map((counter, slot) => ({
      slot,
      name: counter.name,
      from: counter.value.from,
      step: counter.value.step ?? 1,
      jumps: rules.rule(declaredRule(counter, "jumps")),
    })),
    joined,
    joinedAtClose: joined.filter((_, slot) => kind.joined[slot]?.value.at === "close"),
    missing: rules.rule(`${kind.innerOwner}/missing`),
    repeated: rules.rule(`${kind.innerOwner}/repeated`),
    outOfOrder: rules.rule(`${kind.innerOwner}/out-of-order`),
    opensWith: [],
  };
}

function compileOpening(kind: Kind, checks: PayloadChecks, rules: RuleTable): KindPlan["opening"] {
  if (kind.opening === undefined) return undefined;
  const check = checks.get(toPointer(...kind.opening.value));
  if (check === undefined) refuse("this schema has not been compiled", kind.opening.value);
  return { check, rule: rules.rule(`${kind.opening.owner}/opening`), owner: kind.opening.owner };
}
