import { toPointer } from "../payload/pointer.ts";
import { isObject, type JsonObject, mergePatch } from "./json.ts";
import type { Fail } from "./problem.ts";

/**
 * How a definition reaches the files that it names. A reader gets the path as written, except that what a base names is made
 * relative to the definition; it answers with parsed JSON, at once or as a promise.
 */
export interface ResolveOptions {
  /** Reads a payload schema: `"schema": "events/text.delta.schema.json"`. */
  readonly readSchema?: Reader | undefined;
  /** Reads the protocol file that `extends` names. */
  readonly readProtocol?: Reader | undefined;
  /** One of the definition's `variants`. */
  readonly variant?: string | undefined;
}

type Reader = (path: string) => unknown;

/** A chain of `extends` longer than this is a circle. */
const LONGEST_CHAIN = 32;

/** Applies `extends` and `variants` and puts every schema in the place of its path. */
export async function resolveDefinition(definition: unknown, options: ResolveOptions, fail: Fail): Promise<unknown> {
  if (!isObject(definition)) return definition;
  const complete = await applyExtends(definition, options, fail, LONGEST_CHAIN);
  const { variants: _, ...file } = applyVariant(complete, options.variant, "/variants", fail);
  return readSchemas(file, options, fail);
}

async function applyExtends(
  definition: JsonObject,
  options: ResolveOptions,
  fail: Fail,
  left: number,
): Promise<JsonObject> {
  const { extends: base, ...patch } = definition;
  if (typeof base !== "string") return definition;
  const pointer = "/extends";
  if (left === 0) return fail({ pointer, message: `${quote(base)} extends itself` });
  const [path = "", variant] = base.split("#");
  const found = await read(path, "readProtocol", options, pointer, fail);
  if (!isObject(found)) return fail({ pointer, message: `${quote(path)} is not a protocol file: it holds no object` });
  const complete = await applyExtends(relocate(found, path), options, fail, left - 1);
  const merged = mergePatch(applyVariant(complete, variant, pointer, fail), patch);
  return isObject(merged) ? merged : patch;
}

function applyVariant(definition: JsonObject, variant: string | undefined, pointer: string, fail: Fail): JsonObject {
  if (variant === undefined) return definition;
  const { variants, ...rest } = definition;
  const known = isObject(variants) ? Object.keys(variants) : [];
  const name = String(rest["protocol"]);
  if (!isObject(variants) || !known.includes(variant)) {
    const others = known.length === 0 ? "" : `, only ${known.map(quote).join(", ")}`;
    const message = `${name} has no variant ${quote(variant)}${others}`;
    return fail({ code: "unknown-variant", pointer, message, word: variant, known });
  }
  const merged = mergePatch(rest, variants[variant]);
  return isObject(merged) ? { ...merged, protocol: `${name}+${variant}` } : rest;
}

/** Paths in a base are relative to the base. */
function relocate(base: JsonObject, path: string): JsonObject {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const further = base["extends"];
  return {
    ...base,
    ...(typeof further === "string" ? { extends: folder + further } : {}),
    ...(isObject(base["events"]) ? { events: mapSchemas(base["events"], (schema) => folder + schema) } : {}),
  };
}

function mapSchemas(events: JsonObject, change: (path: string, type: string) => unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(events).map(([type, event]) => {
      if (!isObject(event) || typeof event["schema"] !== "string") return [type, event];
      return [type, { ...event, schema: change(event["schema"], type) }];
    }),
  );
}

async function readSchemas(definition: JsonObject, options: ResolveOptions, fail: Fail): Promise<JsonObject> {
  const { events } = definition;
  if (!isObject(events)) return definition;
  const known = new Map<string, unknown>();
  for (const [type, event] of Object.entries(events)) {
    const path = isObject(event) ? event["schema"] : undefined;
    if (typeof path !== "string" || known.has(path)) continue;
    const pointer = toPointer("events", type, "schema");
    const schema = await read(path, "readSchema", options, pointer, fail);
    if (!isObject(schema) && typeof schema !== "boolean") {
      fail({ code: "bad-schema", pointer, message: `${quote(path)} is not a JSON Schema: it holds no object` });
    }
    known.set(path, schema);
  }
  return { ...definition, events: mapSchemas(events, (path) => known.get(path)) };
}

async function read(
  path: string,
  by: "readSchema" | "readProtocol",
  options: ResolveOptions,
  pointer: string,
  fail: Fail,
): Promise<unknown> {
  const reader = options[by];
  const code = "unreadable";
  if (reader === undefined) {
    return fail({ code, pointer, message: `${quote(path)} is a path, but no option \`${by}\` says how to read it` });
  }
  try {
    return await reader(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return fail({ code, pointer, message: `cannot read ${quote(path)}: ${reason}`, cause });
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
