import { expect, it } from "vitest";
import type { JsonSchema } from "../../src/definition/protocol-file.ts";
import { createCoverage, type Protocol } from "../../src/index.ts";
import { define, ev } from "../monitor/streams.ts";
import { all, counts, measure } from "./measure.ts";

const scopes = { all: { open: "a", inner: { b: "any" }, close: "c" } } as const;

function withSchema(schema: JsonSchema): Protocol {
  return define("a b c", scopes, { events: { b: { schema } } });
}

/** What is counted of one `b` with this data. */
function of(protocol: Protocol, data: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(counts(measure(protocol, [[ev("a"), ev("b", data), ev("c")]]), "properties"));
}

it("asks for an optional property there and not there, not for a required one", () => {
  const protocol = withSchema({ type: "object", required: ["x"], properties: { x: { type: "string" }, y: {} } });
  expect(all(createCoverage(protocol).report(), "properties")).toEqual(["b /y present", "b /y absent"]);
  expect(of(protocol, { x: "", y: null })).toEqual(["b /y present"]);
  expect(of(protocol, { x: "" })).toEqual(["b /y absent"]);
});

it("looks into objects and lists: a property is absent only from an object that is there", () => {
  const point = { type: "object", properties: { x: {} } };
  const protocol = withSchema({ type: "object", properties: { at: point, list: { type: "array", items: point } } });
  expect(of(protocol, {})).toEqual(["b /at absent", "b /list absent"]);
  expect(of(protocol, { at: {}, list: [{ x: 1 }, {}] })).toEqual([
    "b /at present",
    "b /list present",
    "b /at/x absent",
    "b /list/*/x present",
    "b /list/*/x absent",
  ]);
});

it("asks for each of several types, values and branches", () => {
  const protocol = withSchema({
    type: "object",
    required: ["n", "e", "u"],
    properties: {
      n: { type: ["string", "null"] },
      e: { enum: ["x", "y"] },
      u: { oneOf: [{ type: "string" }, { $ref: "#/$defs/whole" }] },
    },
    $defs: { whole: { type: "integer" } },
  });
  expect(of(protocol, { n: null, e: "y", u: 1 })).toEqual(["b /n null", 'b /e = "y"', "b /u branch 2"]);
  expect(of(protocol, { n: "", e: "x", u: "" })).toEqual(["b /n string", 'b /e = "x"', "b /u branch 1"]);
});

it("does not ask for what another schema of the event forbids, nor for what makes it another event", () => {
  const protocol = define(
    "a c",
    { all: { open: "a", inner: { "b[s]": "any", b: "any" }, close: "c" } },
    {
      events: {
        b: {
          subtype: "/kind",
          schema: { type: "object", required: ["x"], properties: { t: {}, kind: { enum: ["s", "t"] } } },
        },
        "b[s]": { schema: { type: "object", properties: { x: {}, kind: { type: ["string", "null"] }, y: {} } } },
      },
    },
  );
  expect(all(createCoverage(protocol).report(), "properties")).toEqual([
    "b /kind present",
    "b /kind absent",
    'b /kind = "s"',
    'b /kind = "t"',
    "b[s] /y present",
    "b[s] /y absent",
  ]);
});

it("a schema that leads back to itself has an end", () => {
  const protocol = withSchema({ type: "object", properties: { next: { $ref: "#" } } });
  const ids = all(createCoverage(protocol).report(), "properties");
  expect(ids).toContain("b /next/next present");
  expect(ids.length).toBeLessThan(50);
});
