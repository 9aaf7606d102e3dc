import { writeFile } from "node:fs/promises";
import { ReplayError, startReplay } from "@ssert/replay";
import { openTape } from "@ssert/tape";
import { expect, test } from "vitest";
import { ask } from "./support/http.ts";
import { mocking, replaying } from "./support/servers.ts";
import { tapeFolder } from "./support/tapes.ts";

const folder = tapeFolder();

async function failureOf(started: Promise<unknown>): Promise<ReplayError> {
  const error: unknown = await started.catch((reason: unknown) => reason);
  if (error instanceof ReplayError) return error;
  throw new Error("expected a ReplayError", { cause: error });
}

test("a server binds to this machine only, on a free port", async () => {
  const server = await mocking();
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  expect(server.port).toBeGreaterThan(0);
});

test("a wildcard address has a URL to connect to", async () => {
  const server = await mocking({ host: "0.0.0.0" });
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  expect((await ask(server.url)).status).toBe(401);
});

test("a port in use is named", async () => {
  const { port } = await mocking();
  const tapes = [await folder.bare("x", "")];
  for (const started of [mocking({ port }), startReplay({ tapes, port })]) {
    const error = await failureOf(started);
    expect(error.code).toBe("port-in-use");
    expect(error.message).toContain(String(port));
    expect(error.message).toContain("choose another");
    expect(error.cause).toBeInstanceOf(Error);
  }
});

test("an address of another machine is refused", async () => {
  // 192.0.2.0/24 is for documentation (RFC 5737): nobody has it.
  expect((await failureOf(mocking({ host: "192.0.2.1" }))).code).toBe("cannot-listen");
});

test.each([-1, 65_536, 1.5, Number.NaN])("port %d is refused", async (port) => {
  expect((await failureOf(mocking({ port }))).code).toBe("bad-option");
});

test("a replay without tapes is refused", async () => {
  expect((await failureOf(startReplay({ tapes: [] }))).code).toBe("no-tapes");
});

test("a tape whose recorder died before it wrote a header is no answer to anything", async () => {
  const { path } = await folder.bare("torn", "");
  await writeFile(`${path}.tape`, '{"ssert":1,"recordedAt');
  const error = await failureOf(startReplay({ tapes: [await openTape(path)] }));
  expect(error.code).toBe("no-tapes");
  expect(error.message).toContain("without a header");
});

test("a replay at an impossible speed is refused", async () => {
  expect((await failureOf(replaying({ tapes: [await folder.bare("y", "")], speed: 0 }))).code).toBe("bad-option");
});
