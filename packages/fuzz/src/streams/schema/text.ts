import type { Dice } from "../../case/dice.ts";

/** Words of which most texts are made: a reader of a sample should see at once what matters in it. */
const WORDS = ["a", "the", "weather", "in", "Paris", "is", "42", "ok", "search", "x1", "done", "no."];

/** What breaks clients that take bytes for characters, lines for events, or text for its own escape. */
const HARD = [
  "😀",
  "👩‍👩‍👧‍👦",
  "🇩🇪",
  "𝒳",
  "e\u0301",
  "a\u0308\u0323",
  "שלום",
  "مرحبا",
  "\u202Eabc\u202C",
  "日本語",
  "ﷺ",
  "ß",
  "İ",
  "\u2028",
  "\u2029",
  "\u0085",
  "\u0000",
  "\u001F",
  "\u007F",
  "\u00A0",
  "\u00AD",
  "\u200B",
  "\uFEFF",
  "\uFFFD",
  "\uFFFF",
  "\u{10FFFF}",
  "\n",
  "\r",
  "\r\n",
  "\n\n",
  "\t",
  '"',
  "\\",
  "\\u0041",
  "/",
  "</script>",
  "data: x",
  "event: x",
  ": x",
  "[DONE]",
  "{}",
  "null",
  "`",
  "%00",
  " ",
];

/** A text of `least` to `most` code points: words, now and then nothing, or something hard to get right. */
export function drawText(dice: Dice, least = 0, most = 200): string {
  let text = "";
  let length = 0;
  const pieces = least === 0 && dice.once(8) ? 0 : dice.once(40) ? dice.between(10, 60) : dice.between(1, 3);
  for (let piece = 0; piece < pieces || length < least; piece += 1) {
    const next = dice.once(4) ? dice.pick(HARD) : piece === 0 ? dice.pick(WORDS) : ` ${dice.pick(WORDS)}`;
    const size = [...next].length;
    if (length + size > most) {
      if (length >= least) break;
      text += "x".repeat(least - length);
      length = least;
    } else {
      text += next;
      length += size;
    }
  }
  return text;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A short plain name, as ids are. */
export function drawName(dice: Dice): string {
  let name = dice.pick(["id", "call", "x", "n"]);
  for (let length = dice.between(1, 4); length > 0; length -= 1) name += LETTERS[dice.between(0, 35)];
  return name;
}

/** Names of properties that no schema has, some of which objects are born with. */
const ODD_NAMES = ["extra", "x_note", "", "__proto__", "constructor", "length", "0", "a/b", "m~n", "ключ", "😀", "a b"];

export function drawOddName(dice: Dice): string {
  return dice.pick(ODD_NAMES);
}

/** What `format` asks for, where a value can be given at once; the rest is drawn as any text, for it is only an annotation. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  date: ["2024-02-29", "1970-01-01"],
  "date-time": ["2024-02-29T23:59:60Z", "1970-01-01T00:00:00.000+01:00"],
  time: ["23:59:59Z"],
  duration: ["PT0S", "P1DT2H"],
  email: ["a@example.org"],
  hostname: ["example.org"],
  ipv4: ["127.0.0.1"],
  ipv6: ["::1"],
  uri: ["https://example.org/a?b=%20#c", "urn:a:b"],
  "uri-reference": ["../a", ""],
  uuid: ["00000000-0000-4000-8000-000000000000", "123e4567-e89b-12d3-a456-426614174000"],
  "json-pointer": ["", "/a~1b/0"],
  regex: ["^a+$"],
};

export function drawFormat(dice: Dice, format: unknown): string | undefined {
  const known = typeof format === "string" && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return known === undefined ? undefined : dice.pick(known);
}
