import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const here = fileURLToPath(new URL("..", import.meta.url));
const root = join(here, "../..");
const readme = readFileSync(join(here, "README.md"), "utf8");

/** A code block of the README, by a word in it. */
function example(word: string): string {
  const blocks = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  const found = blocks.find((code) => code.includes(word));
  if (found === undefined) throw new Error(`README.md has no example with ${word}`);
  return found;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fuzz-readme-"));
  mkdirSync(join(folder, "node_modules/@ssert"), { recursive: true });
  symlinkSync(here, join(folder, "node_modules/@ssert/fuzz"));
  symlinkSync(join(root, "node_modules/vitest"), join(folder, "node_modules/vitest"));
  symlinkSync(join(here, "../protocol"), join(folder, "node_modules/@ssert/protocol"));
  symlinkSync(join(here, "node_modules/fast-check"), join(folder, "node_modules/fast-check"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, source: string): void => writeFileSync(join(folder, name), source);

/** Runs Node in the folder as its owner would, from the sources of this package. */
function node(...args: string[]): { readonly status: number | null; readonly out: string } {
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  const env = { ...inherited, NODE_OPTIONS: "--conditions=@ssert/source --no-warnings" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", env });
  return { status, out: `${stdout}${stderr}` };
}

// Our own decoder, once as it is and once as one that loses every CR.
const decoder = (mistake = ""): string => `import { wireAdapter } from "@ssert/fuzz";
export class MyParser {
  constructor(onEvent) { this.decoder = wireAdapter.open({ event: onEvent, retry() {} }); }
  feed(chunk) { ${mistake} this.decoder.push(chunk); }
  close() { this.decoder.end(); }
}
export function parse(chunks) {
  const events = [];
  const parser = new MyParser(({ type, data, id }) => events.push({ event: type, data, id }));
  for (const chunk of chunks) parser.feed(chunk);
  parser.close();
  return events;
}\n`;
const losesCr = "chunk = chunk.filter((byte) => byte !== 13);";

describe("the lines that put it into someone's CI", () => {
  it.each([
    ["pass with a right parser", "", 0],
    ["fail with a wrong one, and say what is wrong", losesCr, 1],
  ])(
    "%s, with node:test",
    (_, mistake, expected) => {
      file("my-parser.mjs", decoder(mistake));
      // Not all of it: what parsers must be is tried elsewhere, and this machine may have much to do.
      file("conformance.test.mjs", example("savedTapesIn").replace("runs: 200", 'runs: 50, properties: ["line-ends"]'));
      const { status, out } = node("--test", "conformance.test.mjs");
      expect({ status, out: status === expected ? "" : out }).toEqual({ status: expected, out: "" });
      if (expected === 1) expect(out).toContain("breaks line-ends/cr: a lone CR ends a line");
    },
    60_000,
  );

  it.each([
    ["pass with a right parser", "", 0],
    ["fail with a wrong one, and say what is wrong", losesCr, 1],
  ])(
    "%s, with vitest",
    (_, mistake, expected) => {
      file("my-parser.mjs", decoder(mistake));
      file(
        "parser.test.mjs",
        example("assertParser").replace("    },\n  }));", '    },\n  }, { properties: ["line-ends"] }));'),
      );
      const config =
        'export default { ssr: { resolve: { conditions: ["@ssert/source", "node", "import", "default"] } } };';
      file("vitest.config.mjs", config);
      const vitest = join(dirname(fileURLToPath(import.meta.resolve("vitest/package.json"))), "vitest.mjs");
      const { status, out } = node(vitest, "run");
      expect({ status, out: status === expected ? "" : out }).toEqual({ status: expected, out: "" });
      if (expected === 1) expect(out).toContain("my-parser breaks line-ends/cr: a lone CR ends a line");
    },
    60_000,
  );
});

it("shows how valid streams of a protocol are made", () => {
  file("samples.mjs", example("sampleStream"));
  const { status, out } = node("samples.mjs");
  expect(out).toMatch(/^event: message.created\n[\s\S]*every chunking reads the same\n$/);
  expect(status).toBe(0);
});

it("holds code that makes messages to a protocol", () => {
  const message = (atEnd: string): string => `
    import { createDecoder } from "${pathToFileURL(join(root, "packages/wire/src/index.ts")).href}";
    export async function readMessage(chunks) {
      const message = { events: 0 };
      let last;
      const decoder = createDecoder({ event: ({ type }) => { message.events += 1; last = type; } });
      for await (const chunk of chunks) decoder.push(chunk);
      ${atEnd}
      return message;
    }`;
  file("test.mjs", example("assertConsumer"));
  file("message.mjs", message(""));
  const lenient = node("test.mjs");
  expect([lenient.status, lenient.out]).toEqual([
    1,
    expect.stringContaining("✗ broken streams are noticed (stream/truncated)"),
  ]);
  file("message.mjs", message('if (!/^message[.](completed|error)$/.test(last)) throw new Error("cut off");'));
  expect(node("test.mjs")).toEqual({ status: 0, out: "" });
});
