import { payloadSchemas } from "../../payload/schemas.ts";
import type { Problem } from "../problem.ts";
import type { ProtocolFile } from "../protocol-file.ts";
import { captureAdvice } from "./captures.ts";
import { contradictions } from "./contradictions.ts";
import { impossibleSchemas } from "./impossible.ts";
import { reachAdvice } from "./reach.ts";

/** What a file may say, and most likely does not mean: it loads, but part of it does nothing or nothing right fits it. */
export function* advice(file: ProtocolFile): Generator<Problem> {
  yield* reachAdvice(file);
  yield* contradictions(file);
  yield* captureAdvice(file);
  yield* impossibleSchemas(payloadSchemas(file));
}
