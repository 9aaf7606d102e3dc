/** Streams of the Pokee API, made by hand. */

export function block(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

export const CREATED: string = block("message.created", { id: "m1", session_id: "s1", status: "in_progress" });
export const COMPLETED: string = block("message.completed", {
  id: "m1",
  status: "completed",
  usage: { output_tokens: 2 },
});

export function text(content: string): string {
  return block("text.start", {}) + block("text.delta", { content }) + block("text.stop", {});
}

export const VALID: string = CREATED + text("Hello") + COMPLETED;

const RESULT = { content: "sunny", is_error: false };
const TOOL: string =
  block("tool_use.start", { name: "weather", id: "t1" }) +
  block("tool_use.input_delta", { content: '{"city":"Zürich"}' }) +
  block("tool_use.executing", { name: "weather", id: "t1", input: { city: "Zürich" } }) +
  block("tool_use.stop", {});

/** A tool's result comes under an id that no tool has. */
export const ORPHANED_RESULT: string =
  CREATED +
  TOOL +
  block("tool_result", { id: "nobody", ...RESULT }) +
  block("tool_result", { id: "t1", ...RESULT }) +
  COMPLETED;

/** Ends without its terminal event. */
export const TRUNCATED: string = CREATED + text("Hello");

/** Valid, but of a type that the reference does not know: a warning. */
export const WARNED: string = CREATED + block("message.vibes", {}) + COMPLETED;
