// Tests every pinned parser (tools/parsers/package.json) and writes docs/parsers.md, and the page with --html FILE.
//
//   node --conditions=@ssert/source tools/parsers-table.ts [--runs N] [--seed S] [--workers N] [--html FILE] [NAME…]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { knownParsers } from "../packages/fuzz/src/parsers/table.ts";
import { renderParserTable } from "../packages/fuzz/src/render/parser-table.ts";
import { renderParserTableHtml, renderParserTableMarkdown } from "../packages/fuzz/src/render/parser-table-pages.ts";
import type { Target } from "../packages/fuzz/src/targets/target.ts";
import { runFuzz } from "../packages/fuzz/src/verb/run-fuzz.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: "2" },
    html: { type: "string" },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}tools/parsers`;
const manifest: { dependencies: Record<string, string> } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));

/** What a dependency is really called, where an alias gives it another name. */
const packageOf = (installedAs: string, range: string): string => /^npm:(@?[^@]+)/.exec(range)?.[1] ?? installedAs;

const targets: Target[] = Object.entries(manifest.dependencies)
  .map(([installedAs, range]) => ({
    kind: "package" as const,
    name: packageOf(installedAs, range),
    installedAs,
    folder,
  }))
  .filter(({ name }) => knownParsers.some((parser) => parser.name === name))
  .filter(({ installedAs }) => positionals.length === 0 || positionals.includes(installedAs));

const result = await runFuzz(targets, {
  runs: Number(values.runs),
  seed: Number(values.seed),
  workers: Number(values.workers),
  onResult: (target, { property, verdict }) => {
    if (verdict === "bug") console.error(`${target}: ${property}`);
  },
});
const facts = { date: new Date().toISOString().slice(0, 10), node: process.versions.node, runs: Number(values.runs) };
console.log(renderParserTable(result));
if (positionals.length === 0) {
  mkdirSync(`${root}docs`, { recursive: true });
  writeFileSync(`${root}docs/parsers.md`, renderParserTableMarkdown(result, facts));
}
if (values.html !== undefined) writeFileSync(values.html, renderParserTableHtml(result, facts));
