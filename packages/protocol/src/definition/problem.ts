import { ProtocolError, type ProtocolErrorCode } from "./error.ts";
import { nearest } from "./nearest.ts";
import type { JsonText } from "./text.ts";

/** A mistake in a definition, before it is known where in a text it is. */
export interface Problem {
  /** `bad-definition` when absent. */
  readonly code?: ProtocolErrorCode;
  /** JSON Pointer into the definition. */
  readonly pointer: string;
  /** The key at fault, where it is the key and not its value. */
  readonly onKey?: boolean;
  readonly message: string;
  /** The word that was not understood, and those that would have been. */
  readonly word?: string;
  readonly known?: readonly string[];
  readonly cause?: unknown;
}

/** Throws the problem as a ProtocolError that says where it is. */
export type Fail = (problem: Problem) => never;

/** Names problems after their file, and gives line and column where the text is at hand. */
export function failure(source: string | undefined, text: JsonText | undefined): Fail {
  return (problem) => {
    const { pointer, code = "bad-definition", cause } = problem;
    const place = text?.locate(pointer, problem.onKey === true ? "key" : "value");
    const where = [source, place && `line ${place.line}, column ${place.column}`].filter((part) => part !== undefined);
    const at = pointer === "" ? "" : ` at ${pointer}`;
    const message = `${problem.message}${at}${where.length > 0 ? ` (${where.join(", ")})` : ""}${hint(problem)}`;
    throw new ProtocolError(code, message, { pointer, ...place }, { cause });
  };
}

function hint({ word, known = [] }: Problem): string {
  const best = word === undefined ? undefined : nearest(word, known);
  return best === undefined ? "" : `: did you mean ${JSON.stringify(best)}?`;
}
