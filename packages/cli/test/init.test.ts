import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../src/config/load.ts";
import type { Written } from "../src/init/files.ts";
import type { Config } from "../src/libraries/config.ts";
import { ssert } from "./in-process.ts";
import { file, folder } from "./places.ts";
import { VALID } from "./pokee.ts";

const read = (...path: string[]): string => readFileSync(join(...path), "utf8");

/** A project's folder with these files. */
function project(files: Readonly<Record<string, string>> = {}): string {
  const where = folder();
  for (const [name, contents] of Object.entries(files)) {
    mkdirSync(join(where, name, ".."), { recursive: true });
    writeFileSync(join(where, name), contents);
  }
  return where;
}

async function init(where: string) {
  const { code, out, err } = await ssert(["init", where, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { files, ...rest } = JSON.parse(out);
  const statuses: Record<string, string> = {};
  for (const { path, status } of files) statuses[relative(where, path)] = status;
  return { ...rest, files, statuses };
}

describe("ssert init", () => {
  it("writes what a project needs, and says so per file", async () => {
    const where = project({ "tapes/a.sse": VALID });
    const { code, out } = await ssert(["init", where]);
    expect(code).toBe(0);
    for (const name of [
      ".gitattributes",
      ".gitignore",
      "ssert.config.ts",
      ".github/workflows/ssert.yml",
      "ci/ssert.sh",
    ])
      expect(out).toMatch(new RegExp(`^created +\\S+/${name.replaceAll(".", "\\.")}( |$)`, "m"));
    expect(read(where, ".gitattributes")).toBe("*.sse -text\n*.sse.tape -text\n");
    expect(statSync(join(where, "ci/ssert.sh")).mode & 0o111).toBe(0o111);
    expect(out).toMatch(/^Found 1 stream: the commands say tapes\.\n\nNext:\n {2}- /m);
  });

  it("changes nothing when it is run again", async () => {
    const where = project({ "tapes/a.sse": VALID });
    await init(where);
    const before = readdirSync(where, { recursive: true, encoding: "utf8" }).map((name) => [
      name,
      statSync(join(where, name)).mtimeMs,
    ]);
    const { statuses, next } = await init(where);
    expect(new Set(Object.values(statuses))).toEqual(new Set(["exists"]));
    expect(next.join()).not.toContain("was there");
    const after = readdirSync(where, { recursive: true, encoding: "utf8" }).map((name) => [
      name,
      statSync(join(where, name)).mtimeMs,
    ]);
    expect(after).toEqual(before);
  });

  it("never overwrites; where CI has a workflow of that name, the reader is told", async () => {
    const mine = { "ssert.config.ts": "mine", ".github/workflows/ssert.yml": "mine", "ci/ssert.sh": "mine" };
    const where = project(mine);
    const { statuses, next } = await init(where);
    for (const [name, contents] of Object.entries(mine)) {
      expect(read(where, name)).toBe(contents);
      expect(statuses[name]).toBe("exists");
    }
    expect(next.join("\n")).toMatch(/ssert\.yml was there: compare its steps with ci\/ssert\.sh/);
    expect((await ssert(["init", where])).out).toMatch(/^exists +\S+ssert\.yml \(left alone\)$/m);
  });

  it.each(["ssert.config.js", "ssert.config.mjs"])("lets %s be the only configuration", async (name) => {
    const where = project({ [name]: "export default {};\n" });
    expect((await init(where)).statuses).toMatchObject({ [name]: "exists" });
    expect(readdirSync(where)).not.toContain("ssert.config.ts");
  });
});

describe(".gitattributes", () => {
  it.each([
    ["", "*.sse -text\n*.sse.tape -text\n"],
    ["*.png binary\n", "*.png binary\n*.sse -text\n*.sse.tape -text\n"],
    ["*.png binary", "*.png binary\n*.sse -text\n*.sse.tape -text\n"],
    ["*.png binary\r\n", "*.png binary\r\n*.sse -text\r\n*.sse.tape -text\r\n"],
    ["*.sse -text\n", "*.sse -text\n*.sse.tape -text\n"],
    ["*.sse  binary\n*.sse.tape\t-text\n", "*.sse  binary\n*.sse.tape\t-text\n"],
    // The last line that matches is the one that git follows.
    ["*.sse -text\n* text=auto\n", "*.sse -text\n* text=auto\n*.sse -text\n*.sse.tape -text\n"],
    ["* text=auto\n*.sse -text\n*.sse.tape -text\n", "* text=auto\n*.sse -text\n*.sse.tape -text\n"],
    ["* -text\n", "* -text\n"],
    ["# *.sse -text\n", "# *.sse -text\n*.sse -text\n*.sse.tape -text\n"],
  ])("%j becomes %j", async (before, after) => {
    const where = project({ ".gitattributes": before });
    const { statuses } = await init(where);
    expect(read(where, ".gitattributes")).toBe(after);
    expect(statuses[".gitattributes"]).toBe(before === after ? "exists" : "appended");
    // What git itself makes of it.
    const git = (...args: string[]): string => execFileSync("git", args, { cwd: where, encoding: "utf8" });
    git("init", "--quiet");
    expect(git("check-attr", "text", "x/y.sse", "x/y.sse.tape")).toBe(
      "x/y.sse: text: unset\nx/y.sse.tape: text: unset\n",
    );
    expect(git("check-ignore", ".ssert/reports/x")).toBe(".ssert/reports/x\n");
  });

  it("names the lines that were added", async () => {
    const where = project({ ".gitattributes": "*.sse -text\n" });
    expect((await ssert(["init", where])).out).toMatch(/^appended +\S+\.gitattributes \(\*\.sse\.tape -text\)$/m);
  });
});

it("`.ssert/`, where commands keep their own files, is ignored by git, once", async () => {
  const where = project({ ".gitignore": "dist" });
  await init(where);
  expect(read(where, ".gitignore")).toBe("dist\n.ssert/\n");
  expect((await init(project({ ".gitignore": "/.ssert\n" }))).statuses[".gitignore"]).toBe("exists");
});

describe("the configuration", () => {
  const every: Required<Config> = {
    protocol: "pokee",
    rules: { "timing/gap": "off" },
    baseline: expect.stringMatching(/[/\\]ssert\.baseline\.json$/),
    maxWarnings: 0,
    private: true,
  };

  it.each([
    ["ssert.config.ts", {}],
    ["ssert.config.ts", { "package.json": '{"type":"module"}' }],
    ["ssert.config.mjs", { "package.json": '{"type":"commonjs"}' }],
    ["ssert.config.mjs", { "package.json": "{}" }],
  ])("%s loads as it was written, and shows every key (%j)", async (name, files) => {
    const where = project(files);
    expect((await init(where)).statuses[name]).toBe("created");
    const path = join(where, name);
    expect((await loadConfig(path)).config).toEqual({});
    const full = join(where, `full-${name}`);
    writeFileSync(full, read(path).replaceAll(/^ {2}\/\/ (\w+: .*,)$/gm, "  $1"));
    expect((await loadConfig(full)).config).toEqual(every);
  });
});

describe("what it finds", () => {
  it.each([
    [[], "tapes"],
    [["recordings/a.sse", "recordings/deep/b.sse"], "recordings"],
    [["test/tapes/a.sse", "test/tapes/b.sse"], "test/tapes"],
    [["a/x.sse", "b/y.sse"], "**/*.sse"],
    [["x.sse"], "**/*.sse"],
    [["our tapes/x.sse"], "our tapes"],
    [["it's/x.sse"], "**/*.sse"],
    [["$(touch x)/x.sse"], "**/*.sse"],
    [["-rf/x.sse"], "**/*.sse"],
    [["node_modules/x/x.sse"], "tapes"],
  ])("of tapes: %j are named as %j", async (names, input) => {
    const where = project(Object.fromEntries(names.map((name) => [name, VALID])));
    expect((await init(where)).tapes.input).toBe(input);
    const written = input.includes("*") || input.includes(" ") ? `'${input}'` : input;
    expect(read(where, "ci/ssert.sh")).toContain(` validate ${written} --format `);
  });

  it("says that CI fails until there is a tape, and what bare streams lack", async () => {
    expect((await init(project())).next.join("\n")).toContain("ssert record URL -o tapes/NAME.sse; until there is one");
    const { tapes, next } = await init(project({ "t/a.sse": VALID, "t/b.sse": VALID, "t/b.sse.tape": "" }));
    expect(tapes).toEqual({ streams: 2, bare: 1, input: "t" });
    expect(next.join("\n")).toContain("1 stream without NAME.sse.tape: name the protocol in ssert.config");
  });

  const bare = { "package.json": "{}" };
  it.each([
    ["nothing", {}, null, undefined, "npx --yes ssert@"],
    ["no lockfile", bare, "npm", "npm install", "npx --no ssert"],
    ["package-lock.json", { ...bare, "package-lock.json": "{}" }, "npm", "npm ci", "npx --no ssert"],
    ["pnpm-lock.yaml", { ...bare, "pnpm-lock.yaml": "" }, "pnpm", "pnpm install --frozen-lockfile", "pnpm exec ssert"],
    [
      "yarn.lock of Yarn 1",
      { ...bare, "yarn.lock": "# v1\n" },
      "yarn",
      "yarn install --frozen-lockfile",
      "yarn --silent run ssert",
    ],
    [
      "yarn.lock of a later one",
      { ...bare, "yarn.lock": "__metadata:\n" },
      "yarn",
      "yarn install --immutable",
      "yarn run ssert",
    ],
    ["bun.lock", { ...bare, "bun.lock": "" }, "bun", "bun install --frozen-lockfile", "bun run ssert"],
    ["bun.lockb", { ...bare, "bun.lockb": "" }, "bun", "bun install --frozen-lockfile", "bun run ssert"],
    [
      "packageManager",
      { "package.json": '{"packageManager":"yarn@4.9.2"}', "package-lock.json": "" },
      "yarn",
      "yarn install --immutable",
      "yarn run ssert",
    ],
    ["a package.json that is no JSON", { "package.json": "{" }, null, undefined, "npx --yes ssert@"],
  ])("of the package manager: %s", async (_, files, manager, install, command) => {
    const where = project(files);
    expect((await init(where)).packageManager).toBe(manager);
    for (const name of ["ci/ssert.sh", ".github/workflows/ssert.yml"]) {
      expect(read(where, name)).toContain(command);
      if (install !== undefined) expect(read(where, name)).toContain(install);
    }
  });

  it("says how to add ssert to the dependencies, unless it is there", async () => {
    const files = { "pnpm-lock.yaml": "" };
    expect((await init(project({ ...files, "package.json": "{}" }))).next[0]).toMatch(/^pnpm add --save-dev ssert/);
    const there = project({ ...files, "package.json": '{"devDependencies":{"ssert":"^0.1.0"}}' });
    expect((await init(there)).next.join()).not.toContain("pnpm add");
  });
});

describe("git", () => {
  it("has no repository here: says when the files begin to work", async () => {
    expect((await init(project())).next.at(-1)).toMatch(
      /no git repository: \.gitattributes and the workflow work once/,
    );
    expect((await init(project({ ".git/HEAD": "" }))).next.at(-1)).toBe("commit the files");
  });

  it("has its top further up: there GitHub looks for workflows, and the lockfile is", async () => {
    const top = project({ ".git/HEAD": "", "pnpm-lock.yaml": "", "package.json": "{}", "apps/one/tapes/a.sse": VALID });
    const { statuses } = await init(join(top, "apps/one"));
    expect(statuses["../../.github/workflows/ssert.yml"]).toBe("created");
    expect(read(top, ".github/workflows/ssert.yml")).toContain("working-directory: 'apps/one'");
    expect(read(top, "apps/one/ci/ssert.sh")).toContain("pnpm exec ssert validate tapes ");
    expect(readdirSync(join(top, "apps/one")).sort()).toEqual([
      ".gitattributes",
      ".gitignore",
      "ci",
      "ssert.config.mjs",
      "tapes",
    ]);
  });
});

describe("cannot run, exit 2", () => {
  it.each([
    ["in a file", () => file("x.sse", VALID), /^ssert: init: \S+x\.sse is a file; name the project's folder\n$/],
    [
      "in a folder that is not there",
      () => join(folder(), "no"),
      /^ssert: init: the folder \S+no does not exist; make it/,
    ],
  ])("%s", async (_, place, message) => {
    const where = place();
    const before = statSync(where, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(where) : [];
    const { code, out, err } = await ssert(["init", where]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
    expect(before.length === 0 ? [] : readdirSync(where)).toEqual(before);
  });
});

describe("what cannot be written", () => {
  const FILES = [".gitattributes", ".gitignore", "ssert.config.ts", ".github/workflows/ssert.yml", "ci/ssert.sh"];

  /** Everything below a folder: contents of files, targets of links. */
  function everything(where: string): Record<string, string> {
    const entries = readdirSync(where, { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => [join(entry.parentPath, entry.name), entry] as const)
        .map(([path, entry]) => [
          path,
          entry.isFile() ? readFileSync(path, "utf8") : entry.isSymbolicLink() ? readlinkSync(path) : "",
        ]),
    );
  }

  const link = (to: string, name: string) => (where: string) => {
    mkdirSync(join(where, name, ".."), { recursive: true });
    symlinkSync(to, join(where, name));
  };
  const files = (contents: Readonly<Record<string, string>>) => (where: string) => {
    for (const [name, text] of Object.entries(contents)) {
      mkdirSync(join(where, name, ".."), { recursive: true });
      writeFileSync(join(where, name), text);
    }
  };
  const pipe = (name: string) => (where: string) => {
    execFileSync("mkfifo", [join(where, name)]);
  };

  it.each<readonly [string, (where: string) => void, readonly string[], RegExp]>([
    [
      "a workflow that is a link to nowhere",
      link("nowhere.yml", ".github/workflows/ssert.yml"),
      [".github/workflows/ssert.yml"],
      /^\.github\/workflows\/ssert\.yml is a link that leads nowhere$/,
    ],
    [
      "a folder that is a link to nowhere",
      link("../nowhere", ".github"),
      [".github/workflows/ssert.yml"],
      /^\.github is a link that leads nowhere$/,
    ],
    ["a link to itself", link("ci", "ci"), ["ci/ssert.sh"], /^ci is a link that leads nowhere$/],
    ["a list that is a link to nowhere", link("gone/x", ".gitignore"), [".gitignore"], /leads nowhere$/],
    [
      "a configuration that is a link to nowhere",
      link("gone", "ssert.config.ts"),
      ["ssert.config.ts"],
      /leads nowhere$/,
    ],
    ["a file where a folder is needed", files({ ci: "" }), ["ci/ssert.sh"], /^ci is a file, where a folder is needed$/],
    [
      "a folder where a file is needed",
      files({ ".gitattributes/x": "" }),
      [".gitattributes"],
      /^\.gitattributes is a folder, where a file is needed$/,
    ],
    [
      "a folder in the place of a file that is only made once",
      files({ ".github/workflows/ssert.yml/x": "" }),
      [".github/workflows/ssert.yml"],
      /ssert\.yml is a folder, where a file is needed$/,
    ],
    ["a pipe", pipe(".gitignore"), [".gitignore"], /^\.gitignore is a pipe, a socket or a device, where a file/],
    [
      "several at once",
      (where) => {
        files({ ".github": "" })(where);
        link("gone", "ci")(where);
      },
      [".github/workflows/ssert.yml", "ci/ssert.sh"],
      /^\.github is a file|^ci is a link/,
    ],
  ])("%s: is told, left alone, and all else is written", async (_, prepare, failing, reason) => {
    const where = project();
    prepare(where);
    const before = everything(where);
    const { code, out, err } = await ssert(["init", where, "--json"]);
    const told: { path: string; status: string; reason?: string }[] = JSON.parse(out).files;
    expect(told.map(({ path, status }) => [relative(where, path), status])).toEqual(
      FILES.map((name) => [name, failing.includes(name) ? "failed" : "created"]),
    );
    for (const { status, reason: why } of told) expect(why ?? "").toMatch(status === "failed" ? reason : /^$/);
    expect(code).toBe(2);
    expect(err).toMatch(/^ssert: init: cannot write \S+ \(.*; the other files are done; mend that and run it again\n$/);
    const after = everything(where);
    expect(after).toMatchObject(before);
    const written = Object.keys(after).filter((path) => !(path in before));
    expect(written.map((path) => relative(where, path)).sort()).toEqual(
      FILES.filter((name) => !failing.includes(name)).sort(),
    );
    // What was written serves: with the obstacle gone the next run does the rest.
    const again = JSON.parse((await ssert(["init", where, "--json"])).out).files;
    expect(again.map(({ status }: Written) => status).sort()).toEqual(
      FILES.map((name) => (failing.includes(name) ? "failed" : "exists")).sort(),
    );
  });

  it.each<readonly [string, (outside: string) => (where: string) => void, string, RegExp]>([
    [
      "a folder",
      (outside) => link(outside, ".github"),
      ".github/workflows/ssert.yml",
      /^\.github is a link out of the project$/,
    ],
    [
      "a list that lacks lines",
      (outside) => link(join(outside, "list"), ".gitattributes"),
      ".gitattributes",
      /^\.gitattributes is a link out of the project; add to it: \*\.sse -text, \*\.sse\.tape -text$/,
    ],
  ])("no link out of the project is followed: %s", async (_, prepare, name, reason) => {
    const outside = project({ list: "*.png binary\n" });
    const where = project();
    prepare(outside)(where);
    const before = everything(outside);
    const { code, out } = await ssert(["init", where, "--json"]);
    expect(code).toBe(2);
    const failed = JSON.parse(out).files.filter(({ status }: Written) => status === "failed");
    expect(failed).toMatchObject([{ path: expect.stringMatching(`${name}$`), reason: expect.stringMatching(reason) }]);
    expect(everything(outside)).toEqual(before);
  });

  it("links that are fine: within the repository, and out of it to what needs no change", async () => {
    const outside = project({ list: "*.sse -text\n*.sse.tape -text\n", "ssert.yml": "name: ours\n" });
    const top = project({ ".git/HEAD": "", ".gitignore": "", "config/github/x": "", "app/x": "" });
    link("config/github", ".github")(top);
    link(join(outside, "ssert.yml"), ".github/workflows/ssert.yml")(top);
    link("../.gitignore", "app/.gitignore")(top);
    link(join(outside, "list"), "app/.gitattributes")(top);
    const where = join(top, "app");
    const { statuses } = await init(where);
    expect(statuses).toEqual({
      ".gitattributes": "exists",
      ".gitignore": "appended",
      "ssert.config.ts": "created",
      "../.github/workflows/ssert.yml": "exists",
      "ci/ssert.sh": "created",
    });
    expect(read(top, ".gitignore")).toBe(".ssert/\n");
    expect(read(outside, "ssert.yml")).toBe("name: ours\n");
  });

  it("a project that is itself behind a link is no way out", async () => {
    const way = join(folder(), "link");
    symlinkSync(project({ ".gitignore": "x\n" }), way);
    expect((await init(way)).statuses[".gitignore"]).toBe("appended");
  });

  it("for people: a line per file, and what to do first", async () => {
    const where = project({ ci: "" });
    const { code, out } = await ssert(["init", where]);
    expect(code).toBe(2);
    expect(out).toMatch(/^failed +\S+\/ci\/ssert\.sh \(ci is a file, where a folder is needed\)$/m);
    expect(out).toMatch(/^created +\S+\/ssert\.config\.ts$/m);
    expect(out).toMatch(
      /^Next:\n {2}- put right what keeps \S+\/ci\/ssert\.sh from being written, and run ssert init again$/m,
    );
    expect(out).not.toContain("sh ci/ssert.sh: what CI will do");
  });

  // A folder that takes no file, also from root.
  it.skipIf(!existsSync("/proc/self/attr"))("nothing at all, where the system refuses", async () => {
    const { code, out, err } = await ssert(["init", "/proc/self/attr", "--json"]);
    expect(code).toBe(2);
    const { files: told } = JSON.parse(out);
    expect(told.map(({ status }: Written) => status)).toEqual(FILES.map(() => "failed"));
    expect(told[0].reason).toMatch(/ENOENT|EACCES|EPERM/);
    expect(err).not.toContain("the other files");
  });
});
