import { afterAll, expect, test } from "vitest";
import { blocksOfTheGuide, Desk } from "./guide.ts";

// docs/writing-a-protocol.md, followed from its first block to its last.
const blocks = blocksOfTheGuide();
const desk = new Desk();
afterAll(() => desk.clear());

test("the guide has the blocks that this test follows", () => {
  const count = (language: string): number => blocks.filter((block) => block.language === language).length;
  expect({ json: count("json"), console: count("console"), text: count("text"), sh: count("sh") }).toEqual({
    json: 9,
    console: 6,
    text: 2,
    sh: 1,
  });
});

test("every step leaves a file without a mistake, and every command says what the guide shows", async () => {
  for (const block of blocks) {
    if (block.language === "json" || block.language === "text") {
      desk.put(block);
      if (block.language === "json" && block.file !== "slip.json") {
        const { code, out } = await desk.run("ssert protocol check ferry.json");
        expect({ code, out }, block.text).toEqual({ code: 0, out: expect.stringContaining("nothing to mend") });
      }
    } else if (block.language === "console") {
      const [line = "", ...shown] = block.text.split("\n");
      const { out, err } = await desk.run(line.replace(/^\$ /, ""));
      expect(out + err, line).toBe(shown.join("\n"));
    }
  }
});

test("the commands that the file is put to work with all run", async () => {
  const [work] = blocks.filter(({ language }) => language === "sh");
  const lines = (work?.text ?? "").trim().split("\n");
  expect(lines).toContain("ssert protocol show ferry.json");
  for (const line of lines) {
    const { code, err } = await desk.run(line);
    expect({ line, code, err }).toEqual({
      line,
      code: expect.toBeOneOf([0, 1]),
      err: expect.not.stringMatching(/^ssert:/m),
    });
  }
}, 60_000);

test("the variant accepts the beta server's stream, and the base does not", async () => {
  const good = blocks.find(({ file }) => file === "good.sse");
  desk.put({ language: "text", file: "beta.sse", text: `${good?.text ?? ""}data: [END]\n\n` });
  expect((await desk.run("ssert validate beta.sse --protocol ferry-beta.json")).code).toBe(0);
  expect((await desk.run("ssert validate beta.sse --protocol ferry.json")).out).toContain("job/closed");
});
