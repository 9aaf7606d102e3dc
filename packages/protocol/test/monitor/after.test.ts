import { createDecoder } from "@ssert/wire";
import { expect, test } from "vitest";
import { createMonitor } from "../../src/index.ts";
import { check, define, encode, ev, found } from "./streams.ts";

const [begin, end, fail, usage] = [ev("begin"), ev("end"), ev("fail"), ev("usage")];
const done = { data: "[DONE]" };
const literal = { events: { done: { literal: "[DONE]" } } };

const ended = define(
  "begin end fail usage",
  { stream: { open: "begin", close: "end", abort: "fail", after: { done: "once", usage: "optional" } } },
  literal,
);

test("`after` with times says what must follow, in whichever way the stream ended", () => {
  expect(found(ended, [begin, end, done])).toEqual([]);
  expect(found(ended, [begin, fail, usage, done])).toEqual([]);
});

test.each([end, fail])("without it the stream is truncated, and the text of the literal is named", (last) => {
  const { verdict, findings } = check(ended, [begin, last, usage]);
  expect({ verdict, rules: findings.map(({ rule }) => rule) }).toEqual({
    verdict: "truncated",
    rules: ["stream/truncated"],
  });
  expect(findings[0]?.message).toMatch(/^The stream ends before `\[DONE\]`, which must follow the end\./);
});

test("what comes once comes once", () => {
  expect(found(ended, [begin, end, done, done])).toEqual(["stream/closed@4"]);
  expect(found(ended, [begin, end, usage, usage, done])).toEqual(["stream/closed@4"]);
});

test("`some` may come again, and must come", () => {
  const some = define("begin end", { stream: { open: "begin", close: "end", after: { done: "some" } } }, literal);
  expect(found(some, [begin, end, done, done])).toEqual([]);
  expect(found(some, [begin, end])).toEqual(["stream/truncated@end"]);
});

test("what came before the end does not count; after another error its absence is not one more", () => {
  expect(found(ended, [begin, done, end, done])).toEqual([]);
  expect(found(ended, [begin, begin, end])).toEqual(["stream/already-open@2"]);
});

test("a stream that begins anew owes it anew", () => {
  const again = define(
    "begin end",
    { run: { open: "begin", close: "end", reuse: true, after: { done: "once" } } },
    literal,
  );
  expect(found(again, [begin, end, done, begin, end, done])).toEqual([]);
  expect(found(again, [begin, end, done, begin, end])).toEqual(["stream/truncated@end"]);
});

test("until it has come the stream is not over", () => {
  const over: boolean[] = [];
  const monitor = createMonitor(ended, { onFinding: () => {} });
  const decoder = createDecoder({
    event: (event) => {
      monitor.event(event);
      over.push(monitor.ended);
    },
  });
  decoder.push(encode([begin, end, done]));
  expect(over).toEqual([false, false, true]);
});

test("a literal that closes is named by its text", () => {
  const chat = define("begin", { chat: { open: "begin", close: "done" } }, literal);
  expect(check(chat, [begin]).findings[0]?.message).toMatch(/^The stream ends before `\[DONE\]`\./);
});

test("a kind may have no inner events where its scope has some", () => {
  const talk = define("begin end say shout word hush", {
    stream: { open: "begin", close: "end" },
    talk: {
      in: "stream",
      open: "say",
      inner: { word: "any" },
      close: "hush",
      kinds: { mute: { open: "shout", inner: {} } },
    },
  });
  expect(found(talk, [begin, ev("say"), ev("word"), ev("hush"), ev("shout"), ev("hush"), end])).toEqual([]);
  expect(found(talk, [begin, ev("shout"), ev("word"), ev("hush"), end])).toEqual(["talk/wrong-kind@3"]);
});
