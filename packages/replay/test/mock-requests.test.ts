import { describe, expect, test } from "vitest";
import { KEY, PokeeClient } from "./support/pokee.ts";
import { mocking } from "./support/servers.ts";

async function client(): Promise<PokeeClient> {
  let ids = 0;
  const { url } = await mocking({ pace: 0, newId: (kind) => `${kind}-${++ids}` });
  return new PokeeClient(url);
}

function errorOf(text: string): string {
  return String(JSON.parse(text).error);
}

describe("sessions", () => {
  test("are opened with or without a body, and shown", async () => {
    const api = await client();
    const opened = await api.ask("POST", "/v1/sessions", { body: '{"persistent": true}' });
    expect(opened.status).toBe(201);
    expect(opened.headers.location).toBe("/v1/sessions/session-1");
    expect(JSON.parse(opened.text)).toEqual({ id: "session-1", busy: false, persistent: true });
    const plain = await api.ask("POST", "/v1/sessions");
    expect(JSON.parse(plain.text)).toEqual({ id: "session-2", busy: false, persistent: false });
    const shown = await api.ask("GET", "/v1/sessions/session-1?fields=all");
    expect(shown.status).toBe(200);
    expect(JSON.parse(shown.text)).toEqual({ id: "session-1", busy: false, persistent: true });
  });

  test("are shown to HEAD without a body", async () => {
    const api = await client();
    const shown = await api.ask("HEAD", `/v1/sessions/${await api.open()}`);
    expect([shown.status, shown.text]).toEqual([200, ""]);
  });

  test("have random ids by default", async () => {
    const api = new PokeeClient((await mocking()).url);
    const [one, two] = [await api.open(), await api.open()];
    expect(one).toMatch(/^sess_[0-9a-f]{32}$/);
    expect(one).not.toBe(two);
  });
});

describe("what the mock refuses", () => {
  test.each([
    ["no header", {}],
    ["another scheme", { authorization: "Basic abc" }],
    ["an empty key", { authorization: "Bearer  " }],
  ])("401 for %s", async (_, headers) => {
    const api = await client();
    const refused = await api.ask("POST", "/v1/sessions", { headers });
    expect(refused.status).toBe(401);
    expect(refused.headers["www-authenticate"]).toBe("Bearer");
    expect(errorOf(refused.text)).toContain("Authorization: Bearer KEY");
  });

  test("the scheme's case does not matter", async () => {
    const api = await client();
    expect((await api.ask("POST", "/v1/sessions", { headers: { authorization: "bearer k" } })).status).toBe(201);
  });

  test.each(["/", "/v1", "/v1/sessions/", "/v2/sessions", "/v1/sessions/a/messages/b"])("404 for %s", async (path) => {
    const refused = await (await client()).ask("GET", path);
    expect(refused.status).toBe(404);
    expect(errorOf(refused.text)).toContain("POST /v1/sessions/ID/messages");
  });

  test.each([
    ["GET", ""],
    ["POST", "/messages"],
  ])("404 for %s of a session that was never opened", async (method, rest) => {
    const sent = method === "POST" ? { body: '{"message":"x"}' } : {};
    const refused = await (await client()).ask(method, `/v1/sessions/nobody${rest}`, sent);
    expect(refused.status).toBe(404);
    expect(errorOf(refused.text)).toContain("no session nobody");
  });

  test.each([
    ["GET", "/v1/sessions", "POST"],
    ["POST", "/v1/sessions/x", "GET, HEAD"],
    ["DELETE", "/v1/sessions/x", "GET, HEAD"],
    ["GET", "/v1/sessions/x/messages", "POST"],
  ])("405 for %s %s", async (method, path, allow) => {
    const refused = await (await client()).ask(method, path);
    expect(refused.status).toBe(405);
    expect(refused.headers.allow).toBe(allow);
  });

  test.each([
    ["nothing", "", "not JSON"],
    ["text", "Hello", "not JSON"],
    ["ill-formed UTF-8", Buffer.from('{"message":"\xff"}', "latin1"), "not JSON"],
    ["an array", "[]", "an array"],
    ["null", "null", "null"],
    ["no message", "{}", '"message" is missing'],
    ["an empty message", '{"message": " "}', '"message" is empty'],
    ["a message that is no text", '{"message": {"text": "Hello"}}', '"message" is an object'],
  ])("400 for a message that is %s", async (_, body, what) => {
    const api = await client();
    const session = await api.open();
    const refused = await api.ask("POST", `/v1/sessions/${session}/messages`, { body });
    expect(refused.status).toBe(400);
    expect(errorOf(refused.text)).toContain('{"message": "Your prompt here."}');
    expect(errorOf(refused.text)).toContain(what);
    expect(await api.busy(session)).toBe(false);
  });

  test.each(["{", '{"persistent": "yes"}', "[]"])("400 for a session with the body %s", async (body) => {
    const refused = await (await client()).ask("POST", "/v1/sessions", { body });
    expect(refused.status).toBe(400);
    expect(errorOf(refused.text)).toContain('{"persistent": true}');
  });

  test.each([
    ["with its length told", {}],
    ["in chunks", { "transfer-encoding": "chunked" }],
  ])("413 for a body over a megabyte, %s, and the connection goes on", async (_, headers) => {
    const api = await client();
    const session = await api.open();
    const body = JSON.stringify({ message: "x".repeat(1024 * 1024) });
    const refused = await api.ask("POST", `/v1/sessions/${session}/messages`, {
      headers: { ...KEY, ...headers },
      body,
    });
    expect(refused.status).toBe(413);
    expect(errorOf(refused.text)).toContain("1048576 bytes");
    expect((await api.say(session, "Hello")).status).toBe(200);
  });

  test("no answer may be kept by a cache", async () => {
    const api = await client();
    const answers = [
      await api.ask("GET", "/"),
      await api.ask("POST", "/v1/sessions"),
      await api.say(await api.open(), "Hello"),
    ];
    expect(answers.map(({ headers }) => headers["cache-control"])).toEqual(["no-store", "no-store", "no-store"]);
  });
});
