import { expect, it } from "vitest";
import { ssert } from "./in-process.ts";
import { file } from "./places.ts";

it("lists the built-in protocols", async () => {
  expect(await ssert(["protocol", "list"])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^pokee +version 1[\s\S]*^anthropic-messages +version 1/m),
    err: "",
  });
  expect(JSON.parse((await ssert(["protocol", "list", "--json"])).out)).toContainEqual(
    expect.objectContaining({ name: "pokee", version: "1" }),
  );
});

it("shows the rules of a protocol, how severe each is and where it comes from", async () => {
  const { code, out } = await ssert(["protocol", "show", "pokee"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^pokee@1: \d+ rules\n\n/);
  expect(out).toMatch(/^error {4}tool_call\/not-open +\S/m);
  expect(out).toMatch(/^warning {2}event\/unknown-type +\S/m);
});

it("shows them as JSON", async () => {
  const { id, rules } = JSON.parse((await ssert(["protocol", "show", "pokee", "--json"])).out);
  expect(id).toBe("pokee@1");
  expect(rules).toContainEqual(expect.objectContaining({ id: "tool_call/not-open", severity: "error" }));
});

it("shows the rules of a protocol file", async () => {
  const events = { a: {}, b: {} };
  const mine = { protocol: "mine", version: "2", type: "event", events, scopes: { all: { open: "a", close: "b" } } };
  const { code, out } = await ssert(["protocol", "show", file("mine.json", JSON.stringify(mine))]);
  expect(code).toBe(0);
  expect(out).toMatch(/^mine@2: \d+ rules\n/);
  expect(out).toContain("all/not-open");
});

it("knows what it does not know, exit 2", async () => {
  expect(await ssert(["protocol", "show", "pokeee"])).toEqual({
    code: 2,
    out: "",
    err: 'ssert: unknown protocol "pokeee" (did you mean pokee?); known: pokee, anthropic-messages, openai-responses, openai-chat; or name a protocol file, such as ./mine.json\n',
  });
  expect((await ssert(["protocol", "show", "antropic-message"])).err).toContain("(did you mean anthropic-messages?)");
  expect((await ssert(["protocol", "show", "zzz"])).err).not.toContain("did you mean");
});

it("says what it can be asked, exit 2", async () => {
  const { code, out, err } = await ssert(["protocol"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("Usage: ssert protocol");
});
