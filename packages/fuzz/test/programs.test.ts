import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runFuzz } from "../src/verb/run-fuzz.ts";

const folder = fileURLToPath(new URL("./programs", import.meta.url));
const python = "/usr/bin/python3";
const hasHttpx = spawnSync(python, ["-c", "import httpx"]).status === 0;

// Debian's python3-httpx; CI has it.
describe.skipIf(!hasHttpx)("the reading loop of the API's Python example", () => {
  it("reads what the API sends, and is wrong about the rest of the standard", async () => {
    const { targets } = await runFuzz([`cmd:${python} reading_loop.py`], {
      folder,
      seed: 1,
      runs: 40,
      timeLimitMs: 5000,
      shows: { id: false },
      properties: [
        "line-ends",
        "data/multi-line",
        "event/type",
        "event/leak",
        "field/trailing-space",
        "text/separators",
      ],
    });
    const verdicts = Object.fromEntries(targets[0]?.results.map(({ property, verdict }) => [property, verdict]) ?? []);
    expect(verdicts).toMatchObject({
      "line-ends/lf": "pass",
      "line-ends/crlf": "pass",
      "event/type": "pass",
      // It takes each data line for an event, keeps a type for ever, strips values, and splits lines where Python does.
      "data/multi-line": "bug",
      "event/leak": "bug",
      "field/trailing-space": "bug",
      "text/separators": "bug",
    });
  }, 60_000);
});

// Debian's golang-go and golang-github-donovanhide-eventsource-dev; CI has them.
const goSources = "/usr/share/gocode";
const hasGo =
  existsSync(`${goSources}/src/github.com/donovanhide/eventsource`) && spawnSync("go", ["version"]).status === 0;

describe.skipIf(!hasGo)("github.com/donovanhide/eventsource", () => {
  it("reads every line end, and shows blocks without data", async () => {
    const home = mkdtempSync(join(tmpdir(), "fuzz-go-"));
    try {
      const program = join(home, "decoder");
      const env = { ...process.env, GO111MODULE: "off", GOPATH: goSources, GOCACHE: join(home, "cache"), GOFLAGS: "" };
      const built = spawnSync("go", ["build", "-o", program, "decoder.go"], { cwd: folder, env, encoding: "utf8" });
      expect(built.stderr).toBe("");
      const { targets } = await runFuzz([`cmd:${program}`], {
        folder,
        seed: 1,
        runs: 40,
        timeLimitMs: 5000,
        shows: { id: "own-or-empty" },
        properties: ["line-ends", "data/no-data-type", "event/leak", "id/null"],
      });
      const results = targets[0]?.results ?? [];
      const bugs = results.filter(({ verdict }) => verdict === "bug").map(({ property }) => property);
      expect(bugs).toEqual(["data/no-data-type", "id/null"]);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }, 120_000);
});
