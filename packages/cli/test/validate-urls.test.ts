import { readdirSync } from "node:fs";
import type { Timeline } from "@ssert/report";
import { describe, expect, it } from "vitest";
import { spawnSsert } from "./child.ts";
import { ssert, start } from "./in-process.ts";
import { file, folder, nobody, openStream, origin, streamOrigin } from "./places.ts";
import { COMPLETED, CREATED, ORPHANED_RESULT, TRUNCATED, text, VALID } from "./pokee.ts";

const pokee = ["--protocol", "pokee"];

async function report(...args: string[]): Promise<{ code: number; streams: Record<string, unknown>[]; err: string }> {
  const { code, out, err } = await ssert(["validate", ...args, "--json"]);
  return { code, streams: JSON.parse(out).streams, err };
}

/** A stream that sends so much and then stays open. */
async function endless(...chunks: string[]): Promise<string> {
  return await origin((_, response) => {
    openStream(response);
    response.flushHeaders();
    for (const chunk of chunks) response.write(chunk);
  });
}

describe("a URL", () => {
  it("is fetched and judged, beside files", async () => {
    const url = await streamOrigin(CREATED, text("Hello"), COMPLETED);
    const { code, streams } = await report(url, file("x.sse", VALID), ...pokee);
    expect(code).toBe(0);
    expect(streams[0]).toMatchObject({ source: url, protocol: "pokee@1", verdict: "valid", findings: [] });
    expect(streams[1]).toMatchObject({ verdict: "valid" });
  });

  it("with findings is exit 1, with one that ends too early too", async () => {
    expect(await report(await streamOrigin(ORPHANED_RESULT), ...pokee)).toMatchObject({
      code: 1,
      streams: [{ verdict: "invalid", findings: [{ rule: "tool_call/not-open" }] }],
    });
    expect(await report(await streamOrigin(TRUNCATED), ...pokee)).toMatchObject({
      code: 1,
      streams: [{ verdict: "truncated" }],
    });
  });

  it("is judged by its response as well", async () => {
    const url = await origin((_, response) => {
      response.writeHead(500, { "content-type": "text/event-stream" }).end(VALID);
    });
    expect(await report(url, ...pokee)).toMatchObject({ code: 1, streams: [{ findings: [{ rule: "http/status" }] }] });
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: what the user types
  const KEY_HEADER = "Authorization: Bearer ${KEY}";

  it("is sent the method, headers and body that `ssert record` would send", async () => {
    const seen: unknown[] = [];
    const url = await origin((request, response) => {
      request.setEncoding("utf8").once("data", (body: string) => {
        seen.push(request.method, request.headers["authorization"], request.headers["x-one"], body);
        openStream(response).end(VALID);
      });
    });
    const headers = file("headers", "X-One: 1\n");
    const flags = ["-H", KEY_HEADER, "-H", `@${headers}`, "-d", '{"message":"hi"}', "-X", "put"];
    const { code } = await ssert(["validate", url, ...flags], { env: { KEY: "k" } });
    expect(code).toBe(0);
    expect(seen).toEqual(["PUT", "Bearer k", "1", '{"message":"hi"}']);
  });

  it("keeps its secrets out of the report", async () => {
    const url = await streamOrigin(VALID);
    const { out } = await ssert(["validate", `${url.replace("//", "//me:word@")}/x?api_key=k1&b=2`, "--json"]);
    expect(JSON.parse(out).streams[0].source).toBe(`${url}/x?api_key=redacted&b=2`);
  });
});

describe("several URLs, and standard input,", () => {
  /** A server whose streams end once so many of them are open at the same time; what it saw. */
  async function meeting(number: number, ...chunks: string[]): Promise<{ url: string; most: () => number }> {
    const open = new Set<() => void>();
    let most = 0;
    const url = await origin((_, response) => {
      openStream(response);
      response.flushHeaders();
      open.add(() => {
        for (const chunk of chunks) response.write(chunk);
        response.end();
      });
      most = Math.max(most, open.size);
      if (open.size < number) return;
      for (const end of open) end();
      open.clear();
    });
    return { url, most: () => most };
  }

  it("are read at the same time, and reported in their order", async () => {
    const { url } = await meeting(3, VALID);
    const sources = [`${url}/a`, `${url}/b`, `${url}/c`];
    const { code, streams } = await report(...sources, ...pokee);
    expect(code).toBe(0);
    expect(streams.map(({ source }) => source)).toEqual(sources);
  });

  it("six at a time, or as many as --jobs says", async () => {
    const { url, most } = await meeting(6, VALID);
    const all = Array.from({ length: 12 }, (_, n) => `${url}/${n}`);
    expect((await report(...all, ...pokee)).streams.map(({ source }) => source)).toEqual(all);
    expect(most()).toBe(6);
    const alone = await meeting(1, VALID);
    expect((await report(`${alone.url}/a`, `${alone.url}/b`, ...pokee, "--jobs", "1")).code).toBe(0);
    const two = await meeting(2, VALID);
    await report(`${two.url}/a`, `${two.url}/b`, `${two.url}/c`, `${two.url}/d`, ...pokee, "--jobs", "2");
    expect([alone.most(), two.most()]).toEqual([1, 2]);
  });

  it("are over before a file is judged, which would keep them waiting", async () => {
    const slow = await meeting(2, VALID);
    const a = file("a.sse", VALID);
    const running = start(["validate", `${slow.url}/1`, a, `${slow.url}/2`, "--format", "ndjson", ...pokee]);
    const { code, out } = await running.done;
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split("\n")
        .slice(0, 3)
        .map((line) => JSON.parse(line).source),
    ).toEqual([`${slow.url}/1`, a, `${slow.url}/2`]);
  });

  it("on Ctrl-C are all told with what came until then", async () => {
    let asked = 0;
    let all = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      all = resolve;
    });
    const url = await origin((_, response) => {
      openStream(response).write(ORPHANED_RESULT);
      asked++;
      if (asked === 3) all();
    });
    const sources = [`${url}/a`, `${url}/b`, `${url}/c`];
    const running = start(["validate", ...sources, "--format", "ndjson", ...pokee]);
    await arrived;
    running.stop();
    const { code, out, err } = await running.done;
    const told = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(told.slice(0, -1).map(({ source, verdict }) => [source, verdict])).toEqual(
      sources.map((source) => [source, "unreadable"]),
    );
    expect([code, err]).toEqual([2, expect.stringContaining("interrupted: 3 of 3 inputs were read")]);
  });
});

