import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

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

/** In the order in which they are asked. */
export const plugins: Plugin[] = [lazyBuiltins, requiredBuiltins, plainBuiltins, withoutFormatter];
