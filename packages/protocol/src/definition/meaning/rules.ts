import { pointerTokens, toPointer } from "../../payload/pointer.ts";
import { deriveRules } from "../../rules.ts";
import type { Problem } from "../problem.ts";
import type { ProtocolFile } from "../protocol-file.ts";

/**
 * Settings for rules that the protocol does not have: a typo would leave the rule that was meant as it is. Rules of a scope that
 * has a problem itself may well be there when that is mended.
 */
export function* ruleProblems(
  file: ProtocolFile,
  settings: readonly string[],
  inScopes: readonly Problem[],
): Generator<Problem> {
  const doubtful = new Set(inScopes.flatMap(({ pointer }) => pointerTokens(pointer).slice(1, 4)));
  const known = deriveRules(file).map(({ id }) => id);
  const names = new Set(known.map((id) => id.split("/")[0]));
  for (const id of settings) {
    const [scope = ""] = id.split("/");
    const unknown = inScopes.length > 0 && !names.has(scope);
    if (known.includes(id) || doubtful.has(scope) || unknown) continue;
    const message = `no construct of this protocol yields the rule ${JSON.stringify(id)}`;
    yield { pointer: toPointer("rules", id), onKey: true, message, word: id, known };
  }
}
