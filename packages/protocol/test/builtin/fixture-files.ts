import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../../../fixtures/", import.meta.url));

/** A stream of the fixtures folder, as it lies there. */
export interface FixtureFile {
  /** The folder of `fixtures` that it is in. */
  readonly protocol: string;
  /** Below `fixtures`, without `.sse`. */
  readonly path: string;
  /** The rule whose folder it is in; undefined for a valid one. */
  readonly rule: string | undefined;
  readonly bytes: Uint8Array;
  readonly tape: FixtureTape | undefined;
}

interface FixtureTape {
  readonly response: { readonly status: number; readonly headers: Record<string, string> };
  readonly chunks: readonly { readonly bytes: Uint8Array; readonly atUs: number }[];
  readonly closedAtUs: number;
}

export function fixtureFiles(): readonly FixtureFile[] {
  return globSync("**/*.sse", { cwd: FOLDER })
    .sort()
    .map((file) => {
      const bytes = readFileSync(FOLDER + file);
      const [protocol = "", kind, ...folders] = file.split(/[\\/]/).slice(0, -1);
      const rule = kind === "broken" ? folders.join("/") : undefined;
      return {
        protocol,
        path: file.slice(0, -".sse".length).replaceAll("\\", "/"),
        rule,
        bytes,
        tape: tapeOf(`${FOLDER}${file}.tape`, bytes),
      };
    });
}

/** Read here by hand: this package knows nothing of tapes. */
function tapeOf(path: string, bytes: Uint8Array): FixtureTape | undefined {
  if (!existsSync(path)) return undefined;
  const [header, ...lines] = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { elapsedUs } = lines.pop();
  let [offset, atUs] = [0, 0];
  const chunks = lines.map(([afterUs, length]: [number, number]) => {
    atUs += afterUs;
    offset += length;
    return { bytes: bytes.subarray(offset - length, offset), atUs };
  });
  return { response: header.response, chunks, closedAtUs: elapsedUs };
}
