import { expect, it } from "vitest";
import { ssert } from "./in-process.ts";
import { file } from "./places.ts";
import { COMPLETED, CREATED } from "./pokee.ts";

const event = (type: string, data: string): string => `event: ${type}\ndata: ${data}\n\n`;
const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`;
const tool = (id: string, input: string): string =>
  event("tool_use.start", `{"id":"${id}","name":"n"}`) +
  event("tool_use.input_delta", JSON.stringify({ content: input })) +
  event("tool_use.executing", `{"id":"${id}","name":"n","input":${input}}`) +
  event("tool_use.stop", "{}") +
  event("tool_result", `{"id":"${id}","content":${deep},"is_error":false}`);

it("a stream that is made to hurt is judged, and shown in lines that a terminal can hold", async () => {
  const bad = event("text.start", deep) + event("text.stop", "{}");
  const ids = ["__proto__", "x".repeat(10_000_000)];
  const stream = file("bad.sse", CREATED + tool("__proto__", deep) + bad + tool(ids[1] ?? "", "{}") + COMPLETED);
  const { code, out, err } = await ssert(["validate", stream, "--protocol", "pokee"]);
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(out).toContain("event/payload");
  expect(out).not.toMatch(/\n\s+at .*:\d+:\d+/);
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThan(1_000);
}, 30_000);
