import type { Problem } from "./problem.ts";
import type { ProtocolFile } from "./protocol-file.ts";

export function* meaningProblems(_file: ProtocolFile): Generator<Problem> {}
