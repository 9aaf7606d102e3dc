import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requestFacts } from "../src/replay/request.ts";
import { ask } from "./support/http.ts";
import { replaying } from "./support/servers.ts";
import { tapeFolder } from "./support/tapes.ts";

const folder = tapeFolder();

function key(method: string, url: string, body: string | Uint8Array = ""): string {
  return requestFacts(method, url, Buffer.from(body)).key;
}

/** The same value, written with its keys in another order and with white space. */
function rewritten(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(rewritten).join(" ,\n")} ]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toReversed();
  return `{\t${members.map(([name, member]) => `${JSON.stringify(name)} : ${rewritten(member)}`).join(", ")}}`;
}

describe("the same request is one with", () => {
  test.each<[string, string, string]>([
    ["another origin", key("GET", "https://api.example/v1/x?a=1"), key("GET", "/v1/x?a=1")],
    ["another order of its query", key("GET", "/x?b=2&a=1"), key("GET", "/x?a=1&b=2")],
    ["the same query in another spelling", key("GET", "/x?a=%41%20b"), key("GET", "/x?a=A+b")],
    [
      "a key in its query that the tape does not hold",
      key("GET", "/x?api_key=redacted"),
      key("GET", "/x?api_key=s3cret"),
    ],
    ["JSON numbers in another spelling", key("POST", "/x", '{"a":1.0}'), key("POST", "/x", '{"a":1}')],
  ])("%s", (_, recorded, received) => {
    expect(received).toBe(recorded);
  });

  test("JSON in another order of keys and with other white space", () => {
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value));
        expect(key("POST", "/", rewritten(json))).toBe(key("POST", "/", JSON.stringify(json)));
      }),
    );
  });
});

describe("another request is one with", () => {
  test.each<[string, string, string]>([
    ["another method", key("GET", "/x"), key("HEAD", "/x")],
    ["another path", key("GET", "/x"), key("GET", "/x/")],
    ["a path that looks like an origin", key("GET", "/x"), key("GET", "//host/x")],
    ["another query", key("GET", "/x?a=1"), key("GET", "/x?a=2")],
    ["values of one name in another order", key("GET", "/x?a=1&a=2"), key("GET", "/x?a=2&a=1")],
    ["another order in a JSON array", key("POST", "/", "[1,2]"), key("POST", "/", "[2,1]")],
    ["a string for a number", key("POST", "/", '{"a":1}'), key("POST", "/", '{"a":"1"}')],
    ["null for nothing", key("POST", "/", '{"a":null}'), key("POST", "/", "{}")],
    ["a member called __proto__", key("POST", "/", '{"__proto__":{"a":1}}'), key("POST", "/", "{}")],
    ["white space, where the body is not JSON", key("POST", "/", "a b"), key("POST", "/", "a  b")],
    ["a number in another spelling, where the body is text", key("POST", "/", "1.0"), key("POST", "/", "1")],
    [
      "JSON with bytes that are no text",
      key("POST", "/", Buffer.from('["\xff"]', "latin1")),
      key("POST", "/", Buffer.from('["\xfe"]', "latin1")),
    ],
    ["bytes that are no text", key("POST", "/", Buffer.from([0xff])), key("POST", "/", Buffer.from([0xfe]))],
  ])("%s", (_, one, other) => {
    expect(other).not.toBe(one);
  });

  test("JSON nested beyond the stack is compared as bytes", () => {
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    expect(key("POST", "/", deep)).toBe(key("POST", "/", deep));
    expect(key("POST", "/", ` ${deep}`)).not.toBe(key("POST", "/", deep));
  });
});

describe("a replay answers", () => {
  const instant = { speed: "instant" } as const;

  test("each request with its own tape", async () => {
    const post = { method: "POST", url: "https://api.example/v1/messages?beta=true" };
    const tapes = [
      await folder.record("hello", {
        request: { ...post, body: '{"message":"hello","n":1}' },
        chunks: [[0, "data: hello\n\n"]],
      }),
      await folder.record("bye", { request: { ...post, body: '{"message":"bye"}' }, chunks: [[0, "data: bye\n\n"]] }),
      await folder.record("list", {
        request: { url: "https://api.example/v1/messages" },
        chunks: [[0, "data: list\n\n"]],
      }),
    ];
    const { url } = await replaying({ tapes, ...instant });
    const say = (body: string): Promise<{ text: string }> =>
      ask(`${url}/v1/messages?beta=true`, { method: "POST", body });
    expect((await say('{ "n": 1, "message": "hello" }')).text).toBe("data: hello\n\n");
    expect((await say('{"message":"bye"}')).text).toBe("data: bye\n\n");
    expect((await ask(`${url}/v1/messages`)).text).toBe("data: list\n\n");
  });

  test("a request that was recorded as bytes", async () => {
    const body = Buffer.from([0xff, 0x00, 0xfe]);
    const request = { method: "POST", url: "/upload", body: { base64: body.toString("base64") } };
    const { url } = await replaying({
      tapes: [await folder.record("bytes", { request, chunks: [[0, "ok"]] })],
      ...instant,
    });
    expect((await ask(`${url}/upload`, { method: "POST", body })).text).toBe("ok");
    expect((await ask(`${url}/upload`, { method: "POST", body: Buffer.from([0xff]) })).status).toBe(404);
  });

  test("the same request with the next tape recorded for it, then with the last again", async () => {
    const tapes = await Promise.all(
      ["one", "two", "three"].map((name) => folder.record(`next-${name}`, { chunks: [[0, name]] })),
    );
    const { url } = await replaying({ tapes, ...instant });
    const answers: string[] = [];
    for (let request = 0; request < 5; request += 1) answers.push((await ask(`${url}/stream`)).text);
    expect(answers).toEqual(["one", "two", "three", "three", "three"]);
  });

  test("anything with a bare stream, as an event stream", async () => {
    const { url } = await replaying({ tapes: [await folder.bare("any", "data: x\n\n")], ...instant });
    const answer = await ask(`${url}/what/ever?a=1`, { method: "PUT", body: "x" });
    expect([answer.status, answer.headers["content-type"], answer.text]).toEqual([
      200,
      "text/event-stream",
      "data: x\n\n",
    ]);
  });

  test("anything with a tape without a request, as it was recorded", async () => {
    const tape = await folder.recordForAny("any-busy", {
      response: { status: 409, headers: {} },
      chunks: [[0, "busy"]],
    });
    const { url } = await replaying({ tapes: [tape], ...instant });
    expect(await ask(`${url}/x`)).toMatchObject({ status: 409, text: "busy" });
  });

  test("a recorded request with its tape before a bare stream", async () => {
    const tapes = [await folder.bare("else", "else"), await folder.record("exact", { chunks: [[0, "exact"]] })];
    const { url } = await replaying({ tapes, ...instant });
    expect((await ask(`${url}/stream`)).text).toBe("exact");
    expect((await ask(`${url}/other`)).text).toBe("else");
  });

  test("and says which tapes nobody asked for", async () => {
    const tapes = [
      await folder.record("used", { chunks: [[0, "a"]] }),
      await folder.record("unused", { chunks: [[0, "b"]] }),
    ];
    const server = await replaying({ tapes, ...instant });
    expect(server.unused()).toEqual(tapes.map(({ path }) => path));
    await ask(`${server.url}/stream`);
    expect(server.unused()).toEqual([tapes[1]?.path]);
    await ask(`${server.url}/stream`);
    expect(server.unused()).toEqual([]);
  });
});
