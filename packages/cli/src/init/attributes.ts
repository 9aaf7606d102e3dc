/**
 * The lines that keep git from changing the bytes of streams and tapes and that `.gitattributes` lacks. Of the lines that
 * match a name git follows the last, so one that is overruled further down counts as missing.
 */
export function missingAttributes(text: string): readonly string[] {
  return WANTED.filter(({ patterns }) => !isBinary(text, patterns)).map(({ line }) => line);
}

const WANTED: readonly { readonly line: string; readonly patterns: readonly string[] }[] = [
  { line: "*.sse -text", patterns: ["*", "*.sse"] },
  { line: "*.sse.tape -text", patterns: ["*", "*.tape", "*.sse.tape"] },
];

function isBinary(text: string, patterns: readonly string[]): boolean {
  const words = text
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .filter(([pattern = ""]) => patterns.includes(pattern))
    .flatMap(([, ...attributes]) => attributes)
    .filter((attribute) => /^(?:[-!]?text(?:=.*)?|-?binary)$/.test(attribute));
  return ["-text", "binary"].includes(words.at(-1) ?? "");
}

/** The line that `.gitignore` lacks for what commands keep for themselves. */
export function missingIgnores(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [".ssert/", ".ssert", "/.ssert/", "/.ssert"].some((line) => lines.includes(line)) ? [] : [".ssert/"];
}
