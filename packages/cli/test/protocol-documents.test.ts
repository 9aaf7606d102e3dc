import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { ssert } from "./in-process.ts";
import { file, folder } from "./places.ts";

const mine = {
  protocol: "mine",
  version: "2",
  type: "event",
  events: { a: { schema: { type: "object", required: ["x"], properties: { x: { type: "number" } } } }, b: {} },
  scopes: { all: { open: "a", close: "b" } },
};
const mineFile = (): string => file("mine.json", JSON.stringify(mine));

const shown = {
  "show --format markdown": { pokee: "# pokee@1\n", variant: "# openai-chat+azure@1\n", file: "# mine@2\n" },
  diagram: { pokee: "stateDiagram-v2\n", variant: "stateDiagram-v2\n", file: "stateDiagram-v2\n" },
  "diagram --format svg": { pokee: "<svg ", variant: "<svg ", file: "<svg " },
  types: {
    pokee: "// The events of pokee@1 ",
    variant: "// The events of openai-chat+azure@1 ",
    file: "// The events of mine@2.",
  },
};

describe.each(Object.entries(shown))("ssert protocol %s", (action, begins) => {
  const [verb = "", ...flags] = action.split(" ");

  it("takes a built-in protocol, a variant and a protocol file", async () => {
    for (const [kind, name] of [
      ["pokee", "pokee"],
      ["variant", "openai-chat+azure"],
      ["file", mineFile()],
    ] as const) {
      const { code, out, err } = await ssert(["protocol", verb, name, ...flags]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out.slice(0, begins[kind].length)).toBe(begins[kind]);
      expect(out).toMatch(/[^\n]\n$/);
    }
  });

  it("knows what it does not know, exit 2", async () => {
    const { code, out, err } = await ssert(["protocol", verb, "pokeee", ...flags]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("(did you mean pokee?)");
  });
});

describe.each(["diagram", "types"])("ssert protocol %s", (verb) => {
  it("writes to a file, and nothing else", async () => {
    const path = join(folder(), "document");
    expect(await ssert(["protocol", verb, "pokee", "-o", path])).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(path, "utf8")).toBe((await ssert(["protocol", verb, "pokee"])).out);
  });

  it("says which file it could not write, exit 2", async () => {
    const path = join(folder(), "no", "such", "folder");
    const { code, err } = await ssert(["protocol", verb, "pokee", "-o", path]);
    expect(code).toBe(2);
    expect(err).toContain(`-o ${path}: cannot write the file: ENOENT`);
  });

  it("prints JSON", async () => {
    const { out } = await ssert(["protocol", verb, "pokee", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ id: "pokee@1" });
  });
});

it("gives the documents that are in the repository", async () => {
  const there = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
  for (const name of ["pokee", "anthropic-messages", "openai-responses", "openai-chat"]) {
    const types = await ssert(["protocol", "types", name]);
    expect(types.out).toBe(there(`packages/protocol/src/builtin/generated/types/${name}.ts`));
    const svg = await ssert(["protocol", "diagram", name, "--format", "svg"]);
    expect(svg.out).toBe(there(`docs/protocols/${name}.svg`));
    const mermaid = await ssert(["protocol", "diagram", name]);
    expect(there(`docs/protocols/${name}.md`)).toContain(`\`\`\`mermaid\n${mermaid.out}\`\`\``);
  }
});

it("refuses a format that there is none of, exit 2", async () => {
  const { code, err } = await ssert(["protocol", "diagram", "pokee", "--format", "png"]);
  expect(code).toBe(2);
  expect(err).toContain("Allowed choices are mermaid, svg");
});

const HOOK = `import { registerHooks } from "node:module";
registerHooks({ load(url, context, next) { process.stderr.write(url + "\\n"); return next(url, context); } });`;

/** The packages that a fresh Node loads to run `ssert ARGS`. */
async function packagesLoadedBy(...args: readonly string[]): Promise<ReadonlySet<string>> {
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`;
  const node = ["--conditions=@ssert/source", "--import", hook, main, ...args];
  const { stderr } = await promisify(execFile)(process.execPath, node);
  return new Set(stderr.split("\n").flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []));
}

it("loads what draws and what writes types only when it is asked to", async () => {
  const [layout, types] = ["@dagrejs/dagre", "json-schema-to-typescript"];
  expect(await packagesLoadedBy("protocol", "types", "pokee")).toContain(types);
  expect(await packagesLoadedBy("protocol", "diagram", "pokee", "--format", "svg")).toContain(layout);
  for (const args of [["show", "pokee"], ["diagram", "pokee"], ["list"]]) {
    const loaded = await packagesLoadedBy("protocol", ...args);
    expect(loaded).toContain("commander");
    expect(loaded).not.toContain(types);
    expect(loaded).not.toContain(layout);
  }
});
