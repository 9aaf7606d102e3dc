import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `yarn` is Yarn 1, `berry` a later one: their flags differ. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "berry" | "bun";

/** What a project says of how its dependencies are installed. */
export interface Project {
  /** Undefined where there is no package.json: then the command comes from the registry by its version. */
  readonly manager: PackageManager | undefined;
  /** Whether a lockfile pins versions. */
  readonly locked: boolean;
  /** Whether `ssert` is among the dependencies. */
  readonly installed: boolean;
  /** Whether Node reads `.ts` and `.js` files of the folder as modules. */
  readonly modules: boolean;
}

const LOCKFILES: readonly (readonly [name: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
];

/** Reads the folders of `way`, the nearest first: in a workspace the lockfile lies at the top. */
export function projectOf(way: readonly string[]): Project {
  const manifests = way.flatMap((folder) => readManifest(join(folder, "package.json")) ?? []);
  const [nearest] = manifests;
  const lock = way.flatMap((folder) =>
    LOCKFILES.flatMap(([name, manager]) => {
      const path = join(folder, name);
      return existsSync(path) ? [{ path, manager }] : [];
    }),
  )[0];
  const named = manifests.flatMap(({ packageManager }) => packageManager ?? [])[0];
  const manager = namedManager(named) ?? lockManager(lock) ?? (nearest === undefined ? undefined : "npm");
  return {
    manager: nearest === undefined ? undefined : manager,
    locked: lock !== undefined,
    installed: manifests.some(({ dependencies }) => dependencies.includes("ssert")),
    // Node finds out by itself where no package.json is.
    modules: nearest === undefined || nearest.type === "module",
  };
}

interface Manifest {
  readonly type: unknown;
  readonly packageManager: string | undefined;
  readonly dependencies: readonly string[];
}

/** Undefined for a file that is not there or is no JSON: the package manager will say so. */
function readManifest(path: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { type, packageManager, dependencies, devDependencies } = value;
  return {
    type,
    packageManager: typeof packageManager === "string" ? packageManager : undefined,
    dependencies: [dependencies, devDependencies].flatMap((list) => (isRecord(list) ? Object.keys(list) : [])),
  };
}

/** `yarn@4.9.2` */
function namedManager(text = ""): PackageManager | undefined {
  const [, name, major] = /^(npm|pnpm|yarn|bun)@(\d+)/.exec(text) ?? [];
  if (name === "yarn") return major === "1" ? "yarn" : "berry";
  return name === "npm" || name === "pnpm" || name === "bun" ? name : undefined;
}

function lockManager(lock: { readonly path: string; readonly manager: PackageManager } | undefined) {
  if (lock?.manager !== "yarn") return lock?.manager;
  // Yarn's lockfile has been YAML with this key since version 2.
  return /^__metadata:/m.test(readFileSync(lock.path, "utf8")) ? "berry" : "yarn";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
