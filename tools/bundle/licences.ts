import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  /** An SPDX expression. */
  readonly license: string;
  readonly author?: string | { readonly name: string };
}

/** The licence of every package that is part of the bundle: `inputs` are the files that it was made of, from `root`. */
export async function licences(root: string, inputs: Iterable<string>): Promise<string> {
  const folders = new Set<string>();
  for (const path of inputs) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  const texts = await Promise.all([...folders].sort().map((folder) => licence(root, folder)));
  return `The command \`ssert\` contains these packages.\n\n${texts.join("\n")}`;
}

async function licence(root: string, folder: string): Promise<string> {
  const { name, license, author }: Manifest = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
  const rule = "=".repeat(80);
  const by = typeof author === "string" ? author : author?.name;
  const head = `${rule}\n${name}\n${license}${by === undefined ? "" : `, ${by}`}\n${rule}`;
  const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
  // Some name their licence and do not bring its text.
  const path = file === undefined ? join(root, "tools/licences", `${license}.txt`) : join(root, folder, file);
  return `${head}\n\n${await readFile(path, "utf8")}`;
}