describe("what a URL gave, which it gives once,", () => {
  const pageOf = async (...args: string[]): Promise<{ timelines: (Timeline | null)[] }> => {
    const { out } = await ssert(["validate", ...args, ...pokee, "--format", "html"]);
    return JSON.parse(/id="data">(.*?)<\/script/s.exec(out)?.[1] ?? "");
  };

  it("is shown with its findings", async () => {
    const { out } = await ssert(["validate", await streamOrigin(ORPHANED_RESULT), ...pokee]);
    expect(out).toMatch(/event: tool_result\n +\d+ │ data: \{"id":"nobody","content":"sunny"/);
  });

  it("has a timeline, with the times at which it came", async () => {
    const url = await streamOrigin(CREATED, text("Hello"), COMPLETED);
    const [timeline] = (await pageOf(url)).timelines;
    expect(timeline).toMatchObject({ source: url, lanes: ["stream", "text"], total: { events: 5 } });
    expect(timeline?.events.map(({ atUs }) => typeof atUs)).toEqual(Array.from({ length: 5 }, () => "number"));
    expect(timeline?.chunks.length).toBeGreaterThan(0);
    expect(timeline?.closedUs).toBeGreaterThanOrEqual(timeline?.events.at(-1)?.atUs ?? Number.POSITIVE_INFINITY);
  });

  it("is not shown where the report is private", async () => {
    const url = await streamOrigin(ORPHANED_RESULT);
    expect((await ssert(["validate", url, ...pokee, "--private"])).out).not.toMatch(/sunny|│/);
    expect((await pageOf(url, "--private")).timelines).toEqual([null]);
  });

  it("is not taken for that of another URL which looks the same without its secrets", async () => {
    let answers = 0;
    const url = await origin((_, response) => {
      answers++;
      openStream(response).end(answers === 1 ? VALID : `: a longer beginning\n\n${ORPHANED_RESULT}`);
    });
    const same = [`${url}/?api_key=one`, `${url}/?api_key=two`];
    const { out } = await ssert(["validate", ...same, ...pokee, "--jobs", "1"]);
    expect(out).toContain("tool_call/not-open");
    expect(out).not.toContain("│");
    expect((await pageOf(...same)).timelines).toEqual([null, null]);
  });
});

describe("a stream that does not end", () => {
  it("is judged by what came within --max-time, exit 1 where that is not a whole answer", async () => {
    const url = await endless(CREATED, text("Hello"));
    const { code, streams } = await report(url, ...pokee, "--max-time", "300ms");
    expect(code).toBe(1);
    expect(streams[0]).toMatchObject({
      verdict: "truncated",
      events: 4,
      findings: [{ rule: "http/stopped", severity: "warning" }, { rule: "stream/truncated" }],
    });
  });

  it("is valid with a warning where what came is whole", async () => {
    const { code, streams } = await report(await endless(VALID), ...pokee, "--idle-timeout", "200ms");
    expect(code).toBe(0);
    expect(streams[0]).toMatchObject({ verdict: "valid", findings: [{ rule: "http/stopped", severity: "warning" }] });
  });

  it("ends on Ctrl-C with what was found, exit 2", async () => {
    let sent = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      sent = resolve;
    });
    const url = await origin((_, response) => {
      openStream(response).write(ORPHANED_RESULT, () => sent());
    });
    const child = spawnSsert(["validate", url, "--format", "ndjson", ...pokee]);
    await arrived;
    child.process.kill("SIGINT");
    const { code, signal, err } = await child.done;
    expect({ code, signal }).toEqual({ code: 2, signal: null });
    expect(err).toMatch(/interrupted: 1 of 1 inputs/);
  });

  it("whose answer never comes ends by --max-time, exit 2", async () => {
    const url = await origin(() => {});
    const { code, streams } = await report(url, "--max-time", "200ms");
    expect(code).toBe(2);
    expect(streams[0]).toMatchObject({
      verdict: "unreadable",
      reason: "no answer came in time; allow more (--max-time)",
    });
  });

  it("and whose answer never comes, on Ctrl-C, too", async () => {
    let asked = (): void => {};
    const request = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const running = start(["validate", await origin(() => asked())]);
    await request;
    running.stop();
    expect((await running.done).code).toBe(2);
  });
});

