import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RequestFlags, type RequestParts, requestParts } from "../src/request.ts";
import type { Terminal } from "../src/terminal.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssert-request-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

async function request(flags: Partial<RequestFlags>, stdin = "", env: Terminal["env"] = {}): Promise<RequestParts> {
  const terminal: Terminal = {
    out: () => {},
    err: () => {},
    progress: () => {},
    outColor: false,
    errColor: false,
    columns: undefined,
    stdin: (async function* () {
      yield Buffer.from(stdin);
    })(),
    env,
    onStop: () => () => {},
  };
  return await requestParts(flags, terminal);
}

const text = (body: Uint8Array | undefined): string | undefined => body && Buffer.from(body).toString("utf8");

describe("method", () => {
  it("is GET without data, POST with data, and what -X says", async () => {
    expect((await request({})).method).toBe("GET");
    expect((await request({ data: "x" })).method).toBe("POST");
    expect((await request({ request: "put", data: "x" })).method).toBe("PUT");
  });
});

describe("data", () => {
  it("is the text, the bytes of a file, or standard input", async () => {
    expect(text((await request({ data: "a=1" })).body)).toBe("a=1");
    const bytes = new Uint8Array([0, 255, 10]);
    expect((await request({ data: `@${file("body.bin", bytes)}` })).body).toEqual(Buffer.from(bytes));
    expect(text((await request({ data: "-" }, "typed")).body)).toBe("typed");
    expect((await request({})).body).toBeUndefined();
  });

  it("that is JSON says so, unless a header says otherwise", async () => {
    expect((await request({ data: '{"message":"hi"}' })).headers).toEqual({ "content-type": "application/json" });
    expect((await request({ data: "a=1" })).headers).toEqual({ "content-type": "application/x-www-form-urlencoded" });
    expect((await request({ data: "{}", header: ["Content-Type: text/plain"] })).headers).toEqual({
      "content-type": "text/plain",
    });
  });

  it("names the file that cannot be read", async () => {
    await expect(request({ data: "@/nowhere/body.json" })).rejects.toThrow(
      "-d @/nowhere/body.json: cannot read the file: ENOENT",
    );
  });
});

describe("headers", () => {
  it("come from flags and from files, with lower-case names", async () => {
    const path = file("headers", "X-One: 1\r\n\r\nX-Two: a: b\n");
    expect((await request({ header: ["Accept:text/event-stream", `@${path}`] })).headers).toEqual({
      accept: "text/event-stream",
      "x-one": "1",
      "x-two": "a: b",
    });
  });

  it("take secrets from the environment", async () => {
    const { headers } = await request({ header: [`Authorization: Bearer \${KEY}`] }, "", { KEY: "s3cret" });
    expect(headers).toEqual({ authorization: "Bearer s3cret" });
  });

  it("say which variable is not set", async () => {
    await expect(request({ header: [`Authorization: Bearer \${POKEE_KEY}`] })).rejects.toThrow(
      "needs the environment variable POKEE_KEY, which is not set",
    );
  });

  it("say what was expected", async () => {
    await expect(request({ header: ["Authorization"] })).rejects.toThrow(
      `-H expects 'Name: value' or @FILE with one header a line; got "Authorization"`,
    );
  });

  it("never show a line of a file of headers: it may be a secret", async () => {
    const path = file("secret", "s3cret without a name");
    const failed = request({ header: [`@${path}`] });
    await expect(failed).rejects.toThrow(`a line of ${path} is none`);
    await expect(failed).rejects.not.toThrow("s3cret");
  });
});
