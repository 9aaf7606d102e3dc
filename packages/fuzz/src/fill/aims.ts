import type { CoverageItem } from "@ssert/protocol";
import type { Aim } from "../streams/sample-stream.ts";
import type { GroupItem } from "./probe.ts";

/**
 * What to ask a drawn stream for, so that it may have an item. The last is no aim at all: not every item is reached by asking
 * for its event.
 */
export function aimsOf(one: GroupItem | undefined, transitions: readonly CoverageItem[]): readonly (Aim | undefined)[] {
  if (one === undefined) return [undefined];
  const { id, event, after, path } = one.item;
  if (event === undefined) return aimsOfRule(id, transitions);
  const property = path === undefined || path.includes("*") ? [] : [{ event, property: path }];
  return [...property, { event, after }, { event, after }, { event }, undefined];
}

/** A rule of a scope or of a kind (`S/what`) has to do with something that comes after something there. */
export function aimsOfRule(rule: string, transitions: readonly CoverageItem[]): readonly (Aim | undefined)[] {
  const [owner = ""] = rule.split("/");
  const own = transitions.filter(({ id }) => {
    const [scope, kind] = (id.split(":")[0] ?? "").split(" ");
    return scope === owner || kind === owner;
  });
  const aims = own.flatMap(({ event, after }) => (event === undefined ? [] : [{ event, after }]));
  const openings = aims.filter(({ after }) => after === undefined);
  const closings = own.filter(({ id }) => id.endsWith("(closes)"));
  // A second instance after a first: what `overlap` and `reopened` are about.
  const again = openings.flatMap(({ event }) =>
    closings.slice(0, 1).map((closing) => ({ event, after: closing.event })),
  );
  return [...again, ...aims, undefined];
}
