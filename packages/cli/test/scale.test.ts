import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { inShell, installSsert, program, run, withSsert } from "./as-shell.ts";
import type { Told } from "./in-process.ts";
import { folder } from "./places.ts";

// The recipes of docs/scale.md, run as they stand there.

const PAGE = readFileSync(fileURLToPath(new URL("../../../docs/scale.md", import.meta.url)), "utf8");
const FIXTURES = fileURLToPath(new URL("../../../fixtures/pokee", import.meta.url));

/** The block of the page under `<!-- test: NAME -->`. */
function block(name: string): string {
  const [, text] = new RegExp(`<!-- test: ${name} -->\\n\`\`\`\\w+\\n(.*?)\\n\`\`\`\\n`, "s").exec(PAGE) ?? [];
  if (text === undefined) throw new Error(`docs/scale.md has no block "${name}"`);
  return text;
}

const HEADER = JSON.stringify({
  ssert: 1,
  recordedAt: "2026-01-01T00:00:00Z",
  tool: "a test",
  provenance: "synthetic",
  boundaries: "exact",
  protocol: "pokee",
});

/** A machine with the streams, valid and broken ones, each of which names its protocol. */
function machine(): string {
  const where = folder();
  const tapes = join(where, "tapes");
  mkdirSync(tapes);
  for (const kind of ["valid", "broken"]) cpSync(join(FIXTURES, kind), join(tapes, kind), { recursive: true });
  for (const name of readdirSync(tapes, { recursive: true, encoding: "utf8" })) {
    const tape = join(tapes, `${name}.tape`);
    if (name.endsWith(".sse") && !existsSync(tape)) writeFileSync(tape, `${HEADER}\n`);
  }
  return where;
}

let bin: string;
beforeEach(() => {
  bin = withSsert();
});

/** What one run says of the same streams. */
async function oneRun(...flags: readonly string[]): Promise<Told> {
  const told = await run(["ssert", "validate", "tapes", ...flags], machine(), bin);
  expect(told.code).toBe(1);
  expect(told.out.length).toBeGreaterThan(1000);
  return told;
}

