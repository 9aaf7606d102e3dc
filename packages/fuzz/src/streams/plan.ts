import type { Protocol } from "@ssert/protocol";

/*
 * The generator walks by the plan that the monitor runs: what a type does in each scope is worked out in one place only.
 */
export type ProtocolPlan = Protocol["plan"];
export type TypeEntry = ReturnType<ProtocolPlan["types"]["find"]>;
export type TypePlan = TypeEntry["bare"];
export type Role = TypePlan["roles"][number];
export type KindRole = Role["kinds"][number];
export type ScopePlan = Role["scope"];
export type KindPlan = ScopePlan["kinds"][number];
export type Pointer = NonNullable<TypeEntry["subtype"]>;

/** The value that a pointer names, or undefined. */
export function valueAt(data: unknown, { tokens }: Pointer): unknown {
  let value = data;
  for (const token of tokens) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, token)) return undefined;
    value = Reflect.get(value, token);
  }
  return value;
}
