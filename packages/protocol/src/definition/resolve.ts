import { toPointer } from "../payload/pointer.ts";
import { isObject, type JsonObject, mergePatch } from "./json.ts";
import { isTooDeep } from "./limits.ts";
import { leavesFolder } from "./paths.ts";
import type { Complaints, Fail } from "./problem.ts";
import { type JsonText, parseJsonText } from "./text.ts";

/**
 * How a definition reaches the files that it names. A reader gets the path as written, except that what a base names is made
 * relative to the definition; it answers with the file's text, or with parsed JSON, at once or as a promise. Of a text the
 * places of mistakes can be told. A path that leaves the definition's folder never comes to it.
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
export async function resolveDefinition(
  definition: unknown,
  options: ResolveOptions,
  schemas: Map<string, JsonText>,
  complaints: Complaints,
): Promise<unknown> {
  const { fail } = complaints;
  if (!isObject(definition)) return definition;
  const complete = await applyExtends(definition, options, fail, LONGEST_CHAIN);
  const { variants: _, ...file } = applyVariant(complete, options.variant, "/variants", fail);
  return readSchemas(file, options, schemas, complaints);
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

async function readSchemas(
  definition: JsonObject,
  options: ResolveOptions,
  texts: Map<string, JsonText>,
  { note }: Complaints,
): Promise<JsonObject> {
  const { events } = definition;
  if (!isObject(events)) return definition;
  const known = new Map<string, unknown>();
  for (const [type, event] of Object.entries(events)) {
    const path = isObject(event) ? event["schema"] : undefined;
    if (typeof path !== "string" || known.has(path)) continue;
    const pointer = toPointer("events", type, "schema");
    const keep = (text: JsonText): unknown => texts.set(path, text);
    const schema = await readOr(note, path, "readSchema", options, pointer, keep);
    if (schema !== UNREAD && !isObject(schema) && typeof schema !== "boolean") {
      note({ code: "bad-schema", pointer, message: `${quote(path)} is not a JSON Schema: it holds no object` });
    }
    // What could not be read forbids nothing.
    known.set(path, isObject(schema) || typeof schema === "boolean" ? schema : true);
  }
  return { ...definition, events: mapSchemas(events, (path) => known.get(path)) };
}

const UNREAD: unique symbol = Symbol("could not be read");

async function read(
  path: string,
  by: "readSchema" | "readProtocol",
  options: ResolveOptions,
  pointer: string,
  fail: Fail,
): Promise<unknown> {
  return readOr(fail, path, by, options, pointer, () => {});
}

/** What a path holds; UNREAD after a problem that does not end the reading. */
async function readOr(
  note: Complaints["note"],
  path: string,
  by: "readSchema" | "readProtocol",
  options: ResolveOptions,
  pointer: string,
  keep: (text: JsonText) => void,
): Promise<unknown> {
  const reader = options[by];
  const unread = (message: string, cause?: unknown): unknown => {
    note({ code: "unreadable", pointer, message, cause });
    return UNREAD;
  };
  if (leavesFolder(path)) return unread(`${quote(path)} leaves the folder of the protocol file, so it is not read`);
  if (reader === undefined) return unread(`${quote(path)} is a path, but no option \`${by}\` says how to read it`);
  try {
    const answer = await reader(path);
    if (typeof answer !== "string") return isTooDeep(answer) ? unread(`${quote(path)} is nested too deeply`) : answer;
    const text = parseJsonText(path, answer);
    const [twice] = text.repeated;
    if (twice !== undefined) {
      return unread(`cannot use ${quote(path)}: in its line ${twice.place?.line ?? 0} ${twice.message}`);
    }
    keep(text);
    return text.value;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return unread(`cannot read ${quote(path)}: ${reason}`, cause);
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
