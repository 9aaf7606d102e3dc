/** An answer that goes on and on: thinking, text and a tool in turn, about 75 bytes an event, most of them deltas. */
export function longStream(size: number): Uint8Array {
  return new TextEncoder().encode([...longStreamParts(size)].join(""));
}

/** The same, a turn at a time, for streams that are too long to be held. */
export function* longStreamParts(size: number): Generator<string> {
  yield event("message.created", { id: "msg_1", session_id: "ses_1", status: "in_progress" });
  for (let turn = 0, length = 0; length < size; turn += 1) {
    const text = [...textBlock("thinking", turn, 30), ...textBlock("text", turn, 60), ...tool(turn)].join("");
    length += text.length;
    yield text;
  }
  yield event("message.completed", { id: "msg_1", status: "completed", usage: { input_tokens: 1, output_tokens: 2 } });
}

/** Model output as it comes: a word or a few an event, now and then with something that JSON must escape. */
const WORDS =
  "The| ocean| whispers| soft| and| low|,| a| lullaby| of| ebb| flow|.\n| It| keeps| what| rivers| bring| to| it|, and| forgets".split(
    "|",
  );

function textBlock(kind: "text" | "thinking", turn: number, deltas: number): string[] {
  const words = Array.from({ length: deltas }, (_, n) => {
    const first = (n * 3 + turn) % WORDS.length;
    return { content: WORDS.slice(first, first + 1 + (n % 3)).join("") };
  });
  return [event(`${kind}.start`, {}), ...words.map((word) => event(`${kind}.delta`, word)), event(`${kind}.stop`, {})];
}

function tool(turn: number): string[] {
  const use = { name: "search", id: `toolu_${turn}` };
  const input = { query: `tide tables ${turn}`, limit: 10, near: { latitude: 53.55, longitude: 9.99 } };
  const pieces = JSON.stringify(input).match(/.{1,8}/gu) ?? [];
  return [
    event("tool_use.start", use),
    ...pieces.map((content) => event("tool_use.input_delta", { content })),
    event("tool_use.executing", { ...use, input }),
    event("tool_use.stop", {}),
    event("tool_result", { id: use.id, content: "high at 04:12, low at 10:31", is_error: false }),
  ];
}

function event(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
