import { appendFile, chmod, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtinProtocol, type Protocol, ProtocolError } from "@ssert/protocol";
import type { StreamReport } from "@ssert/report";
import type { TapeResponse } from "@ssert/tape";
import { type StreamOptions, ValidateError, validateStream } from "@ssert/validate";
import { describe, expect, test } from "vitest";
import { folderOf, put } from "./folder.ts";
import { putTape, TRUNCATED, VALID } from "./tapes.ts";

function pokee(): Protocol {
  const protocol = builtinProtocol("pokee");
  if (!protocol) throw new Error("pokee is built in");
  return protocol;
}

const asPokee: StreamOptions = { protocol: pokee };
const asTheTapeSays: StreamOptions = { protocol: (name) => (name === undefined ? undefined : builtinProtocol(name)) };

function validateFile(path: string, options: StreamOptions = asPokee): Promise<StreamReport> {
  return validateStream({ kind: "file", source: path }, options);
}

async function validateText(text: string | Uint8Array, options: StreamOptions = asPokee): Promise<StreamReport> {
  return await validateFile(await put(await folderOf(), "x.sse", text), options);
}

/** A text in which thinking begins, and then other texts: one error, and one that may follow from it. */
const ONE_HELD_BACK =
  'event: message.created\ndata: {"id":"m","session_id":"s","status":"in_progress"}\n\n' +
  "event: text.start\ndata: {}\n\nevent: thinking.start\ndata: {}\n\nevent: text.start\ndata: {}\n\n" +
  "event: text.start\ndata: {}\n\n";

function rulesOf({ findings }: StreamReport): string[] {
  return findings.map(({ rule }) => rule);
}

describe("a file", () => {
  test("that keeps to its protocol is valid", async () => {
    const path = await put(await folderOf(), "x.sse", VALID);
    expect(await validateFile(path)).toEqual({
      source: path,
      protocol: "pokee@1",
      verdict: "valid",
      events: 5,
      bytes: Buffer.byteLength(VALID),
      findings: [],
      heldBack: 0,
    });
  });

  test("without a protocol is held to the wire rules, and the report says so", async () => {
    expect(await validateText(VALID, {})).toMatchObject({ protocol: null, verdict: "valid", events: 5 });
    expect(await validateText("data: not json\n\n", {})).toMatchObject({ verdict: "valid", findings: [] });
    const garbled = await validateText(Buffer.from("data: a\xff\n\n", "latin1"), {});
    expect(garbled).toMatchObject({ protocol: null, verdict: "invalid" });
    expect(rulesOf(garbled)).toEqual(["sse/invalid-utf8"]);
  });

  test("with a broken event is invalid, with the place", async () => {
    const report = await validateText(VALID.replace('{"content":', '{"content"'));
    expect(report).toMatchObject({
      verdict: "invalid",
      findings: [{ rule: "event/not-json", location: { line: 8, column: 7 } }],
    });
  });

  test("that ends too early is truncated", async () => {
    const report = await validateText(TRUNCATED);
    expect(report.verdict).toBe("truncated");
    expect(rulesOf(report)).toEqual(["stream/truncated"]);
  });

  test("without any byte is truncated when a protocol asks for more", async () => {
    expect(await validateText("")).toMatchObject({ verdict: "truncated", events: 0, bytes: 0 });
    expect(await validateText("", {})).toMatchObject({ verdict: "valid", events: 0, bytes: 0 });
  });

  test("of binary garbage gets a verdict like any other", async () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 300_000 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return state & 0xff;
    });
    const report = await validateText(noise);
    expect(report).toMatchObject({ bytes: noise.length });
    expect(["invalid", "truncated"]).toContain(report.verdict);
    expect((await validateText(new Uint8Array(100_000))).verdict).toBe("truncated");
  });

  test("larger than any read buffer is read to its end", async () => {
    const delta = 'event: text.delta\ndata: {"content":"0123456789"}\n\n';
    const text = VALID.replace("event: text.stop", `${delta.repeat(10_000)}event: text.stop`);
    expect(await validateText(text)).toMatchObject({
      verdict: "valid",
      events: 10_005,
      bytes: Buffer.byteLength(text),
    });
  });
});

