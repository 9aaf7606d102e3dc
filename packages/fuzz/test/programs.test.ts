import { spawnSync } from "node:child_process";
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
