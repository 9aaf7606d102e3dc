import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type OutputFile } from "esbuild";
import { expect, test } from "vitest";
import { noChromium, type Served, withPage } from "../chromium.ts";
import { line, type Sent, text } from "./streams.ts";

const begin = line("message.created", { id: "m", session_id: "s", status: "in_progress" });
const end = line("message.completed", { id: "m", status: "completed", usage: {} });
const hello = [line("text.start"), line("text.delta", { content: "Hello" }), line("text.stop")];

const streams: Readonly<Record<string, readonly Sent[]>> = {
  "/valid": [begin, ...hello, end],
  "/broken": [
    begin,
    line("text.delta", { content: "orphan" }),
    line("text.start"),
    line("text.delta", { content: 12 }),
    end,
  ],
  "/cut": [begin, ...hello],
};

const types = ["message.created", "text.start", "text.delta", "text.stop", "message.completed"];

/** The bundle as a page's own build makes it, nothing left out; what Node has would fail it. */
async function bundle(): Promise<readonly OutputFile[]> {
  const { outputFiles, warnings } = await build({
    entryPoints: [fileURLToPath(new URL("browser-watch.ts", import.meta.url))],
    outdir: "/",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["@ssert/source"],
    write: false,
  });
  expect(warnings).toEqual([]);
  return outputFiles;
}

/** The chunks that a page loads for one protocol: what it starts with, and what that imports. */
function loaded(files: readonly OutputFile[], entries: readonly RegExp[]): readonly OutputFile[] {
  const reached = new Set(files.filter(({ path }) => entries.some((entry) => entry.test(path))));
  for (const file of reached) {
    for (const [, name = ""] of file.text.matchAll(/from"\.\/([^"]+)"|import"\.\/([^"]+)"/g)) {
      const other = files.find(({ path }) => path.endsWith(name));
      if (other !== undefined) reached.add(other);
    }
  }
  return [...reached];
}

test("the monitor runs in a browser, on the events of its EventSource", async ({ skip }) => {
  skip(noChromium !== undefined, noChromium);
  const scripts = await bundle();
  const first = loaded(scripts, [/browser-watch\.js$/, /pokee-\w+\.js$/]);
  const [size, packed] = [
    (file: OutputFile) => file.contents.length,
    (file: OutputFile) => gzipSync(file.contents).length,
  ].map((measure) => first.reduce((sum, file) => sum + measure(file), 0));
  console.log(`a page that watches Pokee streams loads ${size} bytes of script (${packed} gzipped)`);
  expect(first.some(({ text: code }) => code.includes("draft-07") || code.includes("new Function"))).toBe(false);

  const files = new Map<string, Served>([
    ...scripts.map(({ path, contents }): [string, Served] => [path, { type: "text/javascript", body: contents }]),
    ...Object.entries(streams).map(([path, events]): [string, Served] => {
      return [path, { type: "text/event-stream", body: text(events) }];
    }),
  ]);
  const told = await withPage(files, async (page) => {
    const failures: string[] = [];
    page.on("pageerror", (error) => failures.push(error.message));
    await page.addScriptTag({ url: "/browser-watch.js", type: "module" });
    const all: Record<string, unknown> = {};
    for (const path of Object.keys(streams)) {
      all[path] = await page.evaluate(`watch(${JSON.stringify(path)}, ${JSON.stringify(types)})`);
    }
    return { failures, ...all };
  });
  expect(told).toEqual({
    failures: [],
    "/valid": ["text Hello", "errors 0"],
    "/broken": ["error block/not-open@2", "text orphan", "error event/payload@4", "error block/unclosed@5", "errors 3"],
    "/cut": ["text Hello", "error stream/truncated@end", "errors 1"],
  });
}, 60_000);
