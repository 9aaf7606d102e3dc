import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTape } from "@ssert/tape";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import manifest from "../package.json" with { type: "json" };
import { inShell, installSsert, program, run, whereIs } from "./as-shell.ts";
import { ssert, type Told } from "./in-process.ts";
import { folder } from "./places.ts";
import { ORPHANED_RESULT, VALID } from "./pokee.ts";

// The workflow that `ssert init` writes is read as YAML, and its `run:` steps are run as GitHub's runner runs them: by
// bash -e, in order; a failed step fails the job, and of those after it only the ones with `!cancelled()` run.

interface Step {
  readonly name: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly "runs-on": string;
        readonly "timeout-minutes": number;
        readonly defaults?: { readonly run: Readonly<Record<string, string>> };
        readonly steps: readonly Step[];
      }
    >
  >;
}

/** A finished tape. */
async function keep(path: string, stream: string): Promise<void> {
  const tape = await createTape(path, {
    ssert: 1,
    recordedAt: "2026-01-01T00:00:00Z",
    tool: "a test",
    provenance: "synthetic",
    boundaries: "exact",
    protocol: "pokee",
  });
  tape.append(new TextEncoder().encode(stream), 0);
  await tape.finish("eof", 0);
}

interface Project {
  readonly where: string;
  /** For the PATH. */
  readonly bin: string;
  /** What would have been installed. */
  readonly installed: () => readonly string[];
}

/**
 * A project with tapes in which `ssert` is installed as a package manager leaves it. Installing itself is replaced: `npm ci`
 * and so on only write down that they were called, since nothing here may come from a registry. npx and pnpm are the real
 * ones; Yarn and Bun, which not every machine has, are replaced by what their `run` does: the program of that name in
 * `node_modules/.bin`.
 */
async function project(files: Readonly<Record<string, string>>, tapes: readonly string[]): Promise<Project> {
  const where = folder();
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(where, name), contents);
  for (const [number, tape] of tapes.entries()) await keep(join(where, `tapes/${number}.sse`), tape);
  installSsert(where);
  const bin = folder();
  const log = join(bin, "installed");
  const only = (name: string, rest: string): void =>
    program(join(bin, name), `case "$1" in install|ci) echo "${name} $*" >> '${log}';; *) ${rest};; esac`);
  const runs = `[ "$1" = --silent ] && shift; [ "$1" = run ] || exit 64; shift; program=$1; shift; exec "node_modules/.bin/$program" "$@"`;
  only("npm", `exec '${whereIs("npm")}' "$@"`);
  only("pnpm", `exec '${whereIs("pnpm")}' "$@"`);
  only("yarn", runs);
  only("bun", runs);
  program(join(bin, "corepack"), `[ "$*" = enable ]`);
  writeFileSync(log, "");
  return { where, bin, installed: () => readFileSync(log, "utf8").split("\n").slice(0, -1) };
}

function workflowOf(where: string): Workflow {
  return parse(readFileSync(join(where, ".github/workflows/ssert.yml"), "utf8"));
}

// GitHub's own language, not a template of this one.
const ALWAYS = "$" + "{{ !cancelled() }}";

/** What the job comes to: the exit code of the first step that failed, and what the steps printed. */
async function runJob({ where, bin }: Project, workflow: Workflow): Promise<Told> {
  let code = 0;
  let [out, err] = ["", ""];
  for (const step of workflow.jobs["validate"]?.steps ?? []) {
    if (step.run === undefined) continue;
    if (code !== 0 && step.if !== ALWAYS) continue;
    const told = await inShell(step.run, where, bin, { GITHUB_ACTIONS: "true" });
    code ||= told.code;
    out += told.out;
    err += told.err;
  }
  return { code, out, err };
}

const MANAGERS: readonly [string, Readonly<Record<string, string>>, readonly string[]][] = [
  ["npm", { "package.json": "{}", "package-lock.json": "{}" }, ["npm ci"]],
  [
    "pnpm",
    { "package.json": "{}", "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" },
    ["npm install --global pnpm@11", "pnpm install --frozen-lockfile"],
  ],
  ["Yarn 1", { "package.json": "{}", "yarn.lock": "" }, ["yarn install --frozen-lockfile"]],
  ["Yarn", { "package.json": "{}", "yarn.lock": "__metadata:\n" }, ["yarn install --immutable"]],
  ["Bun", { "package.json": "{}", "bun.lock": "" }, ["bun install --frozen-lockfile"]],
  // npx takes what it would fetch from here, if the version is the same.
  ["no package.json", {}, []],
];

describe.each(MANAGERS)("with %s", (_, files, installed) => {
  it("the workflow's steps end with 0 when every tape is valid", async () => {
    const here = await project(files, [VALID, VALID]);
    await ssert(["init", here.where]);
    const { code, out, err } = await runJob(here, workflowOf(here.where));
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toContain("2 streams: 2 valid");
    expect(here.installed()).toEqual(installed);
    const sarif = JSON.parse(readFileSync(join(here.where, ".ssert/reports/report.sarif"), "utf8"));
    expect(sarif).toMatchObject({ version: "2.1.0", runs: [{ results: [] }] });
  });

  it("the workflow's steps end with 1 when one is broken, and annotate its line", async () => {
    const here = await project(files, [VALID, ORPHANED_RESULT]);
    await ssert(["init", here.where]);
    const { code, out } = await runJob(here, workflowOf(here.where));
    expect(code).toBe(1);
    expect(out).toContain("2 streams: 1 valid, 1 invalid");
    expect(out).toMatch(/^::error .*file=tapes\/1\.sse,.*line=\d+/m);
  });

  it("the shell script says the same, from any folder", async () => {
    const here = await project(files, [VALID, ORPHANED_RESULT]);
    await ssert(["init", here.where]);
    const { code, out } = await run([join(here.where, "ci/ssert.sh")], folder(), here.bin);
    expect(code).toBe(1);
    expect(out).toContain("2 streams: 1 valid, 1 invalid");
    expect(out).not.toContain("::error");
    expect(here.installed()).toEqual(installed.filter((line) => !line.includes("--global")));
  });
});

