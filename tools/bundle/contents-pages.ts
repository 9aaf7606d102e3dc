import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Plugin } from "esbuild";

const FROM_PACKAGE = /^(import|export) \{([^}]*)\} from "@ssert\/(\w+)";$/gm;
const FROM_FILE = /^export (type )?\{([^}]*)\} from "\.\/(.*)";$/gm;

/**
 * Imports of our packages go to the files that have what is imported, past the packages' contents pages. Through a page esbuild sees
 * each file of a package behind each import of it, and splits accordingly: `ssert validate` would begin with what only others use.
 */
export function withoutContentsPages(root: string): Plugin {
  const pages = new Map<string, ReadonlyMap<string, string>>();
  const pageOf = (name: string): ReadonlyMap<string, string> => {
    const page = pages.get(name) ?? contentsOf(join(root, "packages", name, "src/index.ts"));
    pages.set(name, page);
    return page;
  };
  return {
    name: "without contents pages",
    setup({ onLoad }) {
      onLoad({ filter: /\/packages\/\w+\/src\/.*\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, "utf8");
        const contents = text.replace(FROM_PACKAGE, (_, verb: string, list: string, name: string) =>
          names(list)
            .filter((item) => !item.startsWith("type "))
            .map((item) => `${verb} { ${item} } from ${JSON.stringify(fileOf(item, name, pageOf(name)))};`)
            .join(" "),
        );
        return { contents, loader: "ts", resolveDir: dirname(path) };
      });
    },
  };
}

function fileOf(item: string, name: string, page: ReadonlyMap<string, string>): string {
  const file = page.get(item.split(" as ", 1).join());
  if (file === undefined) throw new Error(`the contents page of @ssert/${name} has no ${item}`);
  return file;
}

/** Where each value is that a contents page has. */
function contentsOf(path: string): ReadonlyMap<string, string> {
  const contents = new Map<string, string>();
  for (const [, type, list = "", file = ""] of readFileSync(path, "utf8").matchAll(FROM_FILE)) {
    if (type !== undefined) continue;
    for (const item of names(list)) contents.set(item, join(dirname(path), file));
  }
  return contents;
}

const names = (list: string): readonly string[] =>
  list
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