it("every block of the page is run here", () => {
  const names = [...PAGE.matchAll(/<!-- test: ([\w-]+) -->/g)].map(([, name]) => name);
  expect(names).toEqual(["shell", "matrix", "indexed-job", "array"]);
  expect(PAGE.match(/^```\w+$/gm)).toHaveLength(names.length);
});

it("in a shell", async () => {
  const { code, out } = await inShell(block("shell"), machine(), bin);
  expect({ code, out }).toEqual({ code: 1, out: (await oneRun()).out });
});

it("with what ssert.config and a baseline say", async () => {
  const decided = async (): Promise<string> => {
    const where = machine();
    await run(["ssert", "validate", "tapes/broken/block", "--baseline", "known.json", "--update-baseline"], where, bin);
    writeFileSync(
      join(where, "ssert.config.mjs"),
      'export default { protocol: "pokee", rules: { "sse/id": "error" }, maxWarnings: 0, baseline: "known.json" };\n',
    );
    return where;
  };
  const whole = await run(["ssert", "validate", "tapes"], await decided(), bin);
  expect(whole.out).toMatch(/\d+ excused$/m);
  const { code, out } = await inShell(block("shell"), await decided(), bin);
  expect({ code, out }).toEqual({ code: 1, out: whole.out });
});

describe("a matrix of GitHub Actions", () => {
  interface Step {
    readonly run?: string;
    readonly uses?: string;
    readonly if?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }
  interface Job {
    readonly needs?: string;
    readonly strategy?: { readonly matrix: { readonly share: readonly number[] } };
    readonly steps: readonly Step[];
  }
  const { jobs }: { readonly jobs: Readonly<Record<"share" | "merge", Job>> } = parse(block("matrix"));
  const shares = jobs.share.strategy?.matrix.share ?? [];

  /** Values for GitHub's expressions; a name that is not known stays. */
  function filled(text: string, values: Readonly<Record<string, number>>): string {
    return text.replaceAll(/\$\{\{ (.*?) \}\}/g, (all, name: string) => String(values[name] ?? all));
  }

  /** A job on a machine of its own, which has the streams and `ssert`; artifacts go to a folder, and come from there. */
  async function runJob(
    job: Job,
    artifacts: string,
    values: Readonly<Record<string, number>> = {},
  ): Promise<Told & { readonly where: string }> {
    const where = machine();
    installSsert(where);
    let code = 0;
    let [out, err] = ["", ""];
    for (const step of job.steps) {
      if (code !== 0 && step.if === undefined) continue;
      const [action] = step.uses?.split("@") ?? [];
      if (action === "actions/upload-artifact") {
        const path = filled(String(step.with?.["path"]), values);
        cpSync(join(where, path), join(artifacts, path));
      } else if (action === "actions/download-artifact") {
        expect(step.with).toEqual({ pattern: "part-*", "merge-multiple": true });
        cpSync(artifacts, where, { recursive: true });
      } else if (step.run !== undefined && step.run !== "npm ci") {
        const told = await inShell(filled(step.run, values), where, bin);
        code ||= told.code;
        out += told.out;
        err += told.err;
      }
    }
    return { code, out, err, where };
  }

  async function runShares(artifacts: string, which = shares): Promise<readonly Told[]> {
    const values = (share: number) => ({ "matrix.share": share, "strategy.job-total": shares.length });
    return await Promise.all(which.map((share) => runJob(jobs.share, artifacts, values(share))));
  }

  it("comes to the report of one run", async () => {
    const artifacts = folder();
    expect((await runShares(artifacts)).map(({ code }) => code)).toEqual(shares.map(() => 0));
    const { code, out, where } = await runJob(jobs.merge, artifacts);
    const pretty = await oneRun();
    const annotations = await oneRun("--format", "github");
    expect({ code, out }).toEqual({ code: 1, out: pretty.out + annotations.out });
    expect(readFileSync(join(where, "reports/report.json"), "utf8")).toBe((await oneRun("--json")).out);
  });

  it("says which share is missing, and is whole once that has run again", async () => {
    const artifacts = folder();
    await runShares(artifacts);
    rmSync(join(artifacts, "part-2.json"));
    const lacking = await runJob(jobs.merge, artifacts);
    expect(lacking.code).toBe(2);
    expect(lacking.err).toContain("shard 2/3 is missing");
    await runShares(artifacts, [2]);
    expect((await runJob(jobs.merge, artifacts)).code).toBe(1);
  });

  it("has jobs that wait for each other, and actions of one major version", () => {
    expect(jobs.merge.needs).toBe("share");
    for (const { steps } of Object.values(jobs))
      for (const { uses, run: lines } of steps) expect(uses ?? lines).toMatch(lines ? /./ : /^actions\/[\w-]+@v\d+$/);
  });
});

describe("an indexed Job of Kubernetes", () => {
  interface Container {
    readonly command: readonly string[];
    readonly workingDir: string;
    readonly env?: readonly { readonly name: string; readonly value: string }[];
    readonly volumeMounts: readonly { readonly mountPath: string }[];
  }
  interface Job {
    readonly apiVersion: string;
    readonly kind: string;
    readonly spec: {
      readonly completionMode?: string;
      readonly completions?: number;
      readonly template: { readonly spec: { readonly containers: readonly [Container] } };
    };
  }
  const [share, merge] = parseAllDocuments(block("indexed-job")).map((document): Job => document.toJS());
  if (share === undefined || merge === undefined) throw new Error("docs/scale.md has one Job where two are expected");

  /** A pod: its working folder is the volume. */
  async function pod(job: Job, volume: string, index?: number): Promise<Told> {
    const [{ command, env = [], workingDir, volumeMounts }] = job.spec.template.spec.containers;
    expect(volumeMounts.map(({ mountPath }) => mountPath)).toEqual([workingDir]);
    const given = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    return await run(command, volume, bin, {
      ...given,
      ...(index !== undefined && { JOB_COMPLETION_INDEX: String(index) }),
    });
  }

  it("comes to the report of one run, also where a pod was killed and started again", async () => {
    const volume = machine();
    mkdirSync(join(volume, "reports"));
    const { completionMode, completions = 0 } = share.spec;
    expect({ completionMode, completions, shares: share.spec.template.spec.containers[0].env?.[0]?.value }).toEqual({
      completionMode: "Indexed",
      completions: 3,
      shares: "3",
    });
    const pods = await Promise.all([0, 1, 2].map((index) => pod(share, volume, index)));
    expect(pods.map(({ code }) => code)).toEqual([0, 0, 0]);

    writeFileSync(
      join(volume, "reports/part-1.json"),
      readFileSync(join(volume, "reports/part-1.json")).subarray(0, 500),
    );
    const torn = await pod(merge, volume);
    expect(torn.code).toBe(2);
    expect(torn.err).toContain("part-1.json is not JSON");

    await pod(share, volume, 1);
    expect((await pod(merge, volume)).code).toBe(1);
    expect(readFileSync(join(volume, "reports/all.json"), "utf8")).toBe((await oneRun("--json")).out);
  });

  it("lets a pod fail only where it could not run", async () => {
    const volume = machine();
    mkdirSync(join(volume, "reports"));
    rmSync(join(volume, "tapes"), { recursive: true });
    expect((await pod(share, volume, 0)).code).not.toBe(0);
  });
});

it("an array job of SLURM comes to the report of one run", async () => {
  const where = machine();
  // In place of the scheduler: tasks at the same time, as processes of this machine, and their end is waited for.
  program(
    join(bin, "sbatch"),
    `for word; do case "$word" in --array=*) last="\${word##*-}";; esac; wrapped=$word; done
if [ -z "\${last:-}" ]; then exec sh -c "$wrapped"; fi
for task in $(seq "$last"); do
  SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_COUNT=$last sh -c "$wrapped" &
done
wait
echo 4711`,
  );
  expect((await inShell(block("array"), where, bin)).code).toBe(1);
  expect(readFileSync(join(where, "all.json"), "utf8")).toBe((await oneRun("--json")).out);
});
