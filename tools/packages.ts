// Packs every package as it would be published and asks publint and attw (Are The Types Wrong) about each tarball.
//
//   node tools/packages.ts        (`pnpm packages`, after a build)
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const drop = mkdtempSync(join(tmpdir(), "ssert-packages-"));

function run(command: string, args: readonly string[]): boolean {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) process.stdout.write(`${stdout}${stderr}`);
  return status === 0;
}

try {
  let failed = !run("pnpm", ["--recursive", "--filter=./packages/*", "pack", "--pack-destination", drop]);
  for (const name of readdirSync(drop).sort()) {
    const tarball = join(drop, name);
    const good =
      run("pnpm", ["exec", "publint", "--strict", tarball]) &&
      // `esm-only`: the packages have no CommonJS build; Node >= 22.18 can `require` them as they are.
      run("pnpm", ["exec", "attw", tarball, "--profile", "esm-only"]);
    console.log(`${good ? "ok    " : "FAILED"} ${name}`);
    failed ||= !good;
  }
  process.exitCode = failed ? 1 : 0;
} finally {
  rmSync(drop, { recursive: true, force: true });
}
