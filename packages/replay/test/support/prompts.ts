import fc from "fast-check";

/** Any text that JSON can hold, halves of surrogate pairs included. (`fc.string` takes seconds to make ready for that.) */
export function anyPrompt(): fc.Arbitrary<string> {
  const codePoint = fc.oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.integer({ min: 0, max: 0x10_ffff }),
  );
  return fc.array(codePoint, { maxLength: 200 }).map((points) => String.fromCodePoint(...points));
}