describe("what is no event stream is exit 2, and says what came:", () => {
  it("a redirect, which is not followed", async () => {
    let followed = false;
    const url = await origin((request, response) => {
      followed ||= request.url === "/there";
      response.writeHead(302, { location: "/there?token=secret" }).end("moved");
    });
    const { code, streams } = await report(url, ...pokee);
    expect({ code, followed }).toEqual({ code: 2, followed: false });
    expect(streams[0]).toMatchObject({ verdict: "unreadable", bytes: 0 });
    expect(streams[0]?.["reason"]).toContain(
      `status 302; it redirects to ${url}/there?token=redacted, which is not followed`,
    );
  });

  it("an HTML error page, by its first line", async () => {
    const url = await origin((_, response) => {
      response.writeHead(502, { "content-type": "text/html; charset=utf-8" });
      response.end(`\n\n<html><title>Bad Gateway ${"x".repeat(300)}</title>\n<body>no</body></html>`);
    });
    const [stream] = (await report(url, ...pokee)).streams;
    expect(stream?.["reason"]).toMatch(
      /^the response is text\/html, status 502; its body begins: <html><title>Bad Gateway x{1,200}…$/,
    );
  });

  it("an answer without a body", async () => {
    const url = await origin((_, response) => response.writeHead(204).end());
    const [stream] = (await report(url)).streams;
    expect(stream?.["reason"]).toBe("the response is without a content type, status 204; its body is empty");
  });

  it("an error page that never ends its line", async () => {
    const url = await origin((_, response) => {
      response.writeHead(500, { "content-type": "text/plain" }).write("x".repeat(5000));
    });
    expect((await report(url)).streams[0]?.["reason"]).toContain("its body begins: xxx");
  });

  it("nothing that listens there", async () => {
    expect(await report(await nobody())).toMatchObject({
      code: 2,
      streams: [{ verdict: "unreadable", reason: expect.stringContaining("nothing listens there") }],
    });
  });

  it("what is no URL", async () => {
    expect((await report("http://")).streams[0]?.["reason"]).toMatch(/is no URL of HTTP/);
  });
});

it("a connection that is cut is told beside what the stream lacks", async () => {
  const url = await origin((_, response) => {
    openStream(response).write(CREATED, () => response.destroy());
  });
  const { code, streams } = await report(url, ...pokee);
  expect(code).toBe(1);
  expect(streams[0]).toMatchObject({ findings: [{ rule: "http/cut" }, { rule: "stream/truncated" }] });
});

it("standard input can be an input or a body, not both", async () => {
  const { code, err } = await ssert(["validate", "-", await nobody(), "-d", "-"]);
  expect({ code, err }).toEqual({
    code: 2,
    err: "ssert: standard input is named twice: as an input, and by -d -\n",
  });
});

it("is no file: nothing is written anywhere", async () => {
  const where = folder();
  const { code } = await spawnSsert(["validate", await streamOrigin(VALID)], { cwd: where }).done;
  expect(code).toBe(0);
  expect(readdirSync(where)).toEqual([]);
});
