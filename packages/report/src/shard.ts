import type { RuleDescription } from "./rule-description.ts";

/** What makes a report a part of a larger one: which part, and what the others must agree with. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
  /** Of all shards together. */
  readonly inputs: number;
  /** SHA-256 of their names in their order. */
  readonly inputsSha256: string;
  /** `ssert x.y.z` */
  readonly tool: string;
  /** `name@version` of the protocol chosen for all streams; null where each tape's own was taken. */
  readonly protocol: string | null;
  /** The protocols that this part's streams were judged by, sorted by id. */
  readonly protocols: readonly { readonly id: string; readonly rules: readonly RuleDescription[] }[];
  /** Protocols that tapes of this part name and that are not known, sorted. */
  readonly unknownProtocols: readonly string[];
  /** Nothing of what streams hold is in the report, nor may be added to it. Absent where there is no such wish. */
  readonly private?: true;
}
