import type { Case } from "./case.ts";

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", '"': '\\"' };

/** A byte string as the inside of a JavaScript string: printable ASCII as it is, everything else escaped. */
function escapeBytes(text: string): string {
  return text.replace(
    /[^ -~]|["\\]/g,
    (byte) => named[byte] ?? `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** A text as the inside of a JavaScript string, with nothing invisible in it: what is not ASCII is escaped too. */
export function escapeText(text: string): string {
  return text.replace(
    /[^ -~]|["\\]/g,
    (unit) => named[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The chunks of a case in order, each in quotes: `"data: 1\r" "\n\r\n"`. */
export function escapeCase(candidate: Case): string {
  return quotedChunks(candidate).join(" ");
}

/** The chunks of a case in order, each as a JavaScript string with a character a byte. */
export function quotedChunks({ text, cuts }: Case): readonly string[] {
  return [0, ...cuts].map((start, index) => `"${escapeBytes(text.slice(start, cuts[index]))}"`);
}

/** What a parser or program said, in one line, with nothing in it that moves a terminal's cursor or turns its text around. */
export function withoutControls(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (unit) => named[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
