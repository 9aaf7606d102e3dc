// Measures every row of the speed table, ours against theirs side by side, and holds the gates.
//
//   node bench/run.ts        (`pnpm bench`, after a build)
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import type { BenchRow } from "./row.ts";

/** Each module exports one function that measures its rows. */
const BENCHES = [
  ["./wire.ts", "benchWire"],
  ["./validate.ts", "benchValidate"],
  ["./monitors.ts", "benchMonitors"],
  ["./memory.ts", "benchMemory"],
  ["./start.ts", "benchStart"],
  ["./many.ts", "benchMany"],
  ["./replay.ts", "benchReplay"],
  ["./pacing.ts", "benchPacing"],
  ["./proxy.ts", "benchProxy"],
  ["./fuzz.ts", "benchFuzz"],
] as const;

const rows: BenchRow[] = [];
for (const [path, name] of BENCHES) {
  const url = new URL(path, import.meta.url);
  if (!existsSync(url)) continue;
  process.stderr.write(`measuring ${path.slice(2, -3)} …\n`);
  const module: Record<string, unknown> = await import(url.href);
  const bench = module[name];
  if (typeof bench !== "function") throw new TypeError(`${path} should export ${name}`);
  rows.push(...(await bench()));
}

const cores = cpus();
console.log(
  `\n${cores[0]?.model ?? "unknown CPU"}, ${cores.length} cores; Node ${process.versions.node}, ${versions()}\n`,
);
console.log("| what | ratio | gate | aim | ours | theirs | |\n| --- | --- | --- | --- | --- | --- | --- |");
for (const row of rows) {
  const { what, ratio, gate, aim, ours, theirs } = row;
  const bound = row.better === "lower" ? "≤" : "≥";
  const result = holds(row) ? "pass" : "**FAIL**";
  console.log(`| ${what} | ${ratio.toFixed(2)} | ${bound} ${gate} | ${aim} | ${ours} | ${theirs} | ${result} |`);
}
const failed = rows.filter((row) => !holds(row)).length;
console.log(`\n${rows.length - failed} of ${rows.length} gates hold.`);
process.exitCode = failed === 0 ? 0 : 1;

function holds({ ratio, gate, better }: BenchRow): boolean {
  return better === "lower" ? ratio <= gate : ratio >= gate;
}

function versions(): string {
  const require = createRequire(import.meta.url);
  return ["eventsource-parser", "ajv"]
    .map((name) => {
      const manifest: { version: string } = JSON.parse(readFileSync(findManifest(require, name), "utf8"));
      return `${name} ${manifest.version}`;
    })
    .join(", ");
}

/** Some packages do not export their package.json. */
function findManifest(require: NodeJS.Require, name: string): string {
  const folder = require.resolve.paths(name)?.find((path) => existsSync(`${path}/${name}/package.json`));
  if (folder === undefined) throw new Error(`${name} is not installed`);
  return `${folder}/${name}/package.json`;
}
