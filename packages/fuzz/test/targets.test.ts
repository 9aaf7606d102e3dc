import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { renderFuzzJson } from "../src/render/json.ts";
import { renderParserTable } from "../src/render/parser-table.ts";
import { renderFuzzText } from "../src/render/text.ts";
import type { PropertyResult } from "../src/run/check-result.ts";
import { parseTarget } from "../src/targets/parse-target.ts";
import { type FuzzOptions, type FuzzResult, runFuzz } from "../src/verb/run-fuzz.ts";

const folder = mkdtempSync(join(tmpdir(), "fuzz-targets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file in the folder, and the target that names it. */
function file(name: string, source: string): string {
  writeFileSync(join(folder, name), source);
  return `./${name}`;
}

const fuzz = (target: string, options: FuzzOptions): Promise<FuzzResult> =>
  runFuzz([target], { folder, seed: 1, runs: 50, timeLimitMs: 400, ...options });

function resultOf({ targets }: FuzzResult, property: string): PropertyResult | undefined {
  return targets[0]?.results.find((result) => result.property === property);
}

const blocks = `const events = (chunks) => Buffer.concat(chunks).toString().split("\\n\\n").slice(0, -1)
  .filter((block) => block.startsWith("data: ")).map((block) => ({ data: block.slice(6) }));\n`;

describe("targets on a command line", () => {
  it.each([
    ["eventsource", { kind: "package", name: "eventsource", installedAs: "eventsource", folder }],
    ["./mine.mjs", { kind: "module", path: join(folder, "mine.mjs") }],
    ["/abs/mine.mjs", { kind: "module", path: "/abs/mine.mjs" }],
    ["cmd:python3 mine.py --x", { kind: "command", command: "python3 mine.py --x", folder }],
  ])("%s", (text, target) => {
    expect(parseTarget(text, folder)).toEqual(target);
  });

  it("a package under the name that an alias gives it in package.json", async () => {
    const home = fileURLToPath(new URL("../../../tools/parsers", import.meta.url));
    expect(parseTarget("eventsource-parser-3", home)).toMatchObject({
      name: "eventsource-parser",
      installedAs: "eventsource-parser-3",
    });
    const { targets } = await runFuzz(["eventsource-parser-3"], {
      folder: home,
      runs: 2,
      properties: ["line-ends/lf"],
    });
    expect(targets[0]).toMatchObject({ adapter: { name: "eventsource-parser-3" }, ok: true });
  });

  it.each(["left-pad", "cmd:", ""])("%j is refused with what there is", (text) => {
    expect(() => parseTarget(text, folder)).toThrow(expect.objectContaining({ code: "unknown-target" }));
  });
});

describe("a module", () => {
  it.each([
    ["parse with an array", "export const parse = (chunks) => events(chunks);"],
    ["parse with a promise", "export const parse = async (chunks) => events(chunks);"],
    ["parse with an async iterable", "export async function* parse(chunks) { yield* events(chunks); }"],
    [
      "a TransformStream factory",
      `export const stream = () => {
        const chunks = [];
        return new TransformStream({
          transform(chunk) { chunks.push(chunk); },
          flush(controller) { for (const event of events(chunks)) controller.enqueue(event); },
        });
      };`,
    ],
  ])("%s is tested", async (name, source) => {
    const target = file(`${name.replaceAll(" ", "-")}.mjs`, blocks + source);
    const result = await fuzz(target, { properties: ["line-ends/lf", "data/multi-line"] });
    expect(resultOf(result, "line-ends/lf")?.verdict).toBe("pass");
    expect(resultOf(result, "data/multi-line")?.counterexample?.mismatch.message).toContain("data: 1");
  });

  it("says itself what it shows and means to do otherwise", async () => {
    const target = file(
      "declaring.mjs",
      `${blocks}export const parse = events;
       export const shows = { type: false };
       export const deviations = [{ property: "data/multi-line", reason: "one line is enough for us" }];`,
    );
    const result = await fuzz(target, { properties: ["event/type", "data/multi-line"] });
    expect(result.ok).toBe(true);
    expect(resultOf(result, "event/type")?.verdict).toBe("not-observable");
    expect(resultOf(result, "data/multi-line")).toMatchObject({
      verdict: "declared",
      reason: "one line is enough for us",
    });
  });

  it("may be an adapter that takes objects of one kind only, and hides types", async () => {
    const target = file(
      "objects.mjs",
      `${blocks}export const adapter = {
         name: "objects",
         payload: (digits) => '{"n":"' + digits + '"}',
         hides: (type) => type === "ping",
         parse: events,
       };`,
    );
    const { ok, targets } = await fuzz(target, { properties: ["chunks/bytes", "line-ends/lf"] });
    expect(ok).toBe(true);
    expect(targets).toMatchObject([{ adapter: { name: "objects", shows: { data: "text" } } }]);
    expect(targets[0]?.results.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
  });

  it.each([
    ["undefined", "returned undefined, and no list of events"],
    ["'data: 1'", "returned 'data: 1', and no list of events"],
    ["[null]", "gave null, which is no event"],
    ["[{ data: 5 }]", "gave { data: 5 }, which is no event"],
    ["Promise.resolve(7)", "gave a promise of 7"],
    ["(() => { throw new Error('red \\x1b[31m\\nlines'); })()", String.raw`Error: red \u001b[31m\nlines`],
  ])("that gives %s is a finding that says so, safe for a terminal", async (value, message) => {
    const target = file(`odd-${message.length}.mjs`, `export const parse = () => ${value};`);
    const result = await fuzz(target, { runs: 2, properties: ["line-ends/lf"] });
    expect(renderFuzzText(result)).toContain(message);
    expect(resultOf(result, "line-ends/lf")?.counterexample?.mismatch.message).toBe("the parser threw");
  });

  it("without the export is refused with the signature", async () => {
    await expect(fuzz(file("empty.mjs", "export const parser = 1;"), {})).rejects.toMatchObject({
      code: "no-export",
      message: expect.stringContaining("parse(chunks: Uint8Array[]): { event?: string, data: string, id?: string }[]"),
    });
  });

  it("that cannot be loaded is refused with the reason", async () => {
    await expect(fuzz("./nowhere.mjs", {})).rejects.toMatchObject({ code: "target-failed" });
    await expect(fuzz(file("broken.mjs", "export const parse = ;"), {})).rejects.toMatchObject({
      message: expect.stringContaining("SyntaxError"),
    });
  });
});

describe("a parser that takes its process along", () => {
  const untilNull = (what: string): string => `${blocks}export function parse(chunks) {
    if (Buffer.concat(chunks).includes(0)) ${what}
    return events(chunks);
  }`;

  it.each([
    ["never comes back", "for (;;);", /did not come back within \d+ ms/],
    ["ends the process", "process.exit(3);", /ended the process with 3/],
    ["throws where no one can catch it", 'setTimeout(() => { throw new Error("much later"); });', /died: .*much later/],
  ])(
    "%s: a finding with the case, and the other properties go on",
    async (name, what, message) => {
      const target = file(`${name.replaceAll(" ", "-")}.mjs`, untilNull(what));
      const result = await fuzz(target, { properties: ["text/null", "line-ends/lf", "chunks/anywhere"] });
      const lost = resultOf(result, "text/null");
      expect(lost?.verdict).toBe("bug");
      expect(lost?.counterexample?.mismatch.message).toMatch(message);
      expect(lost?.counterexample?.case.text).toContain("\0");
      expect(resultOf(result, "chunks/anywhere")?.verdict).toBe("pass");
      expect(renderFuzzText(result)).toContain("which was therefore not made smaller");
    },
    20_000,
  );
});

describe("a program", () => {
  const program = (name: string, answer: string): string => {
    file(
      name,
      `${blocks}let rest = Buffer.alloc(0);
      process.stdin.on("data", (bytes) => {
        rest = Buffer.concat([rest, bytes]);
        for (;;) {
          if (rest.length < 4) return;
          const chunks = [];
          let offset = 4;
          for (let count = rest.readUInt32BE(0); count > 0; count -= 1) {
            if (rest.length < offset + 4) return;
            const end = offset + 4 + rest.readUInt32BE(offset);
            if (rest.length < end) return;
            chunks.push(rest.subarray(offset + 4, end));
            offset = end;
          }
          rest = rest.subarray(offset);
          ${answer}
        }
      });`,
    );
    return `cmd:${JSON.stringify(process.execPath)} ${name}`;
  };
  const print = `for (const event of events(chunks)) console.log(JSON.stringify(event));\nconsole.log();`;

  it("gets cases as frames and answers with lines, many in one process", async () => {
    const target = program("right.mjs", print);
    const result = await fuzz(target, {
      shows: { type: false, id: false },
      properties: ["line-ends", "chunks/anywhere"],
    });
    const verdicts = result.targets[0]?.results.map(({ property, verdict }) => `${property} ${verdict}`);
    expect(verdicts).toContain("line-ends/lf pass");
    expect(verdicts).toContain("chunks/anywhere pass");
    expect(verdicts).toContain("line-ends/cr bug");
  }, 20_000);

  it.each([
    [
      "prints garbage",
      `console.log("Segmentation fault");\nconsole.log();`,
      "printed what is no JSON: Segmentation fault",
    ],
    ["prints an event without data", `console.log('{"event":"a"}');\nconsole.log();`, "an event without data"],
    ["dies", `console.error("out of luck"); process.exit(7);`, "exited with 7: out of luck"],
    ["says nothing", "void 0;", "gave no answer within 400 ms"],
  ])(
    "that %s is a finding",
    async (name, answer, message) => {
      const target = program(`${name.replaceAll(" ", "-")}.mjs`, answer);
      // Only silence needs a limit that is reached; for an answer a busy machine takes its time.
      const timeLimitMs = name === "says nothing" ? 400 : 10_000;
      const result = await fuzz(target, { runs: 2, properties: ["stream/empty"], timeLimitMs });
      const finding = resultOf(result, "stream/empty");
      expect(finding?.verdict).toBe("bug");
      expect(finding?.counterexample?.mismatch.actual.join()).toContain(message);
    },
    30_000,
  );

  it("that is not there is a finding that names it", async () => {
    const result = await fuzz("cmd:no-such-program-anywhere", { runs: 2, properties: ["stream/empty"] });
    expect(resultOf(result, "stream/empty")?.counterexample?.mismatch.actual.join()).toMatch(
      /no-such-program-anywhere/,
    );
  });
});

describe("saved cases", () => {
  it("reach the parser in its thread before any is drawn", async () => {
    const target = file("saved.mjs", `${blocks}export const parse = events;`);
    const facts = { target, property: "line-ends/cr", seed: 1, path: "" };
    const saved = [{ file: "saved.sse", facts, case: { text: "data: 7\r\r:", cuts: [3] } }];
    const found = resultOf(await fuzz(target, { saved, properties: ["line-ends/cr"] }), "line-ends/cr");
    expect(found?.counterexample).toMatchObject({ origin: "saved", case: saved[0]?.case });
  });
});

describe("results", () => {
  const target = file("for-results.mjs", `${blocks}export const parse = events;`);
  const run = (): Promise<FuzzResult> => fuzz(target, { properties: ["line-ends/lf", "line-ends/cr", "id"] });

  it("as JSON carry each counterexample's bytes, by which it can be played again", async () => {
    const { ok, targets } = JSON.parse(renderFuzzJson(await run()));
    expect(ok).toBe(false);
    const [found] = targets[0].results.filter(({ verdict }: PropertyResult) => verdict === "bug");
    expect(found).toMatchObject({
      property: "line-ends/cr",
      counterexample: { escaped: '"data: 1\\r\\r:"', bytes: 10 },
    });
    const chunks: readonly string[] = found.counterexample.chunks;
    expect(chunks.map((chunk) => Buffer.from(chunk, "base64").toString("latin1"))).toEqual(["data: 1\r\r:"]);
  });

  it("as text end with a line a target", async () => {
    expect(renderFuzzText(await run())).toMatch(
      /for-results\.mjs: \d+ pass, \d+ bugs, \d+ not observable \(seed 1\)\n$/,
    );
  });

  it("as a matrix have a row a property and a column a target", async () => {
    const matrix = renderParserTable(await run());
    expect(matrix).toMatch(/^line-ends\/lf +✓$/m);
    expect(matrix).toMatch(/^line-ends\/cr +✗$/m);
    expect(matrix).toMatch(/^id\/persist +·$/m);
  });

  it("are the same for the same seed", async () => {
    expect(renderFuzzJson(await run())).toBe(renderFuzzJson(await run()));
  });
});