describe("the shell script", () => {
  it.each([
    ["0 when every tape is valid", [VALID], 0],
    ["1 when one is broken", [VALID, ORPHANED_RESULT], 1],
    ["2 when there is none", [], 2],
  ])("ends with %s", async (_, tapes, code) => {
    const here = await project({}, tapes);
    await ssert(["init", here.where]);
    expect(await run(["sh", "ci/ssert.sh"], here.where, here.bin)).toMatchObject({ code });
  });

  it("annotates where GitHub reads it", async () => {
    const here = await project({}, [ORPHANED_RESULT]);
    await ssert(["init", here.where]);
    const { code, out } = await run(["sh", "ci/ssert.sh"], here.where, here.bin, { GITHUB_ACTIONS: "true" });
    expect(code).toBe(1);
    expect(out).toMatch(/^::error .*file=tapes\/0\.sse,/m);
  });
});

describe("the workflow", () => {
  async function written(): Promise<{ readonly text: string; readonly workflow: Workflow; readonly script: string }> {
    const { where } = await project({ "package.json": "{}", "package-lock.json": "{}" }, [VALID]);
    await ssert(["init", where]);
    const text = readFileSync(join(where, ".github/workflows/ssert.yml"), "utf8");
    return { text, workflow: parse(text), script: readFileSync(join(where, "ci/ssert.sh"), "utf8") };
  }
  const uncommented = (text: string): Workflow => parse(text.replaceAll(/^( *)# (?=- name|\s+\w+:|security-)/gm, "$1"));

  it("has what GitHub asks for, and no more rights than reading", async () => {
    const { workflow } = await written();
    expect(Object.keys(workflow)).toEqual(["name", "on", "permissions", "jobs"]);
    expect(workflow.on).toEqual({ push: { branches: ["main", "master"] }, pull_request: null });
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(Object.keys(workflow.jobs)).toEqual(["validate"]);
    expect(workflow.jobs["validate"]).toMatchObject({ "runs-on": "ubuntu-latest", "timeout-minutes": 15 });
  });

  it("has steps that either run something or use an action of one major version", async () => {
    const { text } = await written();
    for (const { jobs } of [parse(text), uncommented(text)]) {
      for (const step of jobs.validate.steps) {
        expect(step.name).toMatch(/^[A-Z]/);
        expect([step.run, step.uses].filter((what) => what !== undefined)).toHaveLength(1);
        if (step.uses !== undefined) expect(step.uses).toMatch(/^[\w-]+\/[\w-]+(?:\/[\w-]+)?@v\d+$/);
      }
    }
  });

  it("shows the upload to code scanning, commented out; it reads the report that is written", async () => {
    const { text, workflow } = await written();
    expect(workflow.jobs["validate"]?.steps.map(({ name }) => name)).toEqual([
      "Check out",
      "Set up Node",
      "Install",
      "Validate",
      "Annotate",
    ]);
    const { permissions, jobs } = uncommented(text);
    expect(permissions).toEqual({ contents: "read", "security-events": "write" });
    expect(jobs["validate"]?.steps.at(-1)).toMatchObject({
      uses: "github/codeql-action/upload-sarif@v4",
      with: { sarif_file: ".ssert/reports/report.sarif" },
    });
  });

  it("has the script's lines as its steps", async () => {
    const { workflow, script } = await written();
    const lines = (workflow.jobs["validate"]?.steps ?? []).flatMap((step) => step.run?.trim() ?? []);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(script).toContain(line);
  });

  it("runs in the folder of the project, wherever that is; annotations name files from the top", async () => {
    const top = await project({}, []);
    mkdirSync(join(top.where, ".git"));
    const below = "our apps/one";
    const deep = join(top.where, below);
    await keep(join(deep, "tapes/x.sse"), ORPHANED_RESULT);
    await ssert(["init", deep]);
    const workflow = workflowOf(top.where);
    expect(workflow.jobs["validate"]?.defaults).toEqual({ run: { "working-directory": below } });
    const { code, out } = await runJob({ ...top, where: deep }, workflow);
    expect(code).toBe(1);
    expect(out).toMatch(/^::error file=our apps\/one\/tapes\/x\.sse,line=\d+/m);
    // Code scanning would look for the files at the top.
    expect(readFileSync(join(top.where, ".github/workflows/ssert.yml"), "utf8")).not.toContain("upload-sarif");
  });

  it("does not let a folder's name into a command", async () => {
    const top = folder();
    mkdirSync(join(top, ".git"));
    const deep = join(top, "it's $(here) & |x|");
    await keep(join(deep, "tapes/x.sse"), VALID);
    await ssert(["init", deep]);
    const { defaults, steps = [] } = workflowOf(top).jobs["validate"] ?? {};
    expect(defaults).toEqual({ run: { "working-directory": "it's $(here) & |x|" } });
    for (const { run: lines = "" } of steps) expect(lines).not.toContain("here");
  });

  it("fetches the version that wrote it where no package.json pins one", async () => {
    const { where } = await project({}, [VALID]);
    await ssert(["init", where]);
    const steps = workflowOf(where).jobs["validate"]?.steps ?? [];
    expect(steps.find(({ name }) => name === "Validate")?.run).toContain(
      `npx --yes ssert@${manifest.version} validate`,
    );
  });
});