describe("what cannot be read to its end is unreadable, with the reason", () => {
  test("a file that is not there", async () => {
    const path = join(await folderOf(), "gone.sse");
    const report = await validateFile(path);
    expect(report).toMatchObject({ source: path, protocol: null, verdict: "unreadable", events: 0, bytes: 0 });
    expect(report.reason).toMatch(/gone\.sse does not exist/);
  });

  test("a folder", async () => {
    expect(await validateFile(await folderOf())).toMatchObject({
      verdict: "unreadable",
      reason: expect.stringMatching(/folder/),
    });
  });

  test("a file without permission", async ({ skip }) => {
    skip(process.platform === "win32" || process.getuid?.() === 0, "whoever runs this may read any file");
    const path = await put(await folderOf(), "x.sse", VALID);
    await chmod(path, 0);
    expect(await validateFile(path)).toMatchObject({
      verdict: "unreadable",
      reason: expect.stringMatching(/permission/i),
    });
  });

  test("an event over the size bound; what was found before stays", async () => {
    const text = `data: {"first":1\n\ndata: {"second":2\n\nevent: text.delta\ndata: ${"x".repeat(10_000)}\n\n`;
    const report = await validateText(text, { ...asPokee, maxEventBytes: 5000 });
    expect(report).toMatchObject({ protocol: "pokee@1", verdict: "unreadable", events: 2 });
    expect(report.reason).toMatch(/5,?000|maxEventBytes|larger/);
    expect(report.findings.length).toBeGreaterThan(0);
    expect(await validateText(text, { ...asPokee, maxEventBytes: 20_000 })).toMatchObject({
      verdict: "invalid",
      events: 3,
    });
  });

  test("and what was held back until then is counted", async () => {
    const text = `${ONE_HELD_BACK}event: text.delta\ndata: ${"x".repeat(10_000)}\n\n`;
    const report = await validateText(text, { ...asPokee, maxEventBytes: 5000 });
    expect(report).toMatchObject({ verdict: "unreadable", heldBack: 1 });
  });

  test("a tape whose protocol cannot be had", async () => {
    const path = await putTape(await folderOf(), "x.sse", VALID, { header: { protocol: "pokey" } });
    const protocol = (): never => {
      throw new ProtocolError("bad-definition", "no protocol pokey; did you mean pokee?");
    };
    expect(await validateFile(path, { protocol })).toMatchObject({
      verdict: "unreadable",
      reason: expect.stringMatching(/pokee\?/),
    });
  });

  test("but a mistake of the caller is thrown", async () => {
    const path = await put(await folderOf(), "x.sse", VALID);
    const protocol = (): never => {
      throw new TypeError("a bug");
    };
    await expect(validateFile(path, { protocol })).rejects.toThrow(TypeError);
  });
});

describe("the protocol is the caller's choice, told what the tape says", () => {
  test.each([
    ["pokee", "pokee@1", "truncated"],
    [undefined, null, "valid"],
  ])("tape: %s", async (name, protocol, verdict) => {
    const path = await putTape(await folderOf(), "x.sse", TRUNCATED, {
      header: name === undefined ? {} : { protocol: name },
    });
    expect(await validateFile(path, asTheTapeSays)).toMatchObject({ protocol, verdict });
  });
});

describe("the response of a tape", () => {
  async function validateResponse(response: TapeResponse, options = asPokee, body = VALID): Promise<StreamReport> {
    return await validateFile(await putTape(await folderOf(), "x.sse", body, { response }), options);
  }
  const response = (status: number, type?: string): TapeResponse => {
    return { status, headers: type === undefined ? {} : { "content-type": type } };
  };

  test.each([
    [200, "application/json", "the response is application/json, status 200"],
    [409, "application/json; charset=utf-8", "the response is application/json, status 409"],
    [502, "text/html", "the response is text/html, status 502"],
    [404, "text/plain", "the response is text/plain, status 404"],
    [204, undefined, "the response is without a content type, status 204"],
  ])("%i %s is no event stream and not judged", async (status, type, reason) => {
    expect(await validateResponse(response(status, type), asPokee, "{}")).toEqual({
      source: expect.any(String),
      protocol: null,
      verdict: "no-stream",
      events: 0,
      bytes: 2,
      findings: [],
      heldBack: 0,
      reason,
    });
  });

  test.each([
    [200, "text/event-stream"],
    [200, "Text/Event-Stream; charset=utf-8"],
  ])("%i %s is judged", async (status, type) => {
    expect(await validateResponse(response(status, type))).toMatchObject({ verdict: "valid", findings: [] });
  });

  test("an event stream with an error status is a finding", async () => {
    const report = await validateResponse(response(500, "text/event-stream"));
    expect(report.verdict).toBe("invalid");
    expect(rulesOf(report)).toEqual(["http/status"]);
  });

  test.each([undefined, "", "text/plain; charset=utf-8", "Text/Plain"])(
    "a 200 with content type %j is judged where a protocol is chosen",
    async (type) => {
      const report = await validateResponse(response(200, type));
      expect(report.verdict).toBe("invalid");
      expect(rulesOf(report)).toEqual(["http/content-type"]);
      expect(await validateResponse(response(200, type), {})).toMatchObject({ verdict: "no-stream" });
    },
  );
});

