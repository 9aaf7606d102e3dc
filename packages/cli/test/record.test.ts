import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { spawnSsert } from "./child.ts";
import { ssert, start } from "./in-process.ts";
import { folder, nobody, openStream, origin, streamOrigin } from "./places.ts";
import { block, CREATED, ORPHANED_RESULT, text, VALID } from "./pokee.ts";

const output = (): string => join(folder(), "x.sse");
const lines = (out: string): unknown[] =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** The last line of a tape. */
function trailer(tape: string): unknown {
  return JSON.parse(readFileSync(`${tape}.tape`, "utf8").trim().split("\n").at(-1) ?? "");
}

describe("a stream that ends well", () => {
  it("is a tape of its exact bytes, exit 0", async () => {
    const tape = output();
    const { code, out, err } = await ssert(["record", await streamOrigin("data: 1\n\n", "data: 2\n\n"), "-o", tape]);
    expect(code).toBe(0);
    expect(readFileSync(tape, "utf8")).toBe("data: 1\n\ndata: 2\n\n");
    expect(trailer(tape)).toMatchObject({ end: "eof", bytes: 18 });
    expect(out).toMatch(/x\.sse: 200 text\/event-stream, 18 bytes in \d chunks?, \d\.\d{3} s, complete\n$/);
    expect(err).toMatch(/^200 text\/event-stream, recording/);
  });

  it("was asked for with curl's flags", async () => {
    const asked: unknown[] = [];
    const url = await origin((request, response) => {
      const { method, headers } = request;
      request.setEncoding("utf8").on("data", (body) => {
        asked.push({ method, key: headers.authorization, type: headers["content-type"], body });
        openStream(response).end("data: 1\n\n");
      });
    });
    const args = ["-X", "PUT", "-H", `Authorization: Bearer \${KEY}`, "-d", '{"message":"hi"}', "-o", output()];
    expect((await ssert(["record", url, ...args], { env: { KEY: "s3cret" } })).code).toBe(0);
    expect(asked).toEqual([
      { method: "PUT", key: "Bearer s3cret", type: "application/json", body: '{"message":"hi"}' },
    ]);
  });

  it("never has the key in its tape", async () => {
    const tape = output();
    await ssert(["record", await streamOrigin("data: 1\n\n"), "-H", "Authorization: Bearer s3cret", "-o", tape]);
    expect(readFileSync(`${tape}.tape`, "utf8")).not.toContain("s3cret");
  });

  it("is told as JSON", async () => {
    const tape = output();
    const { out } = await ssert(["record", await streamOrigin("data: 1\n\n"), "-o", tape, "--json", "--print"]);
    expect(lines(out)).toEqual([
      { event: { number: 1, type: null, data: "1", atUs: expect.any(Number) } },
      { recording: expect.objectContaining({ path: tape, end: "eof", bytes: 9, eventStream: true }) },
    ]);
  });
});

describe("--print", () => {
  it("shows an event as soon as it has come", async () => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>();
    const url = await origin((_, response) => {
      openStream(response).write(block("text.delta", { content: "one" }));
      resolve(response);
    });
    const running = start(["record", url, "-o", output(), "--print"]);
    expect(await running.outHas("\n")).toMatch(/^ {3}1 +\d\.\d{3} s {2}text\.delta {2}\{"content":"one"\}\n$/);
    (await promise).end();
    expect((await running.done).code).toBe(0);
  });

  it("shows nothing that could act upon the terminal", async () => {
    const url = await streamOrigin("data: \u001b[2Jwiped\u202e\ndata: two\n\n");
    const { out } = await ssert(["record", url, "-o", output(), "--print"]);
    expect(out).toContain("\\u{1b}[2Jwiped\\u{202e}\\ntwo\n");
  });

  it("goes quiet, and records on, when its reader has gone (`| head`)", async () => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>();
    const url = await origin((_, response) => {
      openStream(response).write("data: 1\n\n");
      resolve(response);
    });
    const tape = output();
    const child = spawnSsert(["record", url, "-o", tape, "--print"]);
    await child.outHas("\n");
    child.process.stdout?.destroy();
    const response = await promise;
    for (let n = 2; n <= 200; n += 1) response.write(`data: ${n}\n\n`);
    response.end();
    const { code, err } = await child.done;
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^200 text\/event-stream[^\n]*\n$/) });
    expect(readFileSync(tape, "utf8")).toContain("data: 200\n\n");
  });
});

describe("--protocol", () => {
  it("says valid", async () => {
    const { code, out } = await ssert(["record", await streamOrigin(VALID), "-o", output(), "--protocol", "pokee"]);
    expect(out).toContain("valid by pokee@1: 5 events, no findings\n");
    expect(code).toBe(0);
  });

  it("tells a finding as it comes, exit 1", async () => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>();
    const url = await origin((_, response) => {
      openStream(response).write(ORPHANED_RESULT);
      resolve(response);
    });
    const tape = output();
    const running = start(["record", url, "-o", tape, "--protocol", "pokee"]);
    expect(await running.outHas("tool_call/not-open")).toMatch(
      /^error {2}tool_call\/not-open {2}\(line 17, event 6\) {2}/,
    );
    (await promise).end();
    const { code, out } = await running.done;
    expect(code).toBe(1);
    expect(out).toContain("invalid by pokee@1: 8 events, 1 error, 0 warnings\n");
    expect(out).toContain(`To see them in place: ssert validate ${tape}\n`);
  });

  it("does not judge what is no event stream", async () => {
    const url = await origin((_, response) => {
      response.writeHead(409, { "content-type": "application/json" }).end('{"error":"busy"}');
    });
    const { code, out } = await ssert(["record", url, "-o", output(), "--protocol", "pokee", "--print"]);
    expect(code).toBe(1);
    expect(out.split("\n")).toHaveLength(3);
  });

  it("records on when an event is too large to judge, exit 2", async () => {
    const tape = output();
    const url = await streamOrigin(CREATED, "data: ", "x".repeat(17 * 2 ** 20));
    const { code, out, err } = await ssert(["record", url, "-o", tape, "--protocol", "pokee", "--json"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^ssert: recording on, but events are no longer read: [^\n]+\n$/);
    expect(lines(out)).toEqual([{ recording: expect.objectContaining({ end: "eof" }) }]);
    expect(statSync(tape).size).toBe(CREATED.length + 6 + 17 * 2 ** 20);
  });

  it("is written into the tape, so that validate knows", async () => {
    const tape = output();
    await ssert(["record", await streamOrigin(VALID), "-o", tape, "--protocol", "pokee"]);
    expect((await ssert(["validate", tape])).out).toContain("pokee@1");
  });
});

