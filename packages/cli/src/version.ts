import { readFileSync } from "node:fs";

// Put in by the bundler, so that the installed command reads no file to know its version.
declare const SSERT_VERSION: string | undefined;

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new TypeError("package.json of ssert has no version");
}

export const version: string = typeof SSERT_VERSION === "string" ? SSERT_VERSION : readVersion();

/** What a tape says it was made with. */
export const tool: string = `ssert ${version}`;
