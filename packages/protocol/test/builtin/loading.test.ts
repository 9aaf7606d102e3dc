import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const INDEX = new URL("../../src/index.ts", import.meta.url).href;

/** The modules that a fresh Node loads to run some code with this package as `protocol`. */
async function modulesLoadedBy(code: string): Promise<readonly string[]> {
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const protocol = await import(${JSON.stringify(INDEX)});
    ${code};
    process.stdout.write(JSON.stringify(loaded));`;
  const args = ["--conditions=@ssert/source", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

const COMPILERS = /\/(ajv|momoa|leven)\//;

test("a built-in protocol is there without a schema compiler", async () => {
  const loaded = await modulesLoadedBy(
    'if (protocol.builtinProtocol("pokee") === undefined) throw new Error("no pokee")',
  );
  expect(loaded.some((url) => url.endsWith("/generated/pokee.ts"))).toBe(true);
  expect(loaded.filter((url) => COMPILERS.test(url))).toEqual([]);
});

test("reading a protocol file is what loads it", async () => {
  const loaded = await modulesLoadedBy('await protocol.parseProtocol("{}").catch(() => {})');
  expect(loaded.some((url) => COMPILERS.test(url))).toBe(true);
});
