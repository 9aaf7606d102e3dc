import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

// The house of ARCHITECTURE.md: what a package may import. `verbs` never import verbs; hosts compose them.
const nouns = { wire: [], tape: [], report: [], protocol: ["wire", "report"] } as const;
const below: Readonly<Record<string, readonly string[]>> = {
  ...nouns,
  record: Object.keys(nouns),
  replay: Object.keys(nouns),
  validate: Object.keys(nouns),
  fuzz: Object.keys(nouns),
  cli: [...Object.keys(nouns), "record", "replay", "validate", "fuzz"],
  vitest: [...Object.keys(nouns), "record", "replay", "validate"],
};

// These run in browsers and at the edge.
const withoutNode = ["wire", "report", "protocol"];

interface Manifest {
  readonly name: string;
  readonly license?: string;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}
interface Project {
  readonly compilerOptions: { readonly types?: readonly string[] };
  readonly references: readonly { readonly path: string }[];
}

const root = fileURLToPath(new URL("..", import.meta.url));
const read = <T>(path: string): T => JSON.parse(readFileSync(`${root}${path}`, "utf8"));
const packages = readdirSync(`${root}packages`).sort();
const sources = (name: string): string[] =>
  readdirSync(`${root}packages/${name}/src`, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `packages/${name}/src/${path}`);

describe("the house", () => {
  it("has exactly the rooms that are drawn", () => {
    expect(packages).toEqual(Object.keys(below).sort());
  });

  describe.each(packages)("%s", (name) => {
    const manifest = read<Manifest>(`packages/${name}/package.json`);
    const project = read<Project>(`packages/${name}/tsconfig.json`);
    const edges = Object.keys(manifest.dependencies ?? {})
      .filter((dependency) => dependency.startsWith("@ssert/"))
      .map((dependency) => dependency.slice("@ssert/".length))
      .sort();

    it("depends on lower floors only", () => {
      expect(edges.filter((edge) => !below[name]?.includes(edge))).toEqual([]);
    });

    // `tsc -b` says nothing about a missing reference: it would build in the wrong order, sometimes.
    it("references in tsconfig.json what package.json depends on", () => {
      expect(project.references.map(({ path }) => path.replace("../", "")).sort()).toEqual(edges);
    });

    it("carries the name, licence and engine that it is published with", () => {
      expect(manifest.name).toBe(name === "cli" ? "ssert" : `@ssert/${name}`);
      expect(manifest.license).toBe("MIT");
      expect(manifest.engines?.node).toBe(">=22.18");
    });

    it("exits the process nowhere but at the outermost place", () => {
      const exits = sources(name).filter((path) => readFileSync(`${root}${path}`, "utf8").includes("process.exit("));
      expect(exits.filter((path) => path !== "packages/cli/src/main.ts")).toEqual([]);
    });
  });

  it.each(withoutNode)("%s does without Node", (name) => {
    expect(read<Project>(`packages/${name}/tsconfig.json`).compilerOptions.types).toEqual([]);
    const imports = sources(name).filter((path) => /from "node:/.test(readFileSync(`${root}${path}`, "utf8")));
    expect(imports).toEqual([]);
  });
});
