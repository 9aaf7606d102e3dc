import { expect, test } from "vitest";
import { builtinProtocol, markdownOf } from "../../src/index.ts";
import { odd } from "./odd.ts";
import { shipped } from "./shipped.ts";

const pokee = markdownOf(builtinProtocol("pokee"));

/** Cells of the rows of all tables. */
function rows(page: string): readonly (readonly string[])[] {
  return page.split("\n").flatMap((line) => {
    if (!line.startsWith("| ") || /^\| -/.test(line)) return [];
    return [
      line
        .slice(2, -2)
        .split(/ \| /)
        .map((cell) => cell.trim()),
    ];
  });
}

test("a page has every rule with its severity, what holds, and the words of the source", () => {
  expect(rows(pokee)).toContainEqual([
    "`tool_call/not-open`",
    "error",
    expect.stringMatching(/\w/),
    "“Tool returned (matches tool_use.start.id)” (decision 6)",
  ]);
  for (const protocol of shipped) {
    const page = rows(markdownOf(protocol)).map(([first]) => first);
    for (const { id } of protocol.rules) expect(page, protocol.id).toContain(`\`${id}\``);
  }
});

test("it has every event with what its data must have, and every scope with what opens and ends it", () => {
  expect(rows(pokee)).toContainEqual(["`text.delta`", "Incremental text; has `content`"]);
  const [, ...tool] = rows(pokee).find(([name]) => name === "`tool_use`") ?? [];
  expect(tool.slice(0, 5)).toEqual([
    "kind of `block`",
    "`tool_use.start`",
    "`tool_use.input_delta` any number of times; then `tool_use.executing` once",
    "`tool_use.stop`",
    "–",
  ]);
});

test("it says where the type is", () => {
  expect(pokee).toContain("The type of an event is the text of its `event:` line.");
  const chat = markdownOf(builtinProtocol("openai-chat"));
  expect(chat).toContain(
    "The type of an event is `error` where the data has `/error`; else `chunk` where the data has `/choices`. There is no `event:` line.",
  );
  expect(chat).toContain("the text `[DONE]`, not JSON");
  expect(chat).toContain("each of `/choices` is a `choice`");
});

test("it has the diagram in a fence", () => {
  expect(pokee).toMatch(/^```mermaid\nstateDiagram-v2\n[\s\S]*?^```$/m);
});

test("no name breaks its tables", () => {
  const page = markdownOf(odd).replaceAll(/^```mermaid[\s\S]*?^```$/gm, "");
  for (const table of page.split("\n\n").filter((block) => block.startsWith("| "))) {
    const cells = table
      .trim()
      .split("\n")
      .map((line) => line.match(/(?<!\\)\|/g)?.length);
    expect(new Set(cells).size).toBe(1);
  }
  expect(page.replaceAll(/(`+).*?\1/g, "")).not.toContain("<script>");
});
