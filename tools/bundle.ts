// Bundles the command, so that `ssert` starts by reading a few files instead of two hundred.
//
//   node tools/bundle.ts        (part of `pnpm build`)
//
// The bundle is made from the TypeScript sources, in chunks: a verb and its libraries are read when it is asked for.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { withoutContentsPages } from "./bundle/contents-pages.ts";
import { joinParts } from "./bundle/join.ts";
import { licences } from "./bundle/licences.ts";
import { partsOf } from "./bundle/parts.ts";
import { plugins } from "./bundle/plugins.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = join(root, "packages/cli");
const outdir = join(cli, "dist/command");
const LICENCES = "THIRD-PARTY-LICENSES.txt";

const { version }: { version: string } = JSON.parse(await readFile(join(cli, "package.json"), "utf8"));

const common = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22.18",
  // Names stay: errors are told by theirs, and a stack in a bug report must be readable.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none", // whole licences instead, below
  logLevel: "warning",
} satisfies BuildOptions;

const fromSources = {
  ...common,
  conditions: ["@ssert/source"],
  plugins: [...plugins, withoutContentsPages(root)],
  define: { SSERT_VERSION: JSON.stringify(version) },
  metafile: true,
} satisfies BuildOptions;

const split = await build({ ...fromSources, entryPoints: { main: "packages/cli/src/main.ts" }, write: false });
const steps = joinParts(partsOf(split), {
  main: "packages/cli/src/main.ts",
  quick: "packages/cli/src/commands/validate.ts",
  asks: "packages/protocol/src/builtin/generated/pokee.ts",
});
const command = await Promise.all(
  steps.map(async ({ entryPoints, plugin }) => {
    // Else what is run when it is asked for would be a file again.
    const splitting = entryPoints.length > 1;
    return await build({ ...common, splitting, entryPoints, plugins: [plugin], metafile: true });
  }),
);

// Threads are files that are started by their names, beside the chunk that does so. They share nothing with the command.
const threads = await build({
  ...fromSources,
  entryPoints: {
    worker: "packages/fuzz/src/thread/worker.ts",
    "validate-worker": "packages/validate/src/many/validate-worker.ts",
    "entry/worker": "packages/validate/node_modules/tinypool/dist/entry/worker.js",
  },
});

/** What is imported when it is asked for stays a file of its own: the protocols. */
const withoutAskedFor: Plugin = {
  name: "imports when asked for",
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, kind }) => (kind === "dynamic-import" ? { path, external: true } : undefined));
  },
};

// A thread that validates begins with one file instead of ten, while other threads already want the processor.
await build({
  ...common,
  splitting: false,
  entryPoints: [join(outdir, "validate-worker.js")],
  allowOverwrite: true,
  plugins: [withoutAskedFor],
});

const inputs = [split, threads].flatMap(({ metafile }) => Object.keys(metafile.inputs));
await writeFile(join(outdir, LICENCES), await licences(root, inputs));
await removeStale([...command, threads].flatMap(({ metafile }) => Object.keys(metafile.outputs)));

/** Chunks are named by their contents: those of earlier builds would stay for ever. */
async function removeStale(outputs: readonly string[]): Promise<void> {
  const made = outputs.map((path) => relative(outdir, join(root, path)).split(sep)[0]);
  const fresh = new Set([...made, LICENCES]);
  const stale = (await readdir(outdir)).filter((name) => !fresh.has(name));
  await Promise.all(stale.map((name) => rm(join(outdir, name), { recursive: true })));
}
