import type { Problem } from "../problem.ts";
import type { ProtocolFile } from "../protocol-file.ts";
import { eventProblems } from "./events.ts";
import { ruleProblems } from "./rules.ts";
import { scopeProblems } from "./scopes.ts";

/** What the schema of protocol files cannot say: names that must exist, and constructs that must be able to work. `settings`: rules to look at. */
export function* meaningProblems(file: ProtocolFile, settings: readonly string[]): Generator<Problem> {
  yield* eventProblems(file);
  const inScopes = [...scopeProblems(file)];
  yield* inScopes;
  yield* ruleProblems(file, settings, inScopes);
}
