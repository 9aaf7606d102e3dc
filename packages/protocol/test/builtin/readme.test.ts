import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseProtocol } from "@ssert/protocol";
import { expect, test } from "vitest";

const folder = new URL("../../", import.meta.url);
const readme = await readFile(new URL("README.md", folder), "utf8");

function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, code]) => code ?? "",
  );
}

test.each([
  ["bytes", "createStreamCheck"],
  ["events", "createMonitor"],
])("the example that checks %s prints what it says", async (_, call) => {
  const example = blocks("ts").find((code) => code.includes(call)) ?? "";
  const promised = example
    .split("\n")
    .filter((line) => line.startsWith("// "))
    .map((line) => line.slice(3));
  const args = ["--conditions=@ssert/source", "--input-type=module-typescript", "--eval", example];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: fileURLToPath(folder) });
  expect(stdout.trimEnd().split("\n")).toEqual(promised);
});

test("the protocol file in it loads, and has the rules that are named", async () => {
  const [call = ""] = blocks("json");
  const { rules } = await parseProtocol(call);
  const ids = rules.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["call/not-open", "turn/already-open", "turn/unclosed", "event/payload"]));
});

test("the mistake in it is told in these words", async () => {
  const [call = ""] = blocks("json");
  const text = call.replace('"turn": { "in": "call", "open"', '"turn": { "in": "call", "opn"');
  const promised = /`(unknown key [^`]+)`/.exec(readme)?.[1];
  await expect(parseProtocol(text, { source: "call.json" })).rejects.toThrow(promised);
});
