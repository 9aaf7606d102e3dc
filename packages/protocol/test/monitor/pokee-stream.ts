import { line, type Sent } from "./streams.ts";

export const created: Sent = line("message.created", { id: "msg_1", session_id: "ses_1", status: "in_progress" });
export const completed: Sent = line("message.completed", { id: "msg_1", status: "completed", usage: { tokens: 3 } });
export const failed: Sent = line("message.error", { id: "msg_1", error: "overloaded" });

export const text = {
  start: line("text.start"),
  delta: (content = "hello"): Sent => line("text.delta", { content }),
  stop: line("text.stop"),
};

export const thinking = {
  start: line("thinking.start"),
  delta: (content = "hm"): Sent => line("thinking.delta", { content }),
  stop: line("thinking.stop"),
};

export const tool = {
  start: (id = "a", name = "search"): Sent => line("tool_use.start", { id, name }),
  input: (content: string): Sent => line("tool_use.input_delta", { content }),
  executing: (id = "a", input: unknown = { q: 1 }, name = "search"): Sent =>
    line("tool_use.executing", { id, name, input }),
  stop: line("tool_use.stop"),
  result: (id = "a", content: unknown = "found"): Sent => line("tool_result", { id, content, is_error: false }),
};

/** A tool used from start to stop. */
export function used(id: string, input: unknown = { q: 1 }): readonly Sent[] {
  const spelled = JSON.stringify(input);
  const half = spelled.length >> 1;
  return [
    tool.start(id),
    tool.input(spelled.slice(0, half)),
    tool.input(spelled.slice(half)),
    tool.executing(id, input),
    tool.stop,
  ];
}

/** Everything that an answer can hold, in order. */
export const answer: readonly Sent[] = [
  created,
  thinking.start,
  thinking.delta("hm"),
  thinking.stop,
  text.start,
  text.delta("hello"),
  text.delta(' "world"\n'),
  text.stop,
  ...used("a"),
  ...used("b", { city: "Berlin", days: [1, 2] }),
  tool.result("b"),
  text.start,
  tool.result("a"),
  text.stop,
  completed,
];
