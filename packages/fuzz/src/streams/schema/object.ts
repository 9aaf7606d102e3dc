import { drawJson } from "./any-json.ts";
import { DEEPEST, type DrawInner, type Drawing, NONE } from "./drawing.ts";
import { bound, type Facts, propertyNodes } from "./facts.ts";
import { isObject, within } from "./node.ts";
import type { Pin } from "./pin.ts";
import { drawOddName } from "./text.ts";

/** An object with all that must be there, some of what may be, and now and then something that no schema names. */
export function drawObject(facts: Facts, pin: Pin | undefined, drawing: Drawing, draw: DrawInner): unknown {
  const inner = { dice: drawing.dice, depth: drawing.depth + 1 };
  const required = requiredNames(facts);
  const entries: [string, unknown][] = [];
  for (const name of chooseNames(facts, pin, required, drawing)) {
    const nodes = propertyNodes(facts, name);
    const must = required.has(name) || pin?.children.get(name)?.required === true;
    const value =
      nodes === undefined ? NONE : draw(nodes, pin?.children.get(name), { ...inner, optional: !required.has(name) });
    if (value !== NONE && value !== undefined) entries.push([name, value]);
    else if (must && !(value === undefined && !required.has(name))) return NONE;
  }
  addExtras(facts, pin, drawing, entries, draw);
  // `fromEntries` makes a property of `__proto__` too.
  return Object.fromEntries(entries);
}

/** The properties that the object is to have, in their order. */
function chooseNames(
  facts: Facts,
  pin: Pin | undefined,
  required: ReadonlySet<string>,
  { dice, depth }: Drawing,
): readonly string[] {
  const names = new Set(required);
  const named = namedProperties(facts);
  for (const [name, child] of pin?.children ?? []) {
    // A place that the protocol reads should mostly be there, unless the schemas speak of others only.
    const likely = named.length === 0 || named.includes(name) ? !dice.once(5) : dice.once(6);
    if (child.required || (depth < DEEPEST && likely)) names.add(name);
  }
  const optional = named.filter((name) => !names.has(name) && pin?.children.has(name) !== true);
  for (const name of optional) if (depth < DEEPEST && dice.once(2)) names.add(name);
  addDependents(facts, names);
  // In the schemas' order, since that is how APIs write them; now and then in any other, since JSON has none.
  const ordered = [...new Set([...named.filter((name) => names.has(name)), ...names])];
  return dice.once(10) ? dice.shuffled(ordered) : ordered;
}

function requiredNames(facts: Facts): ReadonlySet<string> {
  return new Set(
    facts.parts.flatMap(({ schema }) => (Array.isArray(schema["required"]) ? schema["required"].map(String) : [])),
  );
}

function namedProperties(facts: Facts): readonly string[] {
  return [
    ...new Set(
      facts.parts.flatMap(({ schema }) => (isObject(schema["properties"]) ? Object.keys(schema["properties"]) : [])),
    ),
  ];
}

function addDependents(facts: Facts, names: Set<string>): void {
  for (const { schema } of facts.parts) {
    if (!isObject(schema["dependentRequired"])) continue;
    for (const [name, dependents] of Object.entries(schema["dependentRequired"])) {
      if (names.has(name) && Array.isArray(dependents)) for (const other of dependents) names.add(String(other));
    }
  }
}

/** Properties that no schema names, where they are allowed. */
function addExtras(
  facts: Facts,
  pin: Pin | undefined,
  drawing: Drawing,
  entries: [string, unknown][],
  draw: DrawInner,
): void {
  const { dice, depth } = drawing;
  const least = bound(facts, "minProperties", Math.max) ?? 0;
  const most = bound(facts, "maxProperties", Math.min) ?? Number.POSITIVE_INFINITY;
  const closed = facts.parts.some(
    ({ schema }) => schema["additionalProperties"] === false || schema["unevaluatedProperties"] === false,
  );
  const taken = new Set([...namedProperties(facts), ...(pin?.children.keys() ?? []), ...entries.map(([name]) => name)]);
  const names = facts.parts.flatMap((part) => {
    const schema = part.schema["propertyNames"];
    return schema === undefined ? [] : [within(part, schema, "propertyNames")];
  });
  let wanted = depth < DEEPEST && dice.once(15) ? dice.between(1, 2) : 0;
  for (let attempt = 0; attempt < 40 && (wanted > 0 || entries.length < least); attempt += 1) {
    if (entries.length >= most) return;
    wanted -= 1;
    const name =
      names.length > 0 ? draw(names, undefined, { dice, depth: DEEPEST, optional: false }) : drawOddName(dice);
    if (typeof name !== "string") return;
    if (taken.has(name)) continue;
    const nodes = propertyNodes(facts, name);
    const free = nodes?.length === 0;
    if (nodes === undefined || (closed && free)) continue;
    const value = free ? drawJson(dice, 2) : draw(nodes, undefined, { dice, depth: depth + 1, optional: false });
    if (value === NONE) continue;
    taken.add(name);
    entries.push([name, value]);
  }
}
