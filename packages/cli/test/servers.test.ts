import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { spawnServing } from "./child.ts";
import { serving, ssert } from "./in-process.ts";
import { file, folder, nobody, openStream, origin, streamOrigin } from "./places.ts";
import { VALID } from "./pokee.ts";

const endless = (): Promise<string> => origin((_, response) => openStream(response).write("data: 1\n\n"));

/** Reads the beginning of a stream and goes away. */
function leaveEarly(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { body = "", ...rest } = options;
    const client = request(url, rest, (response) => {
      response
        .on("error", () => {})
        .once("data", () => {
          client.destroy();
          resolve();
        });
    });
    client.on("error", reject).end(body);
  });
}

const KEY = { authorization: "Bearer x", "content-type": "application/json" };
const post = (url: string, body: unknown): Promise<Response> =>
  fetch(url, { method: "POST", headers: KEY, body: JSON.stringify(body) });

async function session(url: string): Promise<string> {
  const { id }: { id: string } = JSON.parse(await (await post(`${url}/v1/sessions`, {})).text());
  return `${url}/v1/sessions/${id}`;
}

describe("every server", () => {
  const commands = async (): Promise<Record<string, string[]>> => ({
    mock: ["mock"],
    replay: ["replay", file("x.sse", VALID)],
    proxy: ["proxy", await streamOrigin(VALID), "--dir", folder()],
  });

  it.each(["mock", "replay", "proxy"])(
    "%s says where it listens in its first line, and SIGTERM ends it with 0",
    async (name) => {
      const args = (await commands())[name] ?? [];
      const server = await spawnServing(args);
      expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
      await expect(fetch(server.url)).resolves.toBeInstanceOf(Response);
      server.process.kill("SIGTERM");
      expect(await server.done).toMatchObject({ code: 0, signal: null, out: `listening on ${server.url}\n` });
    },
  );

  it.each(["mock", "replay", "proxy"])("%s ends on Ctrl-C", async (name) => {
    const server = await serving((await commands())[name] ?? []);
    server.stop();
    expect((await server.done).code).toBe(0);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it.each(["mock", "replay", "proxy"])("%s says when its port is taken, exit 2", async (name) => {
    const { port } = new URL(await streamOrigin(""));
    const { code, out, err } = await ssert([...((await commands())[name] ?? []), "--port", port]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(new RegExp(`^ssert: [^\\n]*${port}[^\\n]*\\n$`));
  });

  // On a busy machine the first signal may be dealt with, tape and all, before the second is told: then it is tried again.
  it("ends at once when it is asked a second time", { retry: 3 }, async () => {
    const server = await spawnServing(["proxy", await endless(), "--dir", folder()]);
    await (await fetch(server.url)).body?.getReader().read();
    // Both wait for it to wake up: the second comes before the open tape can be finished.
    for (const signal of ["SIGSTOP", "SIGINT", "SIGTERM", "SIGCONT"] as const) server.process.kill(signal);
    const { SIGINT, SIGTERM } = constants.signals; // in either order
    expect([128 + SIGINT, 128 + SIGTERM]).toContain((await server.done).code);
  });
});

describe("proxy", () => {
  it("records what any client receives, and says so", async () => {
    const dir = folder();
    const proxy = await serving(["proxy", await streamOrigin(VALID), "--dir", dir, "--protocol", "pokee"]);
    expect(await (await fetch(`${proxy.url}/v1/x`)).text()).toBe(VALID);
    await proxy.errHas("complete\n");
    const [name = ""] = readdirSync(dir).filter((entry) => entry.endsWith(".sse"));
    expect(readFileSync(join(dir, name), "utf8")).toBe(VALID);
    proxy.stop();
    await proxy.done;
    expect((await ssert(["validate", dir])).out).toContain("pokee@1");
  });

  it("tells recordings as JSON on stdout", async () => {
    const proxy = await serving(["proxy", await streamOrigin(VALID), "--dir", folder(), "--json"]);
    await (await fetch(proxy.url)).text();
    const [, line = ""] = (await proxy.outHas(/\{.*\}\n/)).split("\n");
    expect(JSON.parse(line)).toMatchObject({ recording: { end: "eof", bytes: Buffer.byteLength(VALID) } });
    proxy.stop();
    expect((await proxy.done).err).toBe("");
  });

  it("lives on when a client leaves in mid-stream, and keeps what came", async () => {
    const dir = folder();
    const proxy = await serving(["proxy", await endless(), "--dir", dir]);
    await leaveEarly(proxy.url);
    await proxy.errHas("client: ended by the client");
    await leaveEarly(proxy.url);
    proxy.stop();
    expect((await proxy.done).code).toBe(0);
    expect(readdirSync(dir).filter((name) => name.endsWith(".sse"))).toHaveLength(2);
  });

  it("finishes the tapes that are open when it is ended", async () => {
    const dir = folder();
    const proxy = await spawnServing(["proxy", await endless(), "--dir", dir]);
    const response = await fetch(proxy.url);
    await response.body?.getReader().read();
    proxy.process.kill("SIGTERM");
    expect(await proxy.done).toMatchObject({ code: 0 });
    const [tape = ""] = readdirSync(dir).filter((name) => name.endsWith(".tape"));
    expect(readFileSync(join(dir, tape), "utf8")).toMatch(/\{"end":"interrupted".*\}\n$/);
  });

  it("tells when the origin is not there, to the client and on stderr, and lives on", async () => {
    const proxy = await serving(["proxy", await nobody(), "--dir", folder()]);
    expect((await fetch(proxy.url)).status).toBe(502);
    await proxy.errHas(/^ssert: /);
    expect((await fetch(proxy.url)).status).toBe(502);
    proxy.stop();
    expect((await proxy.done).code).toBe(0);
  });

  it("cannot stand before what is no address, exit 2", async () => {
    const { code, err } = await ssert(["proxy", "nonsense", "--dir", folder()]);
    expect(code).toBe(2);
    expect(err).toMatch(/^ssert: [^\n]*nonsense[^\n]*\n$/);
  });
});

describe("replay", () => {
  it("gives the bytes of a bare stream to any request, and logs it", async () => {
    const stream = file("x.sse", VALID);
    const replay = await serving(["replay", stream, "--speed", "instant"]);
    const response = await fetch(`${replay.url}/anything?at=all`);
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(await response.text()).toBe(VALID);
    expect(await replay.errHas("\n")).toBe(
      `GET /anything?at=all → 200, ${Buffer.byteLength(VALID)} bytes of ${stream}\n`,
    );
    replay.stop();
    expect((await replay.done).code).toBe(0);
  });

  it("answers only the request that was recorded; a miss says what is nearest", async () => {
    const tape = join(folder(), "x.sse");
    const url = `${await streamOrigin(VALID)}/v1/messages`;
    await ssert(["record", url, "-d", '{"message":"hi"}', "-o", tape]);
    const replay = await serving(["replay", tape, "--speed", "instant"]);
    const miss = await post(`${replay.url}/v1/messages`, { message: "ho" });
    expect(miss.status).toBe(404);
    expect(await miss.text()).toContain("/v1/messages");
    expect(await (await post(`${replay.url}/v1/messages`, { message: "hi" })).text()).toBe(VALID);
    replay.stop();
    await replay.done;
  });

  it("names the tapes that nobody asked for", async () => {
    const tape = join(folder(), "x.sse");
    await ssert(["record", await streamOrigin(VALID), "-o", tape]);
    const replay = await serving(["replay", tape]);
    replay.stop();
    expect((await replay.done).err).toBe(`never asked for: ${tape}\n`);
  });

  it("tells exchanges as JSON on stdout", async () => {
    const replay = await serving(["replay", file("x.sse", VALID), "--speed", "instant", "--json"]);
    await (await fetch(replay.url)).text();
    const [, line = ""] = (await replay.outHas(/\{.*\}\n/)).split("\n");
    expect(JSON.parse(line)).toMatchObject({ exchange: { method: "GET", status: 200, end: "eof" } });
    replay.stop();
    await replay.done;
  });

  it("lives on when a client leaves in mid-stream", async () => {
    const tape = join(folder(), "x.sse");
    const slow = await origin((_, response) => {
      openStream(response).write("data: 1\n\n");
      setTimeout(() => response.end("data: 2\n\n"), 300);
    });
    await ssert(["record", slow, "-o", tape]);
    const replay = await serving(["replay", tape]);
    await leaveEarly(replay.url);
    await replay.errHas("the client went away before the end");
    expect(await (await fetch(replay.url)).text()).toBe("data: 1\n\ndata: 2\n\n");
    replay.stop();
    await replay.done;
  });

  it.each([
    [["/nowhere/x.sse"], "/nowhere/x.sse"],
    [["-"], "standard input cannot be served"],
  ])("cannot serve %j, exit 2", async (args, expected) => {
    const { code, out, err } = await ssert(["replay", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(expected);
  });

  it("cannot serve a tape whose header is not JSON, exit 2", async () => {
    const stream = file("x.sse", VALID);
    writeFileSync(`${stream}.tape`, "not a header\n");
    const { code, err } = await ssert(["replay", stream]);
    expect(code).toBe(2);
    expect(err).toMatch(/^ssert: [^\n]*x\.sse\.tape[^\n]*\n$/);
  });
});

describe("mock", () => {
  it("answers a message with a stream of the protocol", async () => {
    const mock = await serving(["mock", "--pace", "0"]);
    const answer = await post(`${await session(mock.url)}/messages`, { message: "a poem, please" });
    const stream = file("answer.sse", await answer.text());
    expect(await ssert(["validate", stream, "--protocol", "pokee", "--max-warnings", "0"])).toMatchObject({ code: 0 });
    await mock.errHas(/POST \/v1\/sessions\/\S+\/messages → 200/);
    mock.stop();
    expect((await mock.done).code).toBe(0);
  });

  it("answers with the tapes that it is given", async () => {
    const mock = await serving(["mock", file("x.sse", VALID), "--pace", "0"]);
    expect(await (await post(`${await session(mock.url)}/messages`, { message: "hi" })).text()).toBe(VALID);
    mock.stop();
    await mock.done;
  });

  it("lives on when a client leaves in mid-stream; the session is busy", async () => {
    const mock = await serving(["mock", "--pace", "1000"]);
    const at = await session(mock.url);
    await leaveEarly(`${at}/messages`, { method: "POST", headers: KEY, body: '{"message":"a poem"}' });
    expect(await (await fetch(at, { headers: KEY })).json()).toMatchObject({ busy: true });
    expect((await post(`${at}/messages`, { message: "again" })).status).toBe(409);
    mock.stop();
    expect((await mock.done).code).toBe(0);
  });
});
