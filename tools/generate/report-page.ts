import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { heading } from "./heading.ts";

const folder = fileURLToPath(new URL("../../packages/report/page/", import.meta.url));

/** The script and the style of the HTML report, bundled from `packages/report/page`, with the hashes that its policy names. */
export async function reportPageModule(): Promise<string> {
  const script = await bundle("main.ts");
  const style = await bundle("style/page.css");
  const page = { script, scriptHash: hashOf(script), style, styleHash: hashOf(style) };
  const fields = Object.entries(page).map(([name, text]) => `  ${name}: ${JSON.stringify(text)},`);
  return [
    ...heading("packages/report/page"),
    "export const page: { readonly script: string; readonly scriptHash: string; readonly style: string; readonly styleHash: string } = {",
    ...fields,
    "};",
    "",
  ].join("\n");
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outdir: "unwritten",
    write: false,
    bundle: true,
    format: "iife",
    // What knows `light-dark()`: browsers since the middle of 2024.
    target: ["chrome123", "firefox120", "safari17.5"],
    minify: true,
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  const text = output.text.trimEnd();
  // It stands in an element of its own, which nothing in it may end.
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error(`${entry} would end the element that it stands in`);
  return text;
}

/** As a Content Security Policy names what may run. */
function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
