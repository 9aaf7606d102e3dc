import type { Protocol } from "@ssert/protocol";

/*
 * What a protocol was compiled to: which scopes a type concerns, and what it does there. Mutants are made from it, so they
 * follow the constructs of the file and never a name of a protocol or an event.
 */

export type Plan = Protocol["plan"];
export type ScopePlan = Plan["stream"];
export type KindPlan = ScopePlan["kinds"][number];
export type TypeEntry = ReturnType<Plan["types"]["find"]>;
export type TypePlan = TypeEntry["bare"];
export type Role = TypePlan["roles"][number];
export type KindRole = Role["kinds"][number];
export type InnerPlan = NonNullable<KindRole["inner"]>;
export type CounterPlan = KindPlan["counters"][number];
export type ConstantPlan = KindPlan["constants"][number];
export type JoinedPlan = KindPlan["joined"][number];
