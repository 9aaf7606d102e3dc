import type { ProtocolFile, Step, Times } from "../definition/protocol-file.ts";
import { matches, type Pattern, parsePattern } from "./pattern.ts";
import type { AfterPlan } from "./plan.ts";
import { shownPattern } from "./shown.ts";

/** What may or must come when the stream's scope has ended, with the pattern that names it. */
export interface AfterSource {
  readonly pattern: Pattern;
  readonly plan: AfterPlan;
}

export function compileAfter(file: ProtocolFile): readonly AfterSource[] {
  const entries = Object.values(file.scopes).flatMap(({ after }) => Object.entries(timesOf(after)));
  return entries.map(([text, times], index) => {
    return { pattern: parsePattern(text), plan: { index, shown: shownPattern(file, text), times } };
  });
}

/** A pattern or a list of them: each may come as often as it likes. */
function timesOf(after: string | readonly string[] | Step | undefined): Step {
  if (after === undefined) return {};
  if (typeof after === "string") return { [after]: "any" };
  return isList(after) ? Object.fromEntries(after.map((pattern): [string, Times] => [pattern, "any"])) : after;
}

function isList(after: readonly string[] | Step): after is readonly string[] {
  return Array.isArray(after);
}

/** The plan of the first pattern that names a type. Subtypes are not looked at. */
export function afterOf(sources: readonly AfterSource[], name: string): AfterPlan | undefined {
  return sources.find(({ pattern }) => pattern.name === name || matches(pattern, { name, subtype: undefined }))?.plan;
}
