import type { ErrorObject } from "ajv";
import { describe, type PayloadProblem } from "./words.ts";

/** Checks parsed data against one schema. No problems: an empty list. */
export type PayloadCheck = (data: unknown) => readonly PayloadProblem[];

/** By the schema's JSON Pointer in the protocol file: `/events/text.delta/schema`, `/scopes/choice/opening`. */
export type PayloadChecks = ReadonlyMap<string, PayloadCheck>;

/** A validation function as Ajv compiles it, at run time or ahead of it. */
export interface CompiledSchema {
  (data: unknown): unknown;
  errors?: readonly ErrorObject[] | null;
}

const NONE: readonly PayloadProblem[] = [];

/** Turns what Ajv compiled into a check that speaks plain words. */
export function payloadCheck(validate: CompiledSchema): PayloadCheck {
  return (data) => (validate(data) === true ? NONE : (validate.errors ?? []).map((error) => describe(error, data)));
}
