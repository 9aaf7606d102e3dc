import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ssert, type Told } from "./in-process.ts";

/** One fenced block of the guide. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The file that it is, where the words before it end in a name and a colon. */
  readonly file: string | undefined;
}

const PAGE = new URL("../../../docs/writing-a-protocol.md", import.meta.url);

/** The fenced blocks of the guide, in its order. */
export function blocksOfTheGuide(): readonly Block[] {
  const page = readFileSync(PAGE, "utf8");
  return [...page.matchAll(/([^\n]*)\n\n```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, before = "", language = "", text = ""]) => {
      return { language, text, file: /`([\w.-]+)`:$/.exec(before)?.[1] };
    },
  );
}

/** The folder of somebody who follows the guide. */
export class Desk {
  readonly folder: string = mkdtempSync(join(tmpdir(), "ssert-guide-"));
  #definition: unknown = {};

  /** Does what a block asks for: saves the file, or puts the patch into `ferry.json`. */
  put({ language, text, file }: Block): void {
    if (language === "json" && (file === undefined || file === "ferry.json")) {
      this.#definition = merge(this.#definition, JSON.parse(text));
      writeFileSync(join(this.folder, "ferry.json"), `${JSON.stringify(this.#definition, null, 2)}\n`);
    } else if (file !== undefined) {
      // A block of text ends in one line end of its own.
      writeFileSync(join(this.folder, file), text);
    }
  }

  /** `ssert …` as the guide writes it; what it says names files as the guide does. */
  async run(line: string): Promise<Told> {
    const words = line.split(/\s+/).slice(1);
    const args = words.map((word) =>
      /\.(?:json|sse)$|^(?:valid|broken)$/.test(word) ? join(this.folder, word) : word,
    );
    const { code, out, err } = await ssert(args);
    const plain = (text: string): string => text.replaceAll(`${this.folder}/`, "");
    return { code, out: plain(out), err: plain(err) };
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** RFC 7396, as the page says it; written anew, so that the guide is not tested with what it explains. */
function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const merged: Record<string, unknown> = typeof target === "object" && target !== null ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}
