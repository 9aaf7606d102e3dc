/** One comparison: ours against theirs in the same run; ratio > 1 means ours is faster, unless `better` says otherwise. */
export interface BenchRow {
  /** What was measured. */
  what: string;
  /** The ratio below which it is a fault, and the one we mean to reach. */
  gate: number;
  aim: number;
  ratio: number;
  /** `lower`: the ratio is a time over a time, and gate and aim bound it from above. */
  better?: "lower";
  /** Both sides with their unit. */
  ours: string;
  theirs: string;
}
