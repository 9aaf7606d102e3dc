import type { Tape } from "@ssert/tape";
import { describe, expect, test } from "vitest";
import type { Difference } from "../src/replay/difference.ts";
import type { Miss } from "../src/replay/miss.ts";
import { ask, type Received, type Sent } from "./support/http.ts";
import { replaying } from "./support/servers.ts";
import { tapeFolder } from "./support/tapes.ts";

const folder = tapeFolder();

const POST = { method: "POST", url: "https://api.example/v1/messages?beta=1" };

async function missing(tapes: readonly Tape[], path: string, sent: Sent): Promise<Received & { miss: Miss }> {
  const { url } = await replaying({ tapes, speed: "instant" });
  const received = await ask(url + path, sent);
  return { ...received, miss: JSON.parse(received.text) };
}

async function differences(
  recorded: { method?: string; url?: string; body?: string | { base64: string } },
  path: string,
  sent: Sent,
): Promise<readonly Difference[] | undefined> {
  const tape = await folder.record(`d${Math.random()}`, { request: { ...POST, ...recorded } });
  return (await missing([tape], path, sent)).miss.nearest?.differences;
}

describe("a request that was not recorded", () => {
  test("is a 404 that people and programs can read", async () => {
    const tape = await folder.record("only", { request: { ...POST, body: '{"message":"hello"}' } });
    const { status, headers, text, miss } = await missing([tape], "/v1/messages?beta=1", {
      method: "POST",
      body: '{"message":"bye"}',
    });
    expect(status).toBe(404);
    expect(headers["content-type"]).toBe("application/json");
    expect(miss).toEqual({
      error: "no tape answers POST /v1/messages?beta=1",
      nearest: {
        tape: tape.path,
        request: "POST /v1/messages?beta=1",
        differences: [{ at: "body /message", recorded: '"hello"', received: '"bye"' }],
      },
      hint: expect.stringContaining("record this request"),
    });
    expect(text.split("\n").length).toBeGreaterThan(10);
  });

  test("shows the nearest of those that were", async () => {
    const body = (model: string, n: number): string => JSON.stringify({ model, n, messages: ["hi"] });
    const tapes = [
      await folder.record("far", { request: { ...POST, url: "/v1/models" } }),
      await folder.record("method", { request: { ...POST, method: "PUT", body: body("a", 1) } }),
      await folder.record("near", { request: { ...POST, body: body("b", 2) } }),
      await folder.record("nearest", { request: { ...POST, body: body("a", 2) } }),
    ];
    const { miss } = await missing(tapes, "/v1/messages?beta=1", { method: "POST", body: body("a", 1) });
    expect(miss.nearest?.tape).toContain("nearest.sse");
    expect(miss.nearest?.differences).toEqual([{ at: "body /n", recorded: "2", received: "1" }]);
  });

  test("does not use a tape up", async () => {
    const tape = await folder.record("kept", { request: POST });
    const server = await replaying({ tapes: [tape] });
    await ask(`${server.url}/nowhere`);
    expect(server.unused()).toEqual([tape.path]);
  });

  test("shows ten differences and counts the rest", async () => {
    const items = Array.from({ length: 25 }, (_, index) => index);
    const tape = await folder.record("lots", { request: { ...POST, body: JSON.stringify(items) } });
    const { miss } = await missing([tape], "/v1/messages?beta=1", {
      method: "POST",
      body: JSON.stringify(items.map((item) => item + 1)),
    });
    expect(miss.nearest?.differences).toHaveLength(10);
    expect(miss.nearest?.more).toBe(15);
  });
});

describe("what differs is shown", () => {
  const here = "/v1/messages?beta=1";

  test.each<[string, Parameters<typeof differences>[0], string, Sent, readonly Difference[]]>([
    ["in the method", {}, here, { method: "PUT" }, [{ at: "method", recorded: "POST", received: "PUT" }]],
    [
      "in the path",
      {},
      "/v1/massages?beta=1",
      { method: "POST" },
      [{ at: "path", recorded: "/v1/messages", received: "/v1/massages" }],
    ],
    [
      "in the query, by name",
      { url: "/v1/messages?beta=1&x=1" },
      "/v1/messages?beta=2&y=3",
      { method: "POST" },
      [
        { at: "query beta", recorded: "1", received: "2" },
        { at: "query x", recorded: "1" },
        { at: "query y", received: "3" },
      ],
    ],
    [
      "in JSON, by pointer",
      { body: '{"a/b":{"c~d":[1,2]},"gone":true}' },
      here,
      { method: "POST", body: '{"a/b":{"c~d":[1,3,4]}}' },
      [
        { at: "body /a~1b/c~0d/1", recorded: "2", received: "3" },
        { at: "body /a~1b/c~0d/2", received: "4" },
        { at: "body /gone", recorded: "true" },
      ],
    ],
    [
      "where an array came for an object",
      { body: '{"a":{"0":1}}' },
      here,
      { method: "POST", body: '{"a":[1]}' },
      [{ at: "body /a", recorded: '{"0":1}', received: "[1]" }],
    ],
    [
      "in text, by byte",
      { body: "Grüße, you" },
      here,
      { method: "POST", body: "Grüße, me" },
      [{ at: "body byte 9", recorded: "you", received: "me" }],
    ],
    ["where a body is missing", { body: "x" }, here, { method: "POST" }, [{ at: "body", recorded: "x" }]],
    ["where none was expected", {}, here, { method: "POST", body: "[1]" }, [{ at: "body", received: "[1]" }]],
    [
      "shortened, where it is long",
      { body: "[1]" },
      here,
      { method: "POST", body: JSON.stringify(["x".repeat(1000)]) },
      [{ at: "body /0", recorded: "1", received: `"${"x".repeat(119)}… (1002 characters)` }],
    ],
  ])("%s", async (_, recorded, path, sent, expected) => {
    expect(await differences(recorded, path, sent)).toEqual(expected);
  });
});
