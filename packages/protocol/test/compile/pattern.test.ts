import { describe, expect, test } from "vitest";
import { covers, matches, mostSpecific, OTHER, parsePattern, type Variant } from "../../src/compile/pattern.ts";
import { compilePointer, valueAt } from "../../src/compile/place.ts";

const variants: Readonly<Record<string, Variant>> = {
  t: { name: "t", subtype: undefined },
  "t[s]": { name: "t", subtype: "s" },
  "t[other]": { name: "t", subtype: OTHER },
  "t.x": { name: "t.x", subtype: undefined },
  u: { name: "u", subtype: undefined },
};

describe("patterns", () => {
  test.each([
    ["t", ["t", "t[s]", "t[other]"]],
    ["t[s]", ["t[s]"]],
    ["t[*]", ["t[s]", "t[other]"]],
    ["t*", ["t", "t[s]", "t[other]", "t.x"]],
    ["t.*", ["t.x"]],
    ["*", ["t", "t[s]", "t[other]", "t.x", "u"]],
  ])("%s matches %j", (text, expected) => {
    const pattern = parsePattern(text);
    expect(
      Object.keys(variants).filter((name) => matches(pattern, variants[name] ?? { name, subtype: undefined })),
    ).toEqual(expected);
  });

  test("the most specific wins, whatever the order", () => {
    const order = ["*", "t*", "t.*", "t", "t[*]", "t[s]"];
    const entries = order.map((text) => [parsePattern(text), text] as const);
    const winner = (name: string): string | undefined => {
      const variant = variants[name] ?? { name, subtype: undefined };
      expect(mostSpecific(entries.toReversed(), variant)).toBe(mostSpecific(entries, variant));
      return mostSpecific(entries, variant);
    };
    expect(Object.keys(variants).map(winner)).toEqual(["t", "t[s]", "t[*]", "t.*", "*"]);
  });

  test("one covers another if it matches all that the other matches", () => {
    const all = ["*", "t*", "t.*", "t", "t[*]", "t[s]", "t.x", "u"];
    const covered = (text: string): readonly string[] =>
      all.filter((other) => covers(parsePattern(text), parsePattern(other)));
    expect(covered("*")).toEqual(all);
    expect(covered("t*")).toEqual(["t*", "t.*", "t", "t[*]", "t[s]", "t.x"]);
    expect(covered("t")).toEqual(["t", "t[*]", "t[s]"]);
    expect(covered("t[*]")).toEqual(["t[*]", "t[s]"]);
    expect(covered("t[s]")).toEqual(["t[s]"]);
  });

  test("brackets and stars elsewhere are part of a name", () => {
    expect(matches(parsePattern("a[b]c"), { name: "a[b]c", subtype: undefined })).toBe(true);
    expect(matches(parsePattern("a]"), { name: "a]", subtype: undefined })).toBe(true);
  });
});

describe("pointers", () => {
  const read = (pointer: string, data: unknown): unknown => valueAt(data, compilePointer(pointer));

  test("read what is the data's own, and nothing else", () => {
    expect(read("/a/b~1c/0", { a: { "b/c": ["x"] } })).toBe("x");
    expect(read("", 7)).toBe(7);
    for (const birth of ["/constructor", "/length", "/__proto__", "/toString/name"]) {
      expect(read(birth, {})).toBeUndefined();
      expect(read(birth, [])).toBeUndefined();
      expect(read(birth, "text")).toBeUndefined();
    }
    expect(read("/__proto__", JSON.parse('{"__proto__":1}'))).toBe(1);
    expect(read("/a", null)).toBeUndefined();
  });
});
