// Removes what the compiler made of sources that are gone: it never does so itself, and a package is packed with all that stands
// in its `dist`.
//
//   node tools/remove-stale.ts        (part of `pnpm build`)
import { existsSync } from "node:fs";
import { glob, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const cwd = fileURLToPath(new URL("..", import.meta.url));

// The command's bundles are not the compiler's; tools/bundle.ts clears them itself.
const exclude = ["packages/cli/dist/command/**", "packages/cli/dist/libraries/**"];
for await (const found of glob("packages/*/dist/**/*.{js,d.ts,js.map,d.ts.map}", { cwd, exclude })) {
  const output = found.replaceAll("\\", "/");
  const source = output.replace("/dist/", "/src/").replace(/(?:\.js|\.d\.ts)(?:\.map)?$/, ".ts");
  if (!existsSync(new URL(`../${source}`, import.meta.url))) await rm(new URL(`../${output}`, import.meta.url));
}
