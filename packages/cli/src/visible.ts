/**
 * A stream's text as a terminal may show it: controls, bidirectional overrides and line separators become visible escapes,
 * so that nothing recorded can move the cursor, break the line or forge a message.
 */
export function visible(text: string): string {
  return text.replace(ACTIVE, (character) => {
    const named = NAMED[character];
    return named ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

const ACTIVE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu;
const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