describe("a recording that did not end well is a tape all the same, exit 1:", () => {
  it("a status other than 200, with the server's reason", async () => {
    const url = await origin((_, response) => {
      response.writeHead(409, { "content-type": "application/json" }).end('{"error":"busy"}');
    });
    const tape = output();
    const { code, out } = await ssert(["record", url, "-o", tape]);
    expect(code).toBe(1);
    expect(out).toContain("409 application/json (not an event stream)");
    expect(out).toContain('\n  {"error":"busy"}\n');
    expect(readFileSync(tape, "utf8")).toBe('{"error":"busy"}');
  });

  it("a 200 that is no event stream", async () => {
    const url = await origin((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>"));
    expect((await ssert(["record", url, "-o", output()])).code).toBe(1);
  });

  it("a connection that is cut", async () => {
    const url = await origin((_, response) => {
      openStream(response).write("data: 1\n\n", () => response.destroy());
    });
    const tape = output();
    const { code, out } = await ssert(["record", url, "-o", tape]);
    expect(code).toBe(1);
    expect(out).toContain("the connection closed before the response was complete");
    expect(readFileSync(tape, "utf8")).toBe("data: 1\n\n");
  });

  it.each([
    ["--max-time", "50ms", "timeout"],
    ["--idle-timeout", "50ms", "timeout"],
    ["--max-bytes", "4", "limit"],
  ])("one that %s %s stopped", async (flag, value, end) => {
    const url = await origin((_, response) => openStream(response).write("data: 1\n\n"));
    const tape = output();
    expect((await ssert(["record", url, "-o", tape, flag, value])).code).toBe(1);
    expect(trailer(tape)).toMatchObject({ end });
  });
});

describe("Ctrl-C", () => {
  async function endless(): Promise<string> {
    return await origin((_, response) => openStream(response).write(CREATED + text("Hello")));
  }

  it("keeps the tape, says where it is, exit 1", async () => {
    const tape = output();
    const child = spawnSsert(["record", await endless(), "-o", tape, "--print"]);
    await child.outHas("text.stop");
    child.process.kill("SIGINT");
    const { code, signal, out } = await child.done;
    expect({ code, signal }).toEqual({ code: 1, signal: null });
    expect(out).toContain(`${tape}: 200 text/event-stream`);
    expect(out).toContain("client: ended by the client before the stream was over");
    expect(trailer(tape)).toMatchObject({ end: "client", bytes: Buffer.byteLength(CREATED + text("Hello")) });
  });

  it("ends a recording in this process in the same way", async () => {
    const tape = output();
    const running = start(["record", await endless(), "-o", tape, "--print"]);
    await running.outHas("text.stop");
    running.stop();
    expect((await running.done).code).toBe(1);
    expect(trailer(tape)).toMatchObject({ end: "client" });
  });
});

describe("what cannot be recorded, exit 2 with the way on:", () => {
  async function fails(...args: string[]): Promise<string> {
    const { code, out, err } = await ssert(["record", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^ssert: [^\n]+\n$/);
    return err;
  }

  it("a host that does not exist", async () => {
    expect(await fails("http://no-such-host.invalid/", "-o", output())).toContain("no-such-host.invalid");
  });

  it("a server that is not there", async () => {
    const url = await nobody();
    expect(await fails(url, "-o", output())).toContain(new URL(url).host);
  });

  it.each(["nonsense", "ftp://example.com/", "http://"])("a bad URL: %s", async (url) => {
    expect(await fails(url, "-o", output())).toContain(url);
  });

  it("a tape that is there already, unless --force says so", async () => {
    const tape = output();
    writeFileSync(tape, "precious");
    const url = await streamOrigin("data: 1\n\n");
    expect(await fails(url, "-o", tape)).toContain("--force");
    expect(readFileSync(tape, "utf8")).toBe("precious");
    expect((await ssert(["record", url, "-o", tape, "--force"])).code).toBe(0);
    expect(readFileSync(tape, "utf8")).toBe("data: 1\n\n");
  });

  it("a name that is no tape's", async () => {
    expect(await fails(await streamOrigin("data: 1\n\n"), "-o", join(folder(), "x.txt"))).toContain(".sse");
  });

  it("an unknown protocol, before the server is asked", async () => {
    const tape = output();
    const told = await fails("http://no-such-host.invalid/", "-o", tape, "--protocol", "poke");
    expect(told).toMatch(/poke\b.*pokee/);
    expect(existsSync(tape)).toBe(false);
  });
});
