import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "ssert-user-"));
const packages = readdirSync(join(root, "packages"));

function run(command: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, NODE_OPTIONS: "" };
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env });
}

const ssert = (...args: string[]): string => run(join(home, "node_modules/.bin/ssert"), args, home);
const evaluate = (code: string): string => run(process.execPath, ["--input-type=module", "--eval", code], home).trim();

// What a user gets: packed tarballs, plain npm, a folder outside the workspace.
beforeAll(() => {
  run("pnpm", ["--recursive", "--filter=./packages/*", "pack", "--pack-destination", home], root);
  const tarballs = readdirSync(home).filter((name) => name.endsWith(".tgz"));
  expect(tarballs).toHaveLength(packages.length);
  writeFileSync(join(home, "package.json"), '{ "private": true, "type": "module" }\n');
  run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs.map((name) => `./${name}`)], home);
}, 120_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

it("tells its version", () => {
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, "packages/cli/package.json"), "utf8"));
  expect(ssert("--version")).toBe(`${version}\n`);
});

it("helps", () => {
  expect(ssert("--help")).toContain("Usage: ssert COMMAND [options]");
  expect(ssert("record", "--help")).toContain("Example:");
});

it("validates a stream by a built-in protocol", () => {
  const stream = join(home, "mini.sse");
  writeFileSync(
    stream,
    'event: message.created\ndata: {"id":"m1","session_id":"s1","status":"in_progress"}\n\n' +
      'event: message.completed\ndata: {"id":"m1","status":"completed","usage":{}}\n\n',
  );
  expect(ssert("validate", stream, "--protocol", "pokee")).toContain("valid");
});

it("fuzzes a parser, in a thread of its own, and keeps what it finds", () => {
  const parse =
    "export const parse = (chunks) => Buffer.concat(chunks).toString().split('\\n\\n').map((data) => ({ data }));";
  writeFileSync(join(home, "naive.mjs"), parse);
  const fuzz = (): string =>
    ssert("fuzz", "./naive.mjs", "--property", "line-ends/cr", "--runs", "20", "--save", "found");
  expect(fuzz).toThrow(
    expect.objectContaining({ status: 1, stdout: expect.stringContaining("a lone CR ends a line") }),
  );
  expect(() => ssert("fuzz", "--again", "found")).toThrow(expect.objectContaining({ status: 1 }));
  expect(readFileSync(join(home, "found/naive.mjs--line-ends--cr.test.mjs"), "utf8")).toContain("@ssert/fuzz");
  expect(evaluate('console.log(typeof (await import("ssert/fuzz")).assertParser)')).toBe("function");
});

it("offers the libraries under its own name and under theirs", () => {
  expect(evaluate('console.log(typeof (await import("ssert/replay")).startReplay)')).toBe("function");
  expect(evaluate('console.log(typeof (await import("@ssert/wire")).createDecoder)')).toBe("function");
  expect(
    evaluate('console.log((await import("ssert/wire")).createDecoder === (await import("@ssert/wire")).createDecoder)'),
  ).toBe("true");
});

it("has source maps that hold their sources: Vite warns of others, at each run of a user's tests", () => {
  const homes = ["ssert", "@ssert"].map((name) => join(home, "node_modules", name));
  const maps = homes.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".map"))
      .map((name) => join(folder, name)),
  );
  expect(maps.length).toBeGreaterThan(packages.length);
  const empty = maps.filter((path) => {
    const { sources, sourcesContent = [] }: { sources: string[]; sourcesContent?: (string | null)[] } = JSON.parse(
      readFileSync(path, "utf8"),
    );
    return sources.some((_, index) => typeof sourcesContent[index] !== "string");
  });
  expect(empty).toEqual([]);
});

it("carries the licences of what is bundled into the command", () => {
  const licences = readFileSync(join(home, "node_modules/ssert/dist/command/THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const name of ["commander", "eventsource-parser", "fast-check"]) expect(licences).toContain(`\n${name}\n`);
});

it("prepares a project: the configuration has its types, and the steps for CI run as they are", () => {
  expect(ssert("init")).toMatch(/^created +ci\/ssert\.sh$/m);
  const config = readFileSync(join(home, "ssert.config.ts"), "utf8").replaceAll(/^ {2}\/\/ (\w+: .*,)$/gm, "  $1");
  expect(config).toContain("\n  private: true,\n");
  writeFileSync(join(home, "full.config.ts"), config);
  const check = ["exec", "tsc", "--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"];
  run("pnpm", [...check, join(home, "full.config.ts")], root);
  // npm ci and npx as they are: all that is replaced is that packages are taken from npm's cache where it has them.
  const told = execFileSync("sh", ["ci/ssert.sh"], {
    cwd: home,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "", npm_config_prefer_offline: "true", npm_config_audit: "false" },
  });
  expect(told).toMatch(/^\d+ streams?: \d+ valid/m);
  // npm and tsc run in it: beside other work that takes more than the usual five seconds.
}, 60_000);
