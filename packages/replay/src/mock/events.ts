/** An event of the API before it is encoded: its type and what its data is. */
export interface MockEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the tool got, and what it gave back. */
export interface ToolRun {
  readonly name: string;
  readonly id: string;
  readonly input: unknown;
  readonly content: unknown;
  readonly isError: boolean;
}

export function textBlock(text: string): readonly MockEvent[] {
  return block("text", text);
}

export function thinkingBlock(text: string): readonly MockEvent[] {
  return block("thinking", text);
}

/** A tool from its start to its result; the input streams as the JSON text that `tool_use.executing` then holds parsed. */
export function toolRun(run: ToolRun): readonly MockEvent[] {
  const { name, id, input } = run;
  return [
    { type: "tool_use.start", data: { name, id } },
    ...jsonPieces(JSON.stringify(input)).map((content) => ({ type: "tool_use.input_delta", data: { content } })),
    { type: "tool_use.executing", data: { name, id, input } },
    { type: "tool_use.stop", data: {} },
    { type: "tool_result", data: { id, content: run.content, is_error: run.isError } },
  ];
}

/** A text block that is never closed, for an answer that breaks off. */
export function openText(text: string): readonly MockEvent[] {
  return block("text", text).slice(0, -1);
}

function block(kind: string, text: string): readonly MockEvent[] {
  return [
    { type: `${kind}.start`, data: {} },
    ...words(text).map((content) => ({ type: `${kind}.delta`, data: { content } })),
    { type: `${kind}.stop`, data: {} },
  ];
}

/** Words with the white space before them: about what a token of a language model is. Joined, they are the text. */
function words(text: string): readonly string[] {
  return text.match(/\s*\S+|\s+$/gu) ?? [];
}

/** A model streams JSON without regard to its tokens, so a piece is a fixed number of code points. */
const CODE_POINTS_PER_PIECE = 12;

function jsonPieces(json: string): readonly string[] {
  const points = Array.from(json);
  const pieces: string[] = [];
  for (let at = 0; at < points.length; at += CODE_POINTS_PER_PIECE) {
    pieces.push(points.slice(at, at + CODE_POINTS_PER_PIECE).join(""));
  }
  return pieces;
}
