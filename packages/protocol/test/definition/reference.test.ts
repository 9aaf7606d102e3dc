import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { builtinProtocols, loadBuiltinProtocol } from "../../src/index.ts";

const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8");
const page = read("docs/protocol-language.md");

test("the reference explains every key and every choice of the language", () => {
  const words = [...wordsOf(JSON.parse(read("schemas/protocol.schema.json")))];
  expect(words.length).toBeGreaterThan(40);
  expect(words.filter((word) => !new RegExp(`[\`"]${word.replaceAll("$", "\\$")}[\`"]`).test(page))).toEqual([]);
});

test("it names every rule that a built-in protocol has", async () => {
  const protocols = await Promise.all(builtinProtocols().map(({ name }) => loadBuiltinProtocol(name)));
  const ids = new Set(protocols.flatMap((protocol) => protocol?.rules.map(({ id }) => id) ?? []));
  const missing = [...ids].filter((id) => {
    const [scope = "", what = ""] = id.split("/");
    const derived = what.replace(/^.+(-(?:changed|jumps|differs|not-json))$/, "F$1");
    return ![`${scope}/${what}`, `S/${what}`, `K/${what}`, `S/${derived}`, `K/${derived}`].some((known) =>
      page.includes(`\`${known}\``),
    );
  });
  expect(missing).toEqual([]);
});

/** Names of properties and values of enums in a schema. */
function* wordsOf(part: unknown): Generator<string> {
  if (typeof part !== "object" || part === null) return;
  for (const [keyword, inner] of Object.entries(part)) {
    if (keyword === "properties") yield* Object.keys(inner);
    if (keyword === "enum") yield* inner;
    if (!["examples", "default", "enum"].includes(keyword)) yield* wordsOf(inner);
  }
}
