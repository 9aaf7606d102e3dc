import fc from "fast-check";
import { expect, test } from "vitest";
import { element } from "../src/xml.ts";
import { parseXml } from "./xml-tree.ts";

test("any text comes back as it was, from an attribute and from an element; what XML forbids is U+FFFD", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { attributes, text: content } = parseXml(element("a", { b: text }, text));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
      const kept = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
      expect([attributes["b"], content]).toEqual([kept, kept]);
    }),
    { examples: [["\r\n\t"], ["]]>"], ["&amp;<\"'"], ["\u0000\u001b\ud800\udfff\uffff"], ["😀"]] },
  );
});

test("elements stand in elements", () => {
  expect(element("a", {}, [element("b", { c: 1 }), element("d", {}, "<")])).toBe('<a>\n<b c="1"/>\n<d>&lt;</d>\n</a>');
});
