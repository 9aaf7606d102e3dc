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
export function escapeCase({ text, cuts }: Case): string {
  return [0, ...cuts].map((start, index) => `"${escapeBytes(text.slice(start, cuts[index]))}"`).join(" ");
}
