import { version } from "../version.ts";
import type { PackageManager, Project } from "./package-manager.ts";

/** What a pipeline does, in shell; GitHub Actions and `ci/ssert.sh` are made of the same. */
export interface Steps {
  /** What GitHub's machines need before the package manager can run; as YAML of a step, without the dash. */
  readonly setUp: readonly (readonly string[])[];
  /** What must be there for the script, as a comment says. */
  readonly needs: string;
  /** Undefined where nothing is installed before. */
  readonly install: string | undefined;
  readonly validate: string;
  /** Prints what GitHub shows beside the lines; the report is missing when the command could not run. */
  readonly annotate: string;
  readonly sarif: string;
}

/** In `.ssert/`, which `.gitignore` names. */
const REPORTS = ".ssert/reports";

// Majors of the actions as of the middle of 2026.
const NODE = ["name: Set up Node", "uses: actions/setup-node@v6", "with:", "  node-version: 24"];
// Not by an action: pnpm's own is being replaced by another. pnpm runs the version that `packageManager` of package.json
// names; without one, 11 reads the lockfiles of all majors since 9.
const PNPM = ["name: Set up pnpm", "run: npm install --global pnpm@11"];
const BUN = ["name: Set up Bun", "uses: oven-sh/setup-bun@v2"];

interface Commands {
  readonly setUp: readonly (readonly string[])[];
  readonly needs: string;
  readonly install: string;
  /** Without a lockfile there is nothing to hold the installation to. */
  readonly unlocked: string;
  readonly ssert: string;
}

function commandsOf(manager: PackageManager): Commands {
  switch (manager) {
    case "npm":
      // --no: what is not installed is not fetched from the registry, whoever has taken the name there.
      return { setUp: [NODE], needs: "npm", install: "npm ci", unlocked: "npm install", ssert: "npx --no ssert" };
    case "pnpm":
      return {
        setUp: [NODE, PNPM],
        needs: "pnpm",
        install: "pnpm install --frozen-lockfile",
        unlocked: "pnpm install --no-frozen-lockfile",
        ssert: "pnpm exec ssert",
      };
    case "yarn":
      return {
        setUp: [NODE],
        needs: "yarn",
        install: "yarn install --frozen-lockfile",
        unlocked: "yarn install",
        ssert: "yarn --silent run ssert",
      };
    case "berry":
      return {
        // Node 24 still has corepack; it takes the version that package.json pins.
        setUp: [NODE, ["name: Set up Yarn", "run: corepack enable"]],
        needs: "yarn",
        install: "yarn install --immutable",
        unlocked: "yarn install --no-immutable",
        ssert: "yarn run ssert",
      };
    case "bun":
      return {
        // ssert itself runs on Node.
        setUp: [BUN, NODE],
        needs: "bun",
        install: "bun install --frozen-lockfile",
        unlocked: "bun install",
        ssert: "bun run ssert",
      };
  }
}

/**
 * The steps for a project, with the streams that `input` (a folder or a glob) names. `below`: the project's folder relative to
 * the top of its repository, with slashes; empty at the top.
 */
export function stepsOf(project: Project, input: string, below: string): Steps {
  const { manager, locked } = project;
  const commands = manager === undefined ? undefined : commandsOf(manager);
  const ssert = commands?.ssert ?? `npx --yes ssert@${version}`;
  const formats = "--format pretty --format sarif --format github";
  return {
    setUp: commands?.setUp ?? [NODE],
    needs: `Node 22.18 or newer with ${commands?.needs ?? "npm"}`,
    install: locked ? commands?.install : commands?.unlocked,
    validate: `${ssert} validate ${quoted(input)} ${formats} --output-dir ${REPORTS}`,
    annotate: `test ! -f ${REPORTS}/report.github.txt || ${printing(below)} ${REPORTS}/report.github.txt`,
    sarif: `${REPORTS}/report.sarif`,
  };
}

/** Annotations name files from the top of the repository, the report from where it was written. */
function printing(below: string): string {
  // A folder with another name gets annotations without lines: better than a command that a name can change.
  return /^[\w./@+ -]+$/.test(below) ? `sed 's|^\\(::[a-z]* file=\\)|\\1${below}/|'` : "cat";
}

/** A word of a shell. What comes here has no quotes in it. */
function quoted(word: string): string {
  return /^[\w./@+-]+$/.test(word) ? word : `'${word}'`;
}

/** What adds `ssert` to a project. */
export function addCommand(manager: PackageManager): string {
  switch (manager) {
    case "npm":
      return "npm install --save-dev ssert";
    case "pnpm":
      return "pnpm add --save-dev ssert";
    case "yarn":
    case "berry":
      return "yarn add --dev ssert";
    case "bun":
      return "bun add --dev ssert";
  }
}
