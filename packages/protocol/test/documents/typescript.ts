import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const tsc = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url));

const config = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: "es2024",
    lib: ["es2024"],
    module: "nodenext",
    allowImportingTsExtensions: true,
    types: [],
  },
  include: ["*.ts"],
};

/** What the TypeScript compiler says of these files, by name; empty if nothing is wrong. */
export async function compilerSays(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ssert-types-"));
  try {
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--pretty", "false"]);
    return stdout;
  } catch (error) {
    const { stdout }: { stdout?: string } = Object(error);
    return stdout ?? String(error);
  } finally {
    await rm(folder, { recursive: true });
  }
}
