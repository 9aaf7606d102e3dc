import { QUIET_MS, type Repair, repairTape, TapeError } from "@ssert/tape";

export interface RepairHost {
  /** Comes back when so many milliseconds have passed, or as soon as the user wants no more: then with false. */
  wait(milliseconds: number): Promise<boolean>;
  /** A tape that needs a repair and could not have it. */
  refused(message: string): void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Repairs what can be repaired. A tape that was written just now may be that of a recorder at work: all such tapes are tried
 * once more, after one time of quiet for all of them, and left alone if they have changed in it.
 */
export async function repairAll(sources: readonly string[], host: RepairHost): Promise<readonly Repair[]> {
  const repairs: Repair[] = [];
  const repair = async (source: string, inUse: () => void): Promise<void> => {
    try {
      const repaired = await repairTape(source, host.now);
      if (repaired !== undefined) repairs.push(repaired);
    } catch (error) {
      if (!(error instanceof TapeError)) throw error;
      if (error.code === "in-use") inUse();
      else host.refused(error.message);
    }
  };
  const lately: string[] = [];
  for (const source of sources) await repair(source, () => lately.push(source));
  if (lately.length === 0) return repairs;
  const waited = await host.wait(QUIET_MS);
  for (const source of lately) {
    if (waited)
      await repair(source, () => host.refused(`${source} is still being recorded; repair it when that has ended`));
    else host.refused(`${source}: its recorder may be at work`);
  }
  return repairs;
}
