import { nearestWord } from "../nearest-word.ts";
import { ProtocolError } from "./error.ts";
import type { Complaints, Fail, Problem, TextPlace } from "./problem.ts";
import type { JsonText } from "./text.ts";

/** The texts that a definition was read from. */
export interface Texts {
  /** The definition's own file name. */
  readonly source: string | undefined;
  readonly text: JsonText | undefined;
  /** Schemas that are files of their own, by the path that the definition gives them. */
  readonly schemas: Map<string, JsonText>;
}

/** Names problems after their file, gives line and column where the text is at hand, and throws the first. */
export function failure(texts: Texts): Complaints {
  const fail: Fail = (problem) => {
    const { pointer, code = "bad-definition", cause } = problem;
    const { source, place } = placeOf(problem, texts);
    const where = [source, place && `line ${place.line}, column ${place.column}`].filter((part) => part !== undefined);
    const at = pointer === "" ? "" : ` at ${pointer}`;
    const best = suggestion(problem);
    const hint = best === undefined ? "" : `: did you mean ${JSON.stringify(best)}?`;
    const message = `${problem.message}${at}${where.length > 0 ? ` (${where.join(", ")})` : ""}${hint}`;
    throw new ProtocolError(code, message, { pointer, ...place }, { cause });
  };
  return { fail, note: fail };
}

interface Found {
  readonly source: string | undefined;
  readonly place: TextPlace | undefined;
}

/** Where a problem is: in the definition, or in the file of a schema that it names. */
export function placeOf(problem: Problem, { source, text, schemas }: Texts): Found {
  const { pointer, place } = problem;
  if (place !== undefined || text === undefined) return { source, place };
  const part = problem.onKey === true ? "key" : "value";
  const [, schema = "", rest = ""] = /^(\/events\/[^/]*\/schema)(\/.*)?$/.exec(pointer) ?? [];
  const path = schema === "" ? undefined : text.valueAt(schema);
  const inner = typeof path === "string" && rest !== "" ? schemas.get(path) : undefined;
  if (inner !== undefined) return { source: String(path), place: inner.locate(rest, part) };
  return { source, place: text.locate(pointer, part) };
}

/** The known word that was most likely meant. */
export function suggestion({ word, known = [] }: Problem): string | undefined {
  return word === undefined ? undefined : nearestWord(word, known);
}
