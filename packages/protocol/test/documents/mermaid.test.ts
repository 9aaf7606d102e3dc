import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { mermaidOf } from "../../src/index.ts";
import { noChromium, withPage } from "../chromium.ts";
import { define, pokee } from "../monitor/streams.ts";
import { odd } from "./odd.ts";
import { shipped } from "./shipped.ts";

const script = createRequire(import.meta.url).resolve("mermaid/dist/mermaid.min.js");

/** Runs in the page: what each diagram shows, or why it is none. */
const DRAW = `async (texts) => {
  const drawn = [];
  for (const [index, text] of texts.entries()) {
    try {
      await mermaid.parse(text);
      const { svg } = await mermaid.render("diagram" + index, text);
      document.body.innerHTML = svg;
      for (const style of document.querySelectorAll("style")) style.remove();
      drawn.push(document.body.textContent);
    } catch (error) {
      drawn.push("ERROR " + error);
    }
  }
  return drawn;
}`;

async function drawn(texts: readonly string[]): Promise<readonly string[]> {
  const files = new Map([["/mermaid.js", { type: "text/javascript", body: await readFile(script) }]]);
  return await withPage(files, async (page) => {
    await page.addScriptTag({ url: "/mermaid.js" });
    return await page.evaluate<string[]>(`(${DRAW})(${JSON.stringify(texts)})`);
  });
}

test("Mermaid itself draws the diagram of every shipped protocol and variant", async ({ skip }) => {
  skip(noChromium !== undefined, noChromium);
  const texts = shipped.map(mermaidOf);
  for (const [index, shows] of (await drawn(texts)).entries()) {
    expect(shows, shipped[index]?.id).not.toMatch(/^ERROR|Syntax error/);
    for (const { id } of shipped[index]?.rules ?? []) {
      const [scope = ""] = id.split("/");
      if (Object.hasOwn(shipped[index]?.definition.scopes ?? {}, scope)) expect(shows).toContain(scope);
    }
  }
}, 120_000);

test("Mermaid shows names with any signs, and says no to what is no diagram", async ({ skip }) => {
  skip(noChromium !== undefined, noChromium);
  const [shows = "", wrong] = await drawn([mermaidOf(odd), "stateDiagram-v2\n  a --> : {"]);
  for (const name of [
    "a”b",
    "a；b#35；c",
    "a --> b : c",
    "‹script>alert(1)‹/script>",
    "a{b}",
    "état.日本語",
    "🙂",
    "% % x",
  ]) {
    expect(shows).toContain(name);
  }
  expect(wrong).toMatch(/^ERROR/);
}, 60_000);

test("scopes are composite states, kinds and steps are in them, what happens at once is in regions", () => {
  const text = mermaidOf(pokee);
  expect(text).toMatch(/^stateDiagram-v2\n/);
  const lines = text.split("\n").map((line) => line.trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      'state "message" as message_open {',
      'state "block: one at a time" as block_scope {',
      "--",
      'state "tool_call: several at once, by /id" as tool_call_scope {',
      "block_closed --> block_text : text.start",
      "block_text --> block_closed : text.stop",
      "block_text --> block_text : text.delta",
      "block_tool_use_0 --> block_tool_use_0 : tool_use.input_delta",
      "block_tool_use_0 --> block_tool_use_1 : tool_use.executing",
      "[*] --> message_open : message.created",
      "message_open --> [*] : message.completed",
      "message_open --> [*] : message.error<br/>(early end)",
      "id stays the same (/id)",
    ]),
  );
  // Executed once: no loop; an id used once: no way back.
  expect(lines).not.toContain("block_tool_use_1 --> block_tool_use_1 : tool_use.executing");
  expect(text).not.toContain("tool_call_closed");
});

test("an event that may be left out has an arrow past it, one that must come has none", () => {
  const steps = define("begin end a b c", {
    stream: { open: "begin", close: "end" },
    row: { in: "stream", open: "a", inner: [{ b: "optional" }, { c: "once" }], close: "end" },
  });
  const arrows = mermaidOf(steps)
    .split("\n")
    .flatMap((line) => /row_open_\d.*-->.*/.exec(line) ?? []);
  expect(arrows).toEqual([
    "row_open_0 --> row_open_1 : b",
    "row_open_0 --> row_open_2 : c",
    "row_open_1 --> row_open_2 : c",
    "row_open_2 --> row_closed : end",
  ]);
});
