// Bundles the command, so that `ssert` starts by reading a few files instead of two hundred.
//
//   node tools/bundle.ts        (part of `pnpm build`)
//
// The bundle is made from the TypeScript sources, in chunks: a verb and its libraries are read when it is asked for.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = join(root, "packages/cli");
const outdir = join(cli, "dist/command");

interface Manifest {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
  readonly author?: string | { readonly name: string };
}

const readJson = async (path: string): Promise<Manifest> => JSON.parse(await readFile(path, "utf8"));

const { version } = await readJson(join(cli, "package.json"));

/**
 * Built-in modules that take Node milliseconds to load and that most runs never use (commander starts programs only for
 * commands in files of their own; a bare `.sse` has no hash): loaded at the first call instead. Of 90 ms of CPU time that
 * `ssert validate one.sse` took, these were 8.
 */
const LAZY_BUILTINS: Readonly<Record<string, readonly string[]>> = {
  "node:child_process": ["fork", "spawn"],
  "node:crypto": ["createHash", "hash", "randomUUID"],
};

const lazyBuiltins: Plugin = {
  name: "lazy built-in modules",
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(?:${Object.keys(LAZY_BUILTINS).join("|")})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: "lazy", sideEffects: false }));
    onLoad({ filter, namespace: "lazy" }, ({ path }) => {
      const load = `process.getBuiltinModule(${JSON.stringify(path)})`;
      // A name that is missing here fails the build.
      const names = (LAZY_BUILTINS[path] ?? []).map(
        (name) => `export const ${name} = (...args) => ${load}.${name}(...args);`,
      );
      return { contents: `export default new Proxy({}, { get: (_, name) => ${load}[name] });\n${names.join("\n")}` };
    });
  },
};

/**
 * json-schema-to-typescript loads a formatter of 9 MB that it uses only if it is asked to, which it never is: `ssert` sets
 * `format: false`.
 */
const withoutFormatter: Plugin = {
  name: "no formatter",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^prettier$/ }, ({ path }) => ({ path, namespace: "no formatter" }));
    onLoad({ filter: /.*/, namespace: "no formatter" }, () => ({ contents: "export const format = undefined;" }));
  },
};

/** What older packages `require` of Node's: there is no `require` in a bundle of modules. */
const requiredBuiltins: Plugin = {
  name: "required built-in modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z:/_]+$/ }, ({ path, kind }) =>
      kind === "require-call" && isBuiltin(path) ? { path, namespace: "required" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => {
      return { contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});` };
    });
  },
};

/**
 * All other built-in modules, taken without their ESM face: to make one, Node reads every export, and so loads what only the
 * getters of a few would (`node:util` brings worker threads, `node:process` network sockets): 62 modules instead of 45 in
 * a run of `validate`, and 4 of 60 ms of CPU time.
 */
const plainBuiltins: Plugin = {
  name: "built-in modules without their ESM face",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "builtin", sideEffects: false }));
    onLoad({ filter: /./, namespace: "builtin" }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path) ?? {}).filter((name) => /^[a-z]\w*$/i.test(name));
      // What nobody imports is dropped: a name that is newer than the oldest Node is never read there.
      const exports = names
        .filter((name) => name !== "default")
        .map((name) => `const $${name} = /* @__PURE__ */ get("${name}"); export { $${name} as ${name} };`);
      const load = `const module = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(path)});`;
      return {
        contents: `${load}\nconst get = (name) => module[name];\nexport default module;\n${exports.join("\n")}`,
      };
    });
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  // Threads are files that are started by their names, beside the chunk that does so.
  entryPoints: {
    main: "packages/cli/src/main.ts",
    worker: "packages/fuzz/src/thread/worker.ts",
    "validate-worker": "packages/validate/src/many/validate-worker.ts",
    "entry/worker": "packages/validate/node_modules/tinypool/dist/entry/worker.js",
  },
  outdir,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22.18",
  conditions: ["@ssert/source"],
  plugins: [lazyBuiltins, requiredBuiltins, plainBuiltins, withoutFormatter],
  define: { SSERT_VERSION: JSON.stringify(version) },
  // Names stay: errors are told by theirs, and a stack in a bug report must be readable.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none", // whole licences instead, below
  metafile: true,
  logLevel: "warning",
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
  entryPoints: [join(outdir, "validate-worker.js")],
  outdir,
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node22.18",
  plugins: [withoutAskedFor],
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "warning",
});

await writeFile(join(outdir, "THIRD-PARTY-LICENSES.txt"), await licences(metafile));
await removeStale(metafile);

/** The licence of every package that is part of the bundle. */
async function licences({ inputs }: Metafile): Promise<string> {
  const folders = new Set<string>();
  for (const path of Object.keys(inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  const texts = await Promise.all([...folders].sort().map(licence));
  return `The command \`ssert\` contains these packages.\n\n${texts.join("\n")}`;
}

async function licence(folder: string): Promise<string> {
  const { name, license, author }: Manifest = await readJson(join(root, folder, "package.json"));
  const rule = "=".repeat(80);
  const by = typeof author === "string" ? author : author?.name;
  const head = `${rule}\n${name}\n${license}${by === undefined ? "" : `, ${by}`}\n${rule}`;
  const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
  // Some name their licence and do not bring its text.
  const path = file === undefined ? join(root, "tools/licences", `${license}.txt`) : join(root, folder, file);
  return `${head}\n\n${await readFile(path, "utf8")}`;
}

/** Chunks are named by their contents: those of earlier builds would stay for ever. */
async function removeStale({ outputs }: Metafile): Promise<void> {
  const made = Object.keys(outputs).map((path) => relative(outdir, join(root, path)).split(sep)[0]);
  const fresh = new Set([...made, "THIRD-PARTY-LICENSES.txt"]);
  const stale = (await readdir(outdir)).filter((name) => !fresh.has(name));
  await Promise.all(stale.map((name) => rm(join(outdir, name), { recursive: true })));
}