describe("a tape that is not as it was recorded", () => {
  test("edited: a warning, and the verdict is that of the bytes", async () => {
    const path = await putTape(await folderOf(), "x.sse", VALID);
    await writeFile(path, VALID.replace("Grüße", "Grüsse"));
    const report = await validateFile(path);
    expect(report).toMatchObject({ verdict: "valid", findings: [{ rule: "tape/edited", severity: "warning" }] });
    expect(report.findings[0]?.message).toMatch(/edited since it was recorded/);
  });

  test("shortened: edited, and truncated as its bytes are", async () => {
    const path = await putTape(await folderOf(), "x.sse", VALID);
    await truncate(path, Buffer.byteLength(TRUNCATED));
    const report = await validateFile(path);
    expect(report.verdict).toBe("truncated");
    expect(rulesOf(report)).toEqual(["tape/edited", "stream/truncated"]);
  });

  test("declared as edited: nothing to warn about", async () => {
    const path = await putTape(await folderOf(), "x.sse", VALID, { header: { provenance: "edited" } });
    await writeFile(path, VALID.replace("世界", "Welt."));
    expect(await validateFile(path)).toMatchObject({ verdict: "valid", findings: [] });
  });

  test("its line ends changed by git", async () => {
    const path = await putTape(await folderOf(), "x.sse", VALID);
    await writeFile(path, VALID.replaceAll("\n", "\r\n"));
    const report = await validateFile(path);
    expect(report.verdict).toBe("valid");
    expect(rulesOf(report)).toEqual(["tape/crlf-damage"]);
  });

  test("chunk lines that count other bytes", async () => {
    const bytes = Buffer.byteLength(VALID);
    for (const chunks of [[[1000, bytes - 5]], [[1000, bytes + 5]], []] as const) {
      const report = await validateFile(await putTape(await folderOf(), "x.sse", VALID, { chunks }));
      expect(report).toMatchObject({ verdict: "valid", bytes });
      expect(rulesOf(report)).toEqual(["tape/chunk-sum"]);
    }
  });

  test("without its end line, since the recorder was killed", async () => {
    const path = await putTape(await folderOf(), "x.sse", TRUNCATED);
    const [header, chunk] = (await readFile(`${path}.tape`, "utf8")).split("\n");
    await writeFile(`${path}.tape`, `${header}\n${chunk}\n`);
    expect(rulesOf(await validateFile(path))).toEqual(["tape/unfinished", "stream/truncated"]);
  });

  test.each(["cut", "reset", "timeout", "client"])("ended by %s: judged as it is", async (end) => {
    const path = await putTape(await folderOf(), "x.sse", TRUNCATED, { trailer: { end } });
    expect(rulesOf(await validateFile(path))).toEqual(["stream/truncated"]);
  });

  test("a header that is not JSON: unreadable", async () => {
    const path = await putTape(await folderOf(), "x.sse", VALID);
    await writeFile(`${path}.tape`, "not json\n[1,2]\n");
    const report = await validateFile(path);
    expect(report).toMatchObject({
      verdict: "unreadable",
      reason: expect.stringMatching(/x\.sse\.tape.*line 1|x\.sse\.tape:1/),
    });
  });

  test("a line in the middle that is none: unreadable, with what was found before", async () => {
    const path = await putTape(await folderOf(), "x.sse", `data: {\n\n${VALID}`, { chunks: [[1, 9]] });
    const lines = (await readFile(`${path}.tape`, "utf8")).split("\n");
    await writeFile(`${path}.tape`, lines.toSpliced(2, 0, "[1,", "[1,5]").join("\n"));
    expect(await validateFile(path)).toMatchObject({
      verdict: "unreadable",
      reason: expect.stringMatching(/x\.sse\.tape/),
    });
  });

  test("its stream is gone: unreadable", async () => {
    const path = await putTape(await folderOf(), "x.sse", VALID);
    await rm(path);
    expect(await validateFile(path)).toMatchObject({
      verdict: "unreadable",
      reason: expect.stringMatching(/does not exist/),
    });
  });
});

describe("standard input", () => {
  async function* chunksOf(text: string, length: number): AsyncIterable<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  }
  const stdin = { kind: "stdin", source: "-" } as const;

  test.each([1, 7, 100_000])("in chunks of %i gives the report of a file with the same bytes", async (length) => {
    for (const text of [VALID, TRUNCATED, VALID.replace("{}", "{"), ""]) {
      const { source: _, ...ofFile } = await validateText(text);
      const { source, ...ofStdin } = await validateStream(stdin, { ...asPokee, stdin: chunksOf(text, length) });
      expect(source).toBe("-");
      expect(ofStdin).toEqual(ofFile);
    }
  });

  test("that fails is unreadable, with what was found before", async () => {
    async function* failing(): AsyncIterable<Uint8Array> {
      yield Buffer.from("event: message.created\ndata: {\n\n");
      throw new Error("the pipe broke");
    }
    const report = await validateStream(stdin, { ...asPokee, stdin: failing() });
    expect(report).toMatchObject({ verdict: "unreadable", reason: "the pipe broke", events: 1 });
    expect(rulesOf(report)).toContain("event/not-json");
  });

  test("that was not given is the caller's mistake", async () => {
    await expect(validateStream(stdin)).rejects.toThrow(ValidateError);
    await expect(validateStream(stdin)).rejects.toMatchObject({ code: "no-stdin" });
  });
});

test("more findings than the limit are counted, not kept", async () => {
  const text = "data: {\n\n".repeat(50);
  const report = await validateText(text, { ...asPokee, maxFindings: 10 });
  expect(report.findings).toHaveLength(10);
  expect(report.heldBack).toBeGreaterThan(0);
});

test("a file that grows while it is validated does no harm", async () => {
  const path = await put(await folderOf(), "x.sse", VALID);
  const [report] = await Promise.all([validateFile(path), appendFile(path, ": later\n\n")]);
  expect(report.verdict).toBe("valid");
});
