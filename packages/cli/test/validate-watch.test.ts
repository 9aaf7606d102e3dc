import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { settled } from "../src/validate/debounce.ts";
import { validateProgress } from "../src/validate/progress.ts";
import { spawnSsert } from "./child.ts";
import { type Running, ssert, start, type World } from "./in-process.ts";
import { folder } from "./places.ts";
import { ORPHANED_RESULT, TRUNCATED, VALID } from "./pokee.ts";

const pokee = ["--protocol", "pokee"];

async function watching(args: readonly string[], world: World = {}): Promise<Running> {
  const running = start(["validate", ...args, ...pokee, "--watch"], world);
  await running.errHas(/^watching .* ends\n/m);
  return running;
}

/** What a page is given to show. */
function dataOf(page: string | undefined): unknown {
  const [, json = ""] = /id="data">(.*?)<\/script/s.exec(page ?? "") ?? [];
  return JSON.parse(json);
}

const times = (text: string, number: number): RegExp => new RegExp(`(?:${text}[^]*?){${number}}`);

describe("--watch", () => {
  it("validates again what changes, comes or goes; the last state is the exit code", async () => {
    const where = folder();
    const [a, b] = [join(where, "a.sse"), join(where, "b.sse")];
    writeFileSync(a, VALID);
    const running = await watching([where]);
    await running.outHas("✓");
    writeFileSync(b, ORPHANED_RESULT);
    expect(await running.outHas("1 stream: 1 invalid")).toMatch(/b\.sse {2}pokee@1 {2}invalid/);
    writeFileSync(a, TRUNCATED);
    await running.outHas("1 stream: 1 truncated");
    writeFileSync(b, VALID);
    await running.outHas(times("1 stream: 1 valid", 2));
    rmSync(a);
    await running.errHas(`1 stream gone: ${a}`);
    running.stop();
    const { code, out } = await running.done;
    expect(code).toBe(0);
    expect(out).not.toContain("\u001b");
    expect(out.split("b.sse  pokee@1  invalid")).toHaveLength(2); // told once, when it was so
  });

  it("ends with the findings that are left", async () => {
    const where = folder();
    writeFileSync(join(where, "a.sse"), ORPHANED_RESULT);
    const running = await watching([where]);
    writeFileSync(join(where, "b.sse"), VALID);
    await running.outHas("1 stream: 1 valid");
    running.stop();
    expect((await running.done).code).toBe(1);
  });

  it("keeps the report of all streams in its file", async () => {
    const where = folder();
    const output = join(folder(), "report.json");
    writeFileSync(join(where, "a.sse"), VALID);
    const running = await watching([
      where,
      "--format",
      "json",
      "--format",
      "pretty",
      "--output-dir",
      join(output, ".."),
    ]);
    writeFileSync(join(where, "b.sse"), TRUNCATED);
    await running.outHas("1 truncated");
    running.stop();
    await running.done;
    expect(JSON.parse(readFileSync(output, "utf8")).summary).toMatchObject({ streams: 2, valid: 1, truncated: 1 });
  });

  it("keeps what it knows of streams that did not change: their events, their rules, the protocol that nobody knows", async () => {
    const where = folder();
    const output = folder();
    const tape = { ssert: 1, recordedAt: "2026-01-01T00:00:00Z", tool: "x", provenance: "edited", boundaries: "exact" };
    writeFileSync(join(where, "a.sse"), ORPHANED_RESULT);
    writeFileSync(join(where, "c.sse"), VALID);
    writeFileSync(join(where, "c.sse.tape"), `${JSON.stringify({ ...tape, protocol: "nobodys" })}\n`);
    writeFileSync(join(where, "a.sse.tape"), `${JSON.stringify({ ...tape, protocol: "pokee" })}\n`);
    const formats = ["pretty", "html", "sarif"].flatMap((format) => ["--format", format]);
    const running = start(["validate", where, ...formats, "--output-dir", output, "--watch"]);
    await running.errHas(/^watching .* ends\n/m);
    writeFileSync(join(where, "b.sse"), "data: 1\n\n");
    await vi.waitFor(
      () => expect(readFileSync(join(output, "report.html"), "utf8")).toMatch(/b\.sse.*<\/html>/s),
      20_000,
    );
    running.stop();
    const watched = await running.done;
    const [page, log] = ["report.html", "report.sarif"].map((name) => readFileSync(join(output, name), "utf8"));
    const whole = await ssert(["validate", where, ...formats, "--output-dir", output]);
    expect(dataOf(page)).toEqual(dataOf(readFileSync(join(output, "report.html"), "utf8")));
    expect(log).toBe(readFileSync(join(output, "report.sarif"), "utf8"));
    expect([watched.code, whole.code]).toEqual([2, 2]);
  });

  it("sees a named file that is replaced by another, as editors do, and a deeper folder that comes", async () => {
    const where = folder();
    const path = join(where, "a.sse");
    writeFileSync(path, VALID);
    const one = await watching([path]);
    const all = await watching([where]);
    writeFileSync(join(where, "new"), TRUNCATED);
    renameSync(join(where, "new"), path);
    await one.outHas("1 truncated");
    await all.outHas("1 truncated");
    mkdirSync(join(where, "deep"));
    writeFileSync(join(where, "deep", "b.sse"), ORPHANED_RESULT);
    await all.outHas("1 invalid");
    one.stop();
    all.stop();
    expect((await one.done).out).not.toContain("b.sse");
    expect((await all.done).code).toBe(1);
  });

  it("goes on when a folder becomes empty", async () => {
    const where = folder();
    const path = join(where, "a.sse");
    writeFileSync(path, TRUNCATED);
    const running = await watching([where]);
    rmSync(path);
    await running.errHas("1 stream gone");
    writeFileSync(path, VALID);
    await running.outHas("1 stream: 1 valid");
    running.stop();
    expect((await running.done).code).toBe(0);
  });

  it("ends when q is pressed", async () => {
    const where = folder();
    writeFileSync(join(where, "a.sse"), VALID);
    const keys = new Set<(key: string) => void>();
    const onKey = (listener: (key: string) => void): (() => void) => {
      keys.add(listener);
      return () => keys.delete(listener);
    };
    const running = await watching([where], { onKey });
    await running.errHas("q or Ctrl-C ends");
    for (const press of keys) press("x");
    for (const press of keys) press("q");
    expect((await running.done).code).toBe(0);
    expect(keys.size).toBe(0);
  });

  it("ends on SIGINT as a process of its own", async () => {
    const where = folder();
    writeFileSync(join(where, "a.sse"), TRUNCATED);
    const child = spawnSsert(["validate", where, ...pokee, "--watch"]);
    await child.errHas("Ctrl-C ends");
    child.process.kill("SIGINT");
    expect(await child.done).toMatchObject({ code: 1, signal: null });
  });

  it.each(["-", "http://127.0.0.1/"])("cannot watch %s", async (input) => {
    const { code, err } = await ssert(["validate", input, "--watch"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: "ssert: --watch needs files, folders or globs: neither stdin nor URLs can be watched\n",
    });
  });
});

