import type { ParserAdapter } from "../adapters/adapter.ts";
import { FuzzError } from "../error.ts";
import { type CheckOptions, checkParser } from "./check.ts";
import type { CheckResult } from "./check-result.ts";
import { describeFindings } from "./describe.ts";

/** For a test suite: `checkParser` that throws a `FuzzError` with every finding, ready to be read, if there is a bug. */
export async function assertParser(adapter: ParserAdapter, options: CheckOptions = {}): Promise<CheckResult> {
  const result = await checkParser(adapter, options);
  if (!result.ok) throw new FuzzError("counterexample", describeFindings(result));
  return result;
}
