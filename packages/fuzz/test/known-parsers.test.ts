import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { shownBy } from "../src/adapters/adapter.ts";
import { observe } from "../src/adapters/observe.ts";
import { toBytes } from "../src/case/case.ts";
import { loadKnownParser } from "../src/parsers/load.ts";
import { knownParsers } from "../src/parsers/table.ts";

// The repository's own matrix: a workspace member that nothing published depends on.
const folder = fileURLToPath(new URL("../../../tools/parsers", import.meta.url));
const manifest: { dependencies: Record<string, string> } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));

describe.each(knownParsers.map(({ name }) => name))("the adapter of %s", (name) => {
  it("is for a parser that the matrix pins, and knows its version", async () => {
    expect(manifest.dependencies).toHaveProperty([name]);
    expect((await loadKnownParser(name, folder)).version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it("shows the events of a plain stream in two chunks, as far as the API tells them", async () => {
    const adapter = await loadKnownParser(name, folder);
    const shows = shownBy(adapter);
    const payload = adapter.payload ?? String;
    // Those that take one kind of object only may take it from plain messages only.
    const type = shows.type || adapter.payload === undefined ? "event: a\n" : "";
    const id = shows.id !== false || adapter.payload === undefined ? "id: x\n" : "";
    const chunks = [`${type}${id}data: ${payload("1")}\n\nda`, `ta: ${payload("2")}\n\n`].map(toBytes);
    const { events, failure } = await observe(adapter, chunks, { timeLimitMs: 2000 });
    expect(failure).toBeUndefined();
    expect(events.map(({ data }) => data)).toEqual(["1", "2"].map(payload));
    if (shows.type) expect(events.map(({ type }) => type || "message")).toEqual(["a", "message"]);
    if (shows.id !== false) expect(events[0]?.id).toBe("x");
    if (shows.id === "last") expect(events[1]?.id).toBe("x");
  });
});

describe("loading", () => {
  it("takes a package under another name, as an alias installs it", async () => {
    const adapter = await loadKnownParser("eventsource-parser", folder, "eventsource-parser-3");
    expect(adapter).toMatchObject({ name: "eventsource-parser-3", version: expect.stringMatching(/^3\./) });
  });

  it("says how to install what is not there", async () => {
    await expect(loadKnownParser("eventsource", tmpdir())).rejects.toMatchObject({
      code: "not-installed",
      message: expect.stringContaining("npm install eventsource"),
    });
  });

  it("lists what it knows when asked for something else", async () => {
    await expect(loadKnownParser("left-pad", folder)).rejects.toMatchObject({
      code: "unknown-target",
      message: expect.stringContaining("eventsource-parser, fetch-event-stream".slice(0, 18)),
    });
  });
});