describe("events that come together", () => {
  it("are one, told when it has been quiet for a while", async () => {
    const timers: (() => void)[] = [];
    const ended = new AbortController();
    const changes = settled(ended.signal, (callback) => {
      timers.push(callback);
      return () => timers.splice(timers.indexOf(callback), 1);
    });
    changes.happened();
    changes.happened();
    expect(timers).toHaveLength(1);
    timers.pop()?.();
    expect(await changes.next()).toBe(true);
    const next = changes.next();
    ended.abort();
    expect(await next).toBe(false);
  });
});

describe("how far it is", () => {
  const stream = { source: "x", protocol: null, verdict: "valid", events: 0, bytes: 0, heldBack: 0 } as const;
  const found = { rule: "a/b", severity: "error", message: "" } as const;
  function lines(total: number, env: Record<string, string> = {}): string[] {
    const told: string[] = [];
    let ms = 0;
    const terminal = { progress: (line: string) => told.push(line), env };
    const progress = validateProgress(terminal, total, () => ms);
    for (let n = 0; n < total; n++) {
      progress.add({ ...stream, findings: n % 100 === 0 ? [found] : [], verdict: n === 700 ? "unreadable" : "valid" });
      ms += 1;
    }
    progress.end();
    return told;
  }

  it("is a bar with counts, ten times a second, and gone at the end", () => {
    expect(lines(1200)[10]).toMatch(/ 1,001 of 1,200 streams, /);
    const told = lines(1000);
    expect(told).toHaveLength(11);
    expect(told[5]).toBe("████████████░░░░░░░░░░░░ 501 of 1,000 streams, 6 findings");
    expect(told[8]).toMatch(/801 of 1,000 streams, 9 findings, 1 unreadable$/);
    expect(told.at(-1)).toBe("");
  });

  it("is not shown for a few streams, nor in CI", () => {
    expect(lines(20)).toEqual([]);
    expect(lines(1000, { CI: "true" })).toEqual([]);
    expect(lines(1000, { CI: "false" })).toHaveLength(11);
  });
});
