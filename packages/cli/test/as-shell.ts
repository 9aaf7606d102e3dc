import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { COMMAND, follow } from "./child.ts";
import type { Told } from "./in-process.ts";
import { folder } from "./places.ts";

/** An executable shell script. */
export function program(path: string, lines: string): void {
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
}

/** A folder for the PATH in which `ssert` is this command. */
export function withSsert(): string {
  const bin = folder();
  program(join(bin, "ssert"), execSsert());
  return bin;
}

function execSsert(): string {
  return `exec ${COMMAND.map((word) => `'${word}'`).join(" ")} "$@"`;
}

/** What an installation of `ssert` leaves in a project. */
export function installSsert(project: string): void {
  const home = join(project, "node_modules/ssert");
  mkdirSync(join(home, "bin"), { recursive: true });
  writeFileSync(
    join(home, "package.json"),
    JSON.stringify({ name: "ssert", version: manifest.version, bin: "bin/ssert" }),
  );
  program(join(home, "bin/ssert"), execSsert());
  mkdirSync(join(project, "node_modules/.bin"));
  symlinkSync("../ssert/bin/ssert", join(project, "node_modules/.bin/ssert"));
}

/** Shell lines, run in a folder as CI does (`bash -e`), with `bin` before the PATH. */
export async function inShell(
  lines: string,
  cwd: string,
  bin: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Told> {
  return await run(["bash", "-e", "-o", "pipefail", "-c", lines], cwd, bin, env);
}

/** A program and its arguments, in the same way. */
export async function run(
  [command = "", ...args]: readonly string[],
  cwd: string,
  bin: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const { FORCE_COLOR: _, GITHUB_ACTIONS: __, ...inherited } = process.env;
  const path = [bin, inherited["PATH"]].join(delimiter);
  // Nothing of these tests may come from a registry.
  const offline = { npm_config_offline: "true", npm_config_update_notifier: "false" };
  const child = spawn(command, args, { cwd, env: { ...inherited, ...offline, PATH: path, ...env } });
  const { code, out, err } = await follow(child).done;
  return { code, out, err };
}

/** Where a program really is. */
export function whereIs(name: string): string | undefined {
  try {
    return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
