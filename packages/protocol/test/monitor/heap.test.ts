import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

interface Result {
  readonly name: string;
  readonly half: number;
  readonly whole: number;
  readonly rules: readonly string[];
}

const MB = 1_000_000;

test("no stream makes the heap of a monitor grow beyond its budget", async () => {
  const script = fileURLToPath(new URL("heap-attacks.ts", import.meta.url));
  const args = ["--expose-gc", "--conditions=@ssert/source", script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const results: readonly Result[] = JSON.parse(stdout);
  expect(results.length).toBeGreaterThan(9);
  for (const { name, half, whole, rules } of results) {
    // 40 MB of text went through; 500 instances and 10,000 characters are kept.
    expect(whole, name).toBeLessThan(2 * MB);
    expect(whole - half, name).toBeLessThan(0.5 * MB);
    if (/^long|one letter|constants/.test(name)) expect(rules, name).toContain("stream/forgotten");
  }
});
