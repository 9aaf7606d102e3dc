import type { Protocol } from "../compile/compile.ts";
import { covers, matches, parsePattern } from "../compile/pattern.ts";
import { toPointer } from "../payload/pointer.ts";
import { payloadSchemas } from "../payload/schemas.ts";
import type { Form } from "./forms.ts";
import {
  isObject,
  isSame,
  isType,
  listOf,
  looksLike,
  propertiesOf,
  requires,
  type Spot,
  spotsOf,
  typesOf,
} from "./schema-walk.ts";

/** Something that the data of one event may or may not have, though its schema allows it. */
export interface Option {
  readonly id: string;
  readonly hint: string;
  /** What it is about: the property itself, also where it is to be absent. */
  readonly place: readonly string[];
  /** Where to look: names of properties, `*` for the elements of a list. */
  readonly path: readonly string[];
  /** Of a value at that place. */
  readonly holds: (value: unknown) => boolean;
}

/** More values than this say a range, not a choice. */
const MOST_VALUES = 16;

/** In longer lists the elements beyond this one are not looked at. */
const MOST_ELEMENTS = 64;

/**
 * The options of every event that has a schema, by its pattern in the file: each optional property there and not there, each
 * of several types, each value of a small `enum`, each branch of `anyOf` and `oneOf`. What another schema of the same event
 * forbids is left out, and so is what decides the event's type, subtype or key: without it, it would be another event.
 */
export function optionsOf(
  { definition }: Protocol,
  reachable: readonly Form[],
): ReadonlyMap<string, readonly Option[]> {
  const schemas = payloadSchemas(definition);
  const byId = new Map(
    [...schemas.values()].flatMap((schema) => (hasId(schema) ? [[schema.$id, schema] as const] : [])),
  );
  const options = new Map<string, readonly Option[]>();
  for (const [text, event] of Object.entries(definition.events)) {
    const pattern = parsePattern(text);
    const forms = reachable.filter((form) => matches(pattern, form));
    if (event.schema === undefined || forms.length === 0) continue;
    const others = Object.entries(definition.events).filter(
      ([other, { schema }]) => schema !== undefined && other !== text && covers(parsePattern(other), pattern),
    );
    const around = others.flatMap(([, { schema }]) => (schema === undefined ? [] : spotsOf(schema, byId)));
    const fixed = forms.flatMap((form) => fixedPaths(definition.type, form, pattern.subtype !== undefined));
    const spots = spotsOf(event.schema, byId);
    options.set(
      text,
      distinct(
        spots.flatMap((spot) =>
          optionsAt(text, spot, [...spots.filter(({ inBranch }) => !inBranch), ...around], fixed),
        ),
      ),
    );
  }
  return options;
}

function hasId(schema: unknown): schema is { readonly $id: string } {
  return isObject(schema) && typeof schema["$id"] === "string";
}

/** Where the event's type, its subtype and its keys are: these cannot be left out. */
function fixedPaths(type: Protocol["definition"]["type"], form: Form, refined: boolean): readonly string[] {
  const candidates = [type].flat();
  const ofType = candidates.flatMap((candidate) => {
    if (typeof candidate === "string") return candidate === "event" ? [] : [candidate];
    return "has" in candidate && candidate.is === form.name ? [candidate.has] : [];
  });
  const ofSubtype = refined && form.entry.subtype !== undefined ? [form.entry.subtype.text] : [];
  const keys = form.plan.roles.flatMap(({ part, key }) =>
    part === "own" && key.length === 1 ? key.flatMap((pointer) => (pointer === undefined ? [] : [pointer.text])) : [],
  );
  return [...ofType, ...ofSubtype, ...keys];
}

function optionsAt(text: string, spot: Spot, all: readonly Spot[], fixed: readonly string[]): readonly Option[] {
  const { path, schema } = spot;
  const pointer = toPointer(...path);
  const place = pointer === "" ? "its data" : `\`${pointer}\``;
  const here = all.filter((other) => toPointer(...other.path) === pointer);
  const isFixed = (at: string): boolean => fixed.some((other) => other === at || other.startsWith(`${at}/`));
  const option = (what: string, hint: string, about: readonly string[], holds: Option["holds"]): Option => {
    return { id: `${text} ${toPointer(...about)} ${what}`, hint, place: about, path, holds };
  };
  const presence = Object.keys(propertiesOf(schema)).flatMap((name) => {
    const at = toPointer(...path, name);
    const required = requires(schema, name) || here.some((other) => requires(other.schema, name));
    if (required || isFixed(at)) return [];
    const has = (value: unknown): boolean => isObject(value) && Object.hasOwn(value, name);
    const place = [...path, name];
    return [
      option("present", `a \`${text}\` with \`${at}\``, place, has),
      option("absent", `a \`${text}\` without \`${at}\``, place, (value) => isObject(value) && !has(value)),
    ];
  });
  const types = isFixed(pointer) ? [] : (typesOf(schema) ?? []);
  const allowed = types.filter((type) => here.every((other) => typesOf(other.schema)?.includes(type) ?? true));
  const ofType = allowed.map((type) =>
    option(type, `a \`${text}\` in which ${place} is ${type === "null" ? "null" : `of type ${type}`}`, path, (value) =>
      isType(value, type),
    ),
  );
  const values = isFixed(pointer) ? [] : listOf(schema["enum"]);
  const ofValue = values.map((one) => {
    const json = JSON.stringify(one);
    return option(`= ${json}`, `a \`${text}\` in which ${place} is ${json}`, path, (value) => isSame(value, one));
  });
  const branches = spot.branches.map((branch, index) =>
    option(
      `branch ${index + 1}`,
      `a \`${text}\` in which ${place} fits branch ${index + 1} of its schema`,
      path,
      (value) => looksLike(value, branch),
    ),
  );
  return [
    ...presence,
    ...(ofType.length > 1 ? ofType : []),
    ...(ofValue.length > 1 && ofValue.length <= MOST_VALUES ? ofValue : []),
    ...branches,
  ];
}

function distinct(options: readonly Option[]): readonly Option[] {
  return [...new Map(options.map((option) => [option.id, option])).values()];
}

/** Does any value at the option's place hold? */
export function hasOption(data: unknown, option: Option, depth = 0): boolean {
  const name = option.path[depth];
  if (name === undefined) return option.holds(data);
  if (name === "*" && Array.isArray(data)) {
    return data.slice(0, MOST_ELEMENTS).some((element) => hasOption(element, option, depth + 1));
  }
  return isObject(data) && Object.hasOwn(data, name) && hasOption(data[name], option, depth + 1);
}
