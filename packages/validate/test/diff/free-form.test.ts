import { defineProtocol } from "@ssert/protocol";
import { describe, expect, it } from "vitest";
import { isFreeForm } from "../../src/diff/free-form.ts";

const protocol = await defineProtocol({
  protocol: "free",
  version: "1",
  type: "event",
  events: {
    begin: {
      schema: {
        $defs: { any: { description: "whatever" } },
        type: "object",
        properties: {
          always: true,
          described: { description: "any JSON" },
          referred: { $ref: "#/$defs/any" },
          listed: { type: "array", items: { type: "object", properties: { inside: true } } },
          either: { anyOf: [{ type: "object", properties: { inside: true } }, { type: "string" }] },
          text: { type: "string" },
          object: { type: "object" },
        },
      },
    },
    end: {},
  },
  scopes: { message: { open: "begin", close: "end" } },
});

describe("any JSON may stand", () => {
  it.each([["always"], ["described"], ["referred"], ["listed", "*", "inside"], ["either", "inside"]])(
    "at %s %s %s",
    (...tokens) => {
      expect(isFreeForm(protocol, "begin", tokens)).toBe(true);
    },
  );

  it.each([["text"], ["object"], ["listed"], ["listed", "*"], ["unknown"], ["always", "below"], []])(
    "but not at %s %s",
    (...tokens) => {
      expect(isFreeForm(protocol, "begin", tokens)).toBe(false);
    },
  );

  it("is said by a protocol only, and for the event that it says it of", () => {
    expect(isFreeForm(undefined, "begin", ["always"])).toBe(false);
    expect(isFreeForm(protocol, "end", ["always"])).toBe(false);
  });
});
