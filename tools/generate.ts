// Writes what is derived from `schemas/`: the schema of protocol files as data, and the built-in protocols as data with their
// payload checks compiled ahead of time, so that nothing is compiled when the command starts. Also the page of the HTML
// report, and the list of the fuzzer's properties. Run by `pnpm generate`; a test says when the result is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { BuiltinProtocol } from "../packages/protocol/src/builtin/list.ts";
import type { ProtocolFile } from "../packages/protocol/src/definition/protocol-file.ts";
import { ruleTable } from "../packages/protocol/src/documents/markdown/markdown.ts";
import { deriveRules } from "../packages/protocol/src/rules.ts";
import { builtinModule } from "./generate/builtin-module.ts";
import { protocolDocuments } from "./generate/documents.ts";
import { heading } from "./generate/heading.ts";
import { reportPageModule } from "./generate/report-page.ts";
import { withoutWords } from "./generate/without-words.ts";
import { between, table } from "./markdown.ts";

const root = new URL("..", import.meta.url);
const BUILTIN = ["pokee", "anthropic-messages", "openai-responses", "openai-chat"];

/** A file that is generated: its path from the root of the checkout, and its text. */
interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Every generated file. Those that later ones need come first. */
export async function* generatedFiles(): AsyncGenerator<GeneratedFile> {
  yield { path: "packages/protocol/src/definition/generated/protocol-schema.ts", text: protocolSchemaModule() };
  const infos: BuiltinProtocol[] = [];
  for (const name of BUILTIN) {
    const { file, variants, patches } = await readProtocol(name);
    const { protocol, version, source = "" } = file;
    infos.push({ name: protocol, version, source, variants: [...variants.keys()] });
    yield {
      path: `packages/protocol/src/builtin/generated/${name}.ts`,
      text: builtinModule(file, variants, `schemas/${name}`),
    };
    const readme = `schemas/${name}/README.md`;
    yield* protocolDocuments(name, file, patches);
    yield {
      path: readme,
      text: between(readFileSync(new URL(readme, root), "utf8"), "rules", ruleTable(deriveRules(file))),
    };
  }
  yield { path: "packages/protocol/src/builtin/generated/list.ts", text: listModule(infos) };
  yield { path: "packages/report/src/html/generated/page.ts", text: await reportPageModule() };
  const fuzzer = "packages/fuzz/README.md";
  const page = readFileSync(new URL(fuzzer, root), "utf8");
  yield { path: fuzzer, text: between(page, "properties", await propertyTable()) };
}

/** The properties of the fuzzer as a table in Markdown. */
async function propertyTable(): Promise<string> {
  const { properties } = await import("../packages/fuzz/src/properties/table.ts");
  const rows = properties.map(({ name, title, clause }) => [`\`${name}\``, title, clause]);
  return table(["property", "what a right parser does", "source"], rows);
}

/** What editors read and checking does not. */
const EDITOR_WORDS = ["markdownDescription", "enumDescriptions", "defaultSnippets"];

function protocolSchemaModule(): string {
  const schema = withoutWords(
    readJson("schemas/protocol.schema.json"),
    new Set([...EDITOR_WORDS, "description", "examples", "default"]),
  );
  return [
    ...heading("schemas/protocol.schema.json"),
    "export const protocolSchema: { readonly [keyword: string]: unknown } =",
    `  ${JSON.stringify(schema, null, 2)};`,
    "",
  ].join("\n");
}

interface ReadProtocol {
  readonly file: ProtocolFile;
  readonly variants: ReadonlyMap<string, ProtocolFile>;
  /** What the variants change, as the file has it. */
  readonly patches: Readonly<Record<string, unknown>>;
}

async function readProtocol(name: string): Promise<ReadProtocol> {
  // Not before the schema of protocol files, which it checks with, has been written.
  const { readText } = await import("../packages/protocol/src/definition/read.ts");
  const folder = `schemas/${name}/`;
  const source = `${folder}protocol.json`;
  const text = readFileSync(new URL(source, root), "utf8");
  const options = { source, readSchema: (path: string) => readJson(folder + path) };
  const { file } = await readText(text, options);
  const variants = new Map<string, ProtocolFile>();
  const patches: Readonly<Record<string, unknown>> = JSON.parse(text).variants ?? {};
  for (const variant of Object.keys(patches)) {
    variants.set(variant, (await readText(text, { ...options, variant })).file);
  }
  return { file, variants, patches };
}

function listModule(infos: readonly BuiltinProtocol[]): string {
  return [
    ...heading("schemas"),
    'import type { BuiltinProtocol } from "../list.ts";',
    "",
    `export const builtins: readonly BuiltinProtocol[] = ${JSON.stringify(infos, null, 2)};`,
    "",
  ].join("\n");
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, root), "utf8"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for await (const { path, text } of generatedFiles()) {
    writeFileSync(new URL(path, root), text);
    console.log(path);
  }
}
