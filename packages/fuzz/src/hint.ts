import { nearestWord } from "@ssert/protocol";

/** ` (did you mean "x"?)` for a mistyped name of a list, or nothing where none is near. */
export function hintFor(word: string, known: readonly string[]): string {
  const meant = nearestWord(word, known);
  return meant === undefined ? "" : ` (did you mean ${JSON.stringify(meant)}?)`;
}
