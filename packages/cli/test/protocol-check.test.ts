import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { ssert } from "./in-process.ts";
import { file, folder } from "./places.ts";

const SMALL = {
  protocol: "small",
  version: "1",
  type: "event",
  events: { a: {}, b: {} },
  scopes: { all: { open: "a", close: "b" } },
};

function small(more: object): string {
  return JSON.stringify({ ...SMALL, ...more }, null, 2);
}

it("says that there is nothing to mend, and what to do next", async () => {
  const path = file("small.json", small({}));
  expect(await ssert(["protocol", "check", path])).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^small@1: 2 events, 1 scope, \d+ rules; nothing to mend\n[\s\S]*^Next: `ssert validate /m,
    ),
    err: "",
  });
});

it("shows every mistake with its line, and exits with 1", async () => {
  const path = file(
    "small.json",
    small({ scopes: { all: { opne: "a", close: "bb" } }, rules: { "all/closd": "off" } }),
  );
  const { code, out } = await ssert(["protocol", "check", path]);
  expect(code).toBe(1);
  expect(out).toContain(`error  unknown key "opne": did you mean "open"?\n  ${path}:11:7  /scopes/all/opne\n`);
  expect(out).toContain('  11 |       "opne": "a",\n     |       ^^^^^^\n');
  expect(out).toContain('no event matches "bb"');
  expect(out).toContain('the rule "all/closd": did you mean "all/closed"?');
  expect(out).toMatch(/refused, 3 errors; advice comes when that is mended\n$/);
});

it("marks the place in long lines and after tabs", async () => {
  const long = `{\t"protocol": "x", "version": "1", "source": "${"x".repeat(500)}", "typ": "event"}`;
  const { out } = await ssert(["protocol", "check", file("long.json", long)]);
  const [, shown = "", mark = ""] = /unknown key .*\n.*\n {2}1 \| (.*)\n {4}\| (.*)\n/.exec(out) ?? [];
  expect(shown.length).toBeLessThanOrEqual(100);
  expect(shown.slice(mark.indexOf("^"), mark.lastIndexOf("^") + 1)).toBe('"typ"');
});

it("gives advice about what loads and does nothing", async () => {
  const path = file("small.json", small({ variants: { same: { version: "1" } } }));
  const { code, out } = await ssert(["protocol", "check", path]);
  expect(code).toBe(1);
  expect(out).toContain('advice  the variant "same" changes nothing');
  expect(out).toContain("small@1: 2 events");
});

it("prints the same as JSON", async () => {
  const path = file("small.json", small({ nmae: "same" }));
  const { code, out } = await ssert(["protocol", "check", path, "--json"]);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    file: path,
    protocol: null,
    findings: [
      { severity: "error", code: "bad-definition", suggestion: "name", pointer: "/nmae", line: 15, column: 3 },
    ],
  });
});

it("points into a schema's own file", async () => {
  const path = file("small.json", small({ events: { a: { schema: "a.json" }, b: {} } }));
  writeFileSync(join(dirname(path), "a.json"), '{\n  "type": "objct"\n}');
  const { out } = await ssert(["protocol", "check", path]);
  expect(out).toContain('did you mean "object"?\n  a.json:2:11  /events/a/schema/type\n');
});

const UNREADABLE: readonly [what: string, contents: string | Uint8Array, reason: RegExp][] = [
  ["is not JSON", '{\n  "protocol": "x"\n  "version": "1"\n}', /a comma is missing before it \(.*line 3, column 3\)/],
  ["is empty", "", /there is nothing in it/],
  ["is UTF-16", Uint8Array.of(0xff, 0xfe, 0x7b, 0), /it is UTF-16; save it as UTF-8/],
  ["is not UTF-8", Uint8Array.of(0x7b, 0x0a, 0x22, 0xe9, 0x22), /line 2 has bytes of another encoding/],
  ["is nested 100,000 deep", "[".repeat(100_000), /nested more than 256 levels deep/],
  ["has 100 MB", new Uint8Array(100_000_000).fill(0x20), /100000000 bytes; no protocol file is larger/],
  ["has 10 MB", new Uint8Array(10_000_000).fill(0x20), /longer than 8 MiB/],
];

it.each(UNREADABLE)("a file that %s cannot be checked, exit 2", async (_, contents, reason) => {
  const { code, out, err } = await ssert(["protocol", "check", file("bad.json", contents)]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(reason);
  expect(err.trim().split("\n")).toHaveLength(1);
});

it("a file that is not there, or is a folder, cannot be checked, exit 2", async () => {
  expect(await ssert(["protocol", "check", "./no-such.json"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("no-such.json"),
  });
  expect(await ssert(["protocol", "check", `${folder()}/`])).toMatchObject({ code: 2 });
});

it("a byte order mark does not matter", async () => {
  expect((await ssert(["protocol", "check", file("bom.json", `\uFEFF${small({})}`)])).code).toBe(0);
});

it("what a file names must lie beside or below it", async () => {
  const home = folder();
  writeFileSync(join(home, "secret.json"), "{}");
  mkdirSync(join(home, "mine"));
  for (const schema of ["../secret.json", join(home, "secret.json"), "x/../../secret.json", "file:///etc/passwd"]) {
    const path = join(home, "mine", "small.json");
    writeFileSync(path, small({ events: { a: { schema }, b: {} } }));
    const { code, out } = await ssert(["protocol", "check", path]);
    expect({ schema, code }).toEqual({ schema, code: 1 });
    expect(out).toContain("leaves the folder of the protocol file, so it is not read");
    expect((await ssert(["protocol", "show", path])).code).toBe(2);
  }
});

it("nothing is ever fetched", async () => {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.end("{}");
  });
  server.on("connection", () => {
    requests += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/x.json`;
  const asked: readonly object[] = [
    { events: { a: { schema: { $ref: url } }, b: {} } },
    { events: { a: { schema: { $id: url, $ref: "other.json" } }, b: {} } },
    { events: { a: { schema: { $schema: url } }, b: {} } },
    { events: { a: { schema: url }, b: {} } },
    { extends: url },
    { extends: `${url}#beta` },
  ];
  for (const more of asked) {
    const path = file("small.json", small(more));
    expect((await ssert(["protocol", "check", path])).code).toBe(1);
    expect((await ssert(["validate", file("x.sse", "data: {}\n\n"), "--protocol", path])).code).toBe(2);
  }
  expect(requests).toBe(0);
});

it("a schema that leads round in a circle of files is no file", async () => {
  const path = file("small.json", small({ events: { a: { schema: "loop.json" }, b: {} } }));
  symlinkSync("loop.json", join(dirname(path), "loop.json"));
  expect((await ssert(["protocol", "check", path])).out).toMatch(/cannot read "loop\.json": .*ELOOP/);
});
