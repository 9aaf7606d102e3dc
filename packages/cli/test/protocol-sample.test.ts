import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openTape, verifyTape } from "@ssert/tape";
import { describe, expect, it } from "vitest";
import { ssert, start } from "./in-process.ts";
import { file, folder } from "./places.ts";

const bodies = (dir: string): readonly string[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith(".sse"))
    .map((name) => readFileSync(join(dir, name), "utf8"));

describe("protocol sample", () => {
  it("writes valid streams as synthetic tapes that say which protocol they follow", async () => {
    const dir = join(folder(), "new", "samples");
    const told = await ssert(["protocol", "sample", "pokee", "--count", "3", "--seed", "7", "--dir", dir]);
    expect(told).toMatchObject({ code: 0, err: "" });
    expect(told.out).toMatch(/^3 streams of pokee@1 with \d+ events in .*samples; seed 7\n$/);
    expect(readdirSync(dir).filter((name) => name.endsWith(".sse"))).toEqual(["0001.sse", "0002.sse", "0003.sse"]);
    const tape = await openTape(join(dir, "0001.sse"));
    expect(tape.header).toMatchObject({ provenance: "synthetic", protocol: "pokee" });
    expect(await verifyTape(tape)).toEqual([]);
    expect(statSync(join(dir, "0001.sse")).mode & 0o777).toBe(0o600);
    expect(await ssert(["validate", dir, "--max-warnings", "0"])).toMatchObject({ code: 0 });
  });

  it("writes the same for the same seed, others for another", async () => {
    const made = async (seed: string): Promise<readonly string[]> => {
      const dir = folder();
      await ssert(["protocol", "sample", "openai-chat+azure", "--count", "5", "--seed", seed, "--dir", dir]);
      return bodies(dir);
    };
    const first = await made("1");
    expect(first).toHaveLength(5);
    expect(new Set(first).size).toBe(5);
    expect(await made("1")).toEqual(first);
    expect(await made("2")).not.toEqual(first);
  });

  it("shows on a terminal how far it is", async () => {
    const running = start(["protocol", "sample", "pokee", "--count", "3", "--dir", folder()]);
    expect(await running.progressHas("stream 3 of 3")).toContain("stream 1 of 3");
    expect(await running.done).toMatchObject({ code: 0 });
  });

  it("prints JSON", async () => {
    const dir = folder();
    const { out } = await ssert(["protocol", "sample", "pokee", "--count", "2", "--dir", dir, "--json"]);
    const printed = JSON.parse(out);
    expect(printed).toMatchObject({ protocol: "pokee@1", seed: expect.any(Number) });
    expect(printed.tapes).toEqual([
      { path: join(dir, "0001.sse"), events: expect.any(Number), bytes: expect.any(Number) },
      { path: join(dir, "0002.sse"), events: expect.any(Number), bytes: expect.any(Number) },
    ]);
  });

  it("overwrites nothing without --force", async () => {
    const dir = folder();
    const args = ["protocol", "sample", "pokee", "--count", "2", "--dir", dir];
    await ssert([...args, "--seed", "1"]);
    const before = bodies(dir);
    const refused = await ssert([...args, "--seed", "2"]);
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toMatch(/0001\.sse exists; .*--force/);
    expect(bodies(dir)).toEqual(before);
    expect(await ssert([...args, "--seed", "2", "--force"])).toMatchObject({ code: 0 });
    expect(bodies(dir)).not.toEqual(before);
  });

  it("makes streams of a protocol file", async () => {
    const events = {
      a: {},
      b: { schema: { type: "object", required: ["n"], properties: { n: { const: 1 } } } },
      c: {},
    };
    const scopes = { all: { open: "a", inner: { b: "some" }, close: "c" } };
    const mine = file("mine.json", JSON.stringify({ protocol: "mine", version: "2", type: "event", events, scopes }));
    const dir = folder();
    expect(await ssert(["protocol", "sample", mine, "--dir", dir])).toMatchObject({ code: 0 });
    expect(bodies(dir)).toHaveLength(10);
    for (const body of bodies(dir)) expect(body).toMatch(/^event: a\n[\s\S]*event: b\n[\s\S]*event: c\n/);
  });

  it("says what is wrong with its input, exit 2", async () => {
    const dir = folder();
    const says = async (...args: readonly string[]): Promise<string> => {
      const { code, err } = await ssert(["protocol", "sample", ...args]);
      expect(code).toBe(2);
      return err;
    };
    expect(await says("pokee")).toContain("sample needs --dir FOLDER");
    expect(await says("pokeee", "--dir", dir)).toContain("did you mean pokee?");
    expect(await says("pokee", "--dir", dir, "--count", "0")).toContain("a whole number from 1 up");
    expect(await says("pokee", "--dir", dir, "--seed", "x")).toContain("a whole number such as 7");
    const impossible = { a: { schema: { enum: [] as const, type: "null", not: true } } };
    const scopes = { all: { open: "a", close: "a" } };
    const mine = file(
      "no.json",
      JSON.stringify({ protocol: "no", version: "1", type: "event", events: impossible, scopes }),
    );
    expect(await says(mine, "--dir", dir)).toMatch(/no valid stream|schema/);
  });
});
