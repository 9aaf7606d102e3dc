import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { follow } from "./child.ts";
import { type Running, serving, ssert } from "./in-process.ts";
import { folder } from "./places.ts";

// The proof with clients that no one here wrote.

const REFERENCE = fileURLToPath(new URL("../../../../shared/reference/pokee-streaming-messages.txt", import.meta.url));
const PYTHON = "/usr/bin/python3";

/** Why a test cannot run here; undefined if it can. */
function missing(what: string, isThere: () => boolean): string | undefined {
  return isThere() ? undefined : `${what} is not here`;
}

const succeeds = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

const noPython =
  missing("the API's page with its Python example (../shared/reference)", () => existsSync(REFERENCE)) ??
  missing(`httpx for ${PYTHON} (apt-get install python3-httpx)`, () => succeeds(PYTHON, "-c", "import httpx"));
const noCurl = missing("curl", () => succeeds("curl", "--version"));

/** The example as the API's page prints it. It takes address and key from the environment. */
function pythonExample(): string {
  const page = readFileSync(REFERENCE, "utf8");
  const [, example] = /^Python example\n+(import json\n.*?)\n+On this page/ms.exec(page) ?? [];
  if (example === undefined) throw new Error(`${REFERENCE} has no Python example where it had one`);
  return example;
}

async function runPython(script: string, url: string): Promise<string> {
  const env = { ...process.env, POKEE_API: url, POKEE_KEY: "any-key-will-do" };
  const { code, out, err } = await follow(spawn(PYTHON, [script], { env })).done;
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
}

async function end(server: Running): Promise<void> {
  server.stop();
  expect((await server.done).code).toBe(0);
}

describe("the Python example of the API's page, as it is", () => {
  it("prints the same poem from the live agent and from its recording", async ({ skip }) => {
    skip(noPython !== undefined, noPython);
    const dir = folder();
    const script = join(folder(), "example.py");
    writeFileSync(script, pythonExample());

    const mock = await serving(["mock", "--pace", "1"]);
    const proxy = await serving(["proxy", mock.url, "--dir", dir, "--all", "--protocol", "pokee"]);
    const live = await runPython(script, proxy.url);
    await end(proxy);
    await end(mock);
    expect(live).toMatch(/^.+\n.+\n.+\n.*\n\n\[done\] usage: \{.*'output_tokens': \d+.*\}\n$/s);

    const replay = await serving(["replay", dir]);
    const again = await runPython(script, replay.url);
    await end(replay);
    expect(again).toBe(live);
    expect((await ssert(["validate", dir, "--max-warnings", "0"])).code).toBe(0);
  });
});

describe("curl -N", () => {
  it("sees each event when it comes, from the mock, the proxy and the replay", async ({ skip }) => {
    skip(noCurl !== undefined, noCurl);
    const dir = folder();
    const headers = ["-H", "Authorization: Bearer x", "-H", "Content-Type: application/json"];
    const curl = (url: string, body: string): ReturnType<typeof follow> =>
      follow(spawn("curl", ["--silent", "--show-error", "-N", ...headers, "-d", body, url]));

    const mock = await serving(["mock", "--pace", "5"]);
    const proxy = await serving(["proxy", mock.url, "--dir", dir, "--all"]);
    const { id }: { id: string } = JSON.parse((await curl(`${proxy.url}/v1/sessions`, "{}").done).out);
    const path = `/v1/sessions/${id}/messages`;
    const message = '{"message":"Write a short poem about persistent storage."}';

    const live = curl(`${proxy.url}${path}`, message);
    expect(await live.outHas("event: text.delta")).not.toContain("event: message.completed");
    const { code, out } = await live.done;
    expect(code).toBe(0);
    expect(out).toMatch(/event: message\.completed\ndata: .*\n\n$/);
    await end(proxy);
    await end(mock);

    const replay = await serving(["replay", dir, "--speed", "recorded"]);
    expect((await curl(`${replay.url}${path}`, message).done).out).toBe(out);
    await end(replay);
  });
});
