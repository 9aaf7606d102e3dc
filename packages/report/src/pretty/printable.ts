/**
 * Whatever a stream, a file name or a message holds, as text that a terminal only shows: no escape sequence, no line
 * break, no reordering gets through.
 *
 * C0 and DEL become their control pictures (ESC is ␛, a tab is ␉: in a stream it matters which it is); C1, bidirectional
 * controls, line separators, other invisible characters and lone surrogates become `<U+XXXX>`. Joiners stay: scripts and
 * emoji need them.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, picture);
}

// Cc: controls. Cf: formats, among them bidirectional controls, zero width space, byte order mark, tags. Zl, Zp: line and
// paragraph separator. Cs: a surrogate without its other half. Except U+200C and U+200D, the joiners.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu;

const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;
const PICTURE_OF_DELETE = "\u2421";

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  if (code === DELETE) return PICTURE_OF_DELETE;
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/**
 * How many terminal columns a printable text takes. Good for the scripts and emoji that streams carry; it knows nothing of
 * emoji joined by ZWJ (which terminals disagree about) nor of ambiguous widths, so a caret after those may be off.
 */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

const NARROW = /^[\u0020-\u007e]*$/u;
const ZERO = /^[\p{M}\u200c\u200d]/u;
const WIDE =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** The longest beginning of a printable text that fits into `width` columns. */
export function fit(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}
