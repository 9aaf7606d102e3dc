import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { builtinProtocol, builtinProtocols, loadBuiltinProtocol } from "@ssert/protocol";
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

const COMPILERS = /\/(ajv|momoa)\//;

test("a built-in protocol is there without a schema compiler", async () => {
  const loaded = await modulesLoadedBy(
    'if (protocol.builtinProtocol("pokee") === undefined) throw new Error("no pokee")',
  );
  expect(loaded.some((url) => url.endsWith("/generated/pokee.ts"))).toBe(true);
  expect(loaded.filter((url) => COMPILERS.test(url))).toEqual([]);
});

test("the one that is loaded by its name is the same, also a variant", async () => {
  for (const { name, variants } of builtinProtocols()) {
    for (const form of [name, ...variants.map((variant) => `${name}+${variant}`)]) {
      const loaded = await loadBuiltinProtocol(form);
      expect(loaded?.id).toBe(`${form}@1`);
      expect(loaded?.definition).toEqual(builtinProtocol(form)?.definition);
    }
  }
  for (const unknown of ["pokee+", "pokee+other", "toString", ""]) {
    expect(await loadBuiltinProtocol(unknown), unknown).toBeUndefined();
    expect(builtinProtocol(unknown), unknown).toBeUndefined();
  }
});

test("reading a protocol file is what loads it", async () => {
  const loaded = await modulesLoadedBy('await protocol.parseProtocol("{}").catch(() => {})');
  expect(loaded.some((url) => COMPILERS.test(url))).toBe(true);
});
