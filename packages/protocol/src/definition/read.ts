import { toPointer, valueAt } from "../payload/pointer.ts";
import { failure } from "./failure.ts";
import { isObject } from "./json.ts";
import { isTooDeep } from "./limits.ts";
import { meaningProblems } from "./meaning/meaning.ts";
import type { Complaints, Fail } from "./problem.ts";
import type { ProtocolFile } from "./protocol-file.ts";
import { type ResolveOptions, resolveDefinition } from "./resolve.ts";
import { isProtocolFile, structureProblems } from "./structure.ts";
import { type JsonText, parseJsonText } from "./text.ts";

/** What can be said about how a definition is read. */
export interface DefinitionOptions extends ResolveOptions {
  /** The file's name, for messages. */
  readonly source?: string | undefined;
}

/** A checked file, and how to report what is found wrong with it later. */
export interface ReadFile {
  readonly file: ProtocolFile;
  readonly fail: Fail;
}

/** The text of a protocol file → the whole, checked file. */
export async function readText(text: string, options: DefinitionOptions): Promise<ReadFile> {
  const json = parseJsonText(options.source, text);
  const schemas = new Map<string, JsonText>();
  const complaints = failure({ source: options.source, text: json, schemas });
  for (const problem of json.repeated) complaints.fail(problem);
  return read(json.value, options, schemas, complaints);
}

/** A definition that is at hand as a value → the whole, checked file; a copy. */
export async function readValue(definition: unknown, options: DefinitionOptions): Promise<ReadFile> {
  const schemas = new Map<string, JsonText>();
  const complaints = failure({ source: options.source, text: undefined, schemas });
  return read(copy(definition, complaints.fail), options, schemas, complaints);
}

function copy(definition: unknown, fail: Fail): unknown {
  if (isTooDeep(definition)) fail({ pointer: "", message: "the definition is nested too deeply" });
  try {
    return structuredClone(definition);
  } catch (cause) {
    return fail({ pointer: "", message: "the definition must be plain JSON values", cause });
  }
}

async function read(
  definition: unknown,
  options: DefinitionOptions,
  schemas: Map<string, JsonText>,
  complaints: Complaints,
): Promise<ReadFile> {
  const { fail } = complaints;
  for (const problem of structureProblems(definition)) fail(problem);
  const once = { ...options, readSchema: remembering(options.readSchema) };
  const file = await checked(definition, once, schemas, complaints);
  if (options.variant === undefined) {
    for (const variant of variantsOf(definition)) {
      // A variant that nobody has asked for yet shall not fail on the day that somebody does.
      const inVariant = within(toPointer("variants", variant), fail);
      await checked(definition, { ...once, variant }, schemas, { fail: inVariant, note: inVariant });
    }
  }
  return { file, fail };
}

async function checked(
  definition: unknown,
  options: DefinitionOptions,
  schemas: Map<string, JsonText>,
  complaints: Complaints,
): Promise<ProtocolFile> {
  const { fail } = complaints;
  const file = await resolveDefinition(definition, options, schemas, complaints);
  if (!isProtocolFile(file))
    return fail(structureProblems(file)[0] ?? { pointer: "", message: "must be a protocol file" });
  for (const problem of meaningProblems(file, ownRules(definition, options.variant))) fail(problem);
  return file;
}

export function variantsOf(definition: unknown): readonly string[] {
  const variants = valueAt(definition, "/variants");
  return isObject(variants) ? Object.keys(variants) : [];
}

/** Rules that the file, or its variant, sets itself: what it inherits may be about a scope that it has taken away. */
export function ownRules(definition: unknown, variant: string | undefined): readonly string[] {
  const part = variant === undefined ? definition : valueAt(definition, toPointer("variants", variant));
  const rules = valueAt(part, "/rules");
  return isObject(rules) ? Object.keys(rules).filter((id) => rules[id] !== null) : [];
}

function within(pointer: string, fail: Fail): Fail {
  return (problem) => fail({ ...problem, pointer: pointer + problem.pointer });
}

/** Reads each path once, however many variants name it. */
export function remembering(reader: ResolveOptions["readSchema"]): ResolveOptions["readSchema"] {
  const read = new Map<string, unknown>();
  return reader === undefined ? undefined : (path) => read.get(path) ?? read.set(path, reader(path)).get(path);
}
