import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { nearestWord, type RuleSeverity } from "@ssert/protocol";
import { CommandError } from "../errors.ts";
import type { Config } from "../libraries/config.ts";

/** Looked for in the working folder, in this order. Node runs TypeScript as it is. */
const NAMES = ["ssert.config.ts", "ssert.config.js", "ssert.config.mjs"] as const;

/** A configuration with the folder that its paths are relative to. */
export interface LoadedConfig {
  readonly config: Config;
  /** Undefined where there is no file. */
  readonly path: string | undefined;
}

/**
 * The configuration of the working folder, or of `path`; an empty one where there is none. Throws CommandError `bad-config` for
 * a file that cannot be loaded or says something that is not understood, with the nearest key.
 */
export async function loadConfig(path?: string): Promise<LoadedConfig> {
  const found = path ?? NAMES.find((name) => existsSync(name));
  if (found === undefined) return { config: {}, path: undefined };
  if (!existsSync(found)) throw new CommandError("bad-config", `--config: ${found} does not exist; check the path`);
  const exported = await importDefault(found);
  return { config: atHome(readConfig(exported, found), found), path: found };
}

async function importDefault(path: string): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    throw CommandError.because(cause, "bad-config", `${path} cannot be loaded`);
  }
  return module.default;
}

const KEYS: readonly (keyof Config)[] = ["protocol", "rules", "baseline", "maxWarnings", "private"];

function readConfig(value: unknown, path: string): Config {
  if (!isRecord(value)) throw bad(path, `it must export an object as its default, got ${nameOf(value)}`);
  for (const key of Object.keys(value)) {
    if (KEYS.some((known) => known === key)) continue;
    const nearest = nearestWord(key, KEYS);
    const hint = nearest === undefined ? `; known are ${KEYS.join(", ")}` : `; did you mean ${nearest}?`;
    throw bad(path, `unknown key "${key}"${hint}`);
  }
  const { protocol, rules, baseline, maxWarnings, private: isPrivate } = value;
  return {
    ...(protocol !== undefined && { protocol: text(protocol, "protocol", path) }),
    ...(rules !== undefined && { rules: severities(rules, "rules", path) }),
    ...(baseline !== undefined && { baseline: text(baseline, "baseline", path) }),
    ...(maxWarnings !== undefined && { maxWarnings: count(maxWarnings, "maxWarnings", path) }),
    ...(isPrivate !== undefined && { private: flag(isPrivate, "private", path) }),
  };
}

function text(value: unknown, key: string, path: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw bad(path, `${key} must be a string, got ${nameOf(value)}`);
}

function count(value: unknown, key: string, path: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw bad(path, `${key} must be a whole number such as 0, got ${nameOf(value)}`);
}

function flag(value: unknown, key: string, path: string): boolean {
  if (typeof value === "boolean") return value;
  throw bad(path, `${key} must be true or false, got ${nameOf(value)}`);
}

function severities(value: unknown, key: string, path: string): Readonly<Record<string, RuleSeverity>> {
  if (!isRecord(value)) throw bad(path, `${key} must be an object such as { "sse/id": "off" }, got ${nameOf(value)}`);
  const rules: Record<string, RuleSeverity> = {};
  for (const [rule, severity] of Object.entries(value)) {
    if (severity !== "error" && severity !== "warning" && severity !== "off") {
      throw bad(path, `${key}["${rule}"] must be "error", "warning" or "off", got ${nameOf(severity)}`);
    }
    rules[rule] = severity;
  }
  return rules;
}

/** Paths in the file are relative to it. A protocol's name is no path. */
function atHome(config: Config, path: string): Config {
  const home = dirname(path);
  const { baseline, protocol } = config;
  const isPath = protocol !== undefined && /[/\\]|\.json$/.test(protocol);
  return {
    ...config,
    ...(baseline !== undefined && { baseline: resolve(home, baseline) }),
    ...(isPath && { protocol: resolve(home, protocol) }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "function" ? "a function" : JSON.stringify(value).slice(0, 80);
}

function bad(path: string, what: string): CommandError {
  return new CommandError("bad-config", `${path}: ${what}`);
}
