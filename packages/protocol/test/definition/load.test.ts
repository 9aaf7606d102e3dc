import { createStreamCheck, defineProtocol, type Protocol, ProtocolError, parseProtocol } from "@ssert/protocol";
import { expect, test } from "vitest";
import { CALL, callWith } from "./small-protocol.ts";

/** The rules that a stream of `TYPE DATA` lines breaks. */
function broken(protocol: Protocol, ...events: readonly string[]): readonly string[] {
  const check = createStreamCheck({ protocol });
  for (const event of events) {
    const [type = "", data = "{}"] = event.split(" ");
    check.push(new TextEncoder().encode(`event: ${type}\ndata: ${data}\n\n`));
  }
  return check.end().findings.map(({ rule }) => rule);
}

test("a protocol file becomes a protocol that judges streams", async () => {
  const protocol = await parseProtocol(CALL);
  expect(protocol).toMatchObject({ name: "call", version: "1", id: "call@1" });
  expect(broken(protocol, "ring", 'say {"who":"ann"}', 'hush {"who":"ann"}', "hang_up")).toEqual([]);
  expect(broken(protocol, "ring", 'say {"who":"ann"}', "hang_up")).toEqual(["turn/unclosed"]);
  expect(broken(protocol, "ring", 'say {"who":1}', "hang_up")).toContain("event/payload");
});

test("a definition that is at hand gives the same protocol", async () => {
  const [parsed, defined] = await Promise.all([parseProtocol(CALL), defineProtocol(JSON.parse(CALL))]);
  expect(defined.rules).toEqual(parsed.rules);
});

test("a rule has the severity and the words that the file gives it", async () => {
  const words = '"event/unknown-type": { "severity": "off", "source": "Unknown types are skipped." }';
  const protocol = await parseProtocol(callWith('"event/unknown-type": "error"', words));
  expect(protocol.rules.find(({ id }) => id === "event/unknown-type")).toMatchObject({
    severity: "off",
    source: "Unknown types are skipped.",
  });
});

test("the schemas of openings are compiled: a scope's and a kind's", async () => {
  const opening = '"opening": { "required": ["loud"] }';
  const ofScope = await parseProtocol(callWith('"open": "say"', `"open": "say", ${opening}`));
  const ofKind = await parseProtocol(callWith('"open": "say"', `"kinds": { "shout": { "open": "say", ${opening} } }`));
  const stream = ["ring", 'say {"who":"ann"}', 'hush {"who":"ann"}', "hang_up"];
  expect(broken(ofScope, ...stream)).toEqual(["turn/opening"]);
  expect(broken(ofKind, ...stream)).toEqual([expect.stringMatching(/.opening$/)]);
});

test("a variant is a protocol of its own", async () => {
  const text = callWith('"rules"', '"variants": { "rude": { "scopes": { "turn": { "mustClose": false } } } }, "rules"');
  const rude = await parseProtocol(text, { variant: "rude" });
  expect(rude.id).toBe("call+rude@1");
  expect(broken(rude, "ring", 'say {"who":"ann"}', "hang_up")).toEqual([]);
});

const LATE: readonly [what: string, from: string, to: string, code: string, line: number, message: string][] = [
  ["a schema", '"type": "string"', '"type": "strng"', "bad-schema", 7, "at /events/say/schema/properties/who/type"],
  [
    "what the monitor cannot follow",
    '"open": "ring"',
    '"key": "/id", "open": "ring"',
    "bad-definition",
    12,
    "/scopes/call/key",
  ],
];

test.each(LATE)("%s is refused with its line, although it is found late", async (_, from, to, code, line, message) => {
  const error: unknown = await parseProtocol(callWith(from, to), { source: "call.json" }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProtocolError);
  expect(error).toMatchObject({ code, line });
  expect(String(error)).toContain(message);
  expect(String(error)).toContain(`(call.json, line ${line}, column `);
});

test("mistakes come as rejections, never as throws", () => {
  expect(() => parseProtocol("{").catch(() => undefined)).not.toThrow();
  expect(() => defineProtocol(undefined).catch(() => undefined)).not.toThrow();
});

test("what cannot be copied is no definition", async () => {
  await expect(defineProtocol({ protocol: () => "x" })).rejects.toThrow(ProtocolError);
});
