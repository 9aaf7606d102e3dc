// The events of pokee@1 (PokeePokee Enterprise API, Streaming messages). Made from its protocol file by `ssert protocol types`: do not edit.

/** An event whose data keeps the schemas of its type. */
export type PokeeEvent =
  | { readonly type: "message.created"; readonly data: PokeePayloads["message.created"] }
  | { readonly type: "text.start"; readonly data: PokeePayloads["text.start"] }
  | { readonly type: "text.delta"; readonly data: PokeePayloads["text.delta"] }
  | { readonly type: "text.stop"; readonly data: PokeePayloads["text.stop"] }
  | { readonly type: "thinking.start"; readonly data: PokeePayloads["thinking.start"] }
  | { readonly type: "thinking.delta"; readonly data: PokeePayloads["thinking.delta"] }
  | { readonly type: "thinking.stop"; readonly data: PokeePayloads["thinking.stop"] }
  | { readonly type: "tool_use.start"; readonly data: PokeePayloads["tool_use.start"] }
  | { readonly type: "tool_use.input_delta"; readonly data: PokeePayloads["tool_use.input_delta"] }
  | { readonly type: "tool_use.executing"; readonly data: PokeePayloads["tool_use.executing"] }
  | { readonly type: "tool_use.stop"; readonly data: PokeePayloads["tool_use.stop"] }
  | { readonly type: "tool_result"; readonly data: PokeePayloads["tool_result"] }
  | { readonly type: "message.completed"; readonly data: PokeePayloads["message.completed"] }
  | { readonly type: "message.error"; readonly data: PokeePayloads["message.error"] };

/** What events carry, by the patterns that the protocol has schemas for. */
export interface PokeePayloads {
  "message.created": PokeeMessageCreated
  "text.start": PokeeTextStart
  "text.delta": PokeeTextDelta
  "text.stop": PokeeTextStop
  "thinking.start": PokeeThinkingStart
  "thinking.delta": PokeeThinkingDelta
  "thinking.stop": PokeeThinkingStop
  "tool_use.start": PokeeToolUseStart
  "tool_use.input_delta": PokeeToolUseInputDelta
  "tool_use.executing": PokeeToolUseExecuting
  "tool_use.stop": PokeeToolUseStop
  tool_result: PokeeToolResult
  "message.completed": PokeeMessageCompleted
  "message.error": PokeeMessageError
}
/**
 * First event — gives you the response id
 */
export interface PokeeMessageCreated {
  /**
   * Id of the response. The terminal event repeats it.
   */
  id: string
  /**
   * Id of the session that the message was sent to.
   */
  session_id: string
  /**
   * A message that has just been created is in progress.
   */
  status: "in_progress"
}
/**
 * Text block opened
 */
export interface PokeeTextStart {
  [k: string]: unknown
}
/**
 * Incremental text
 */
export interface PokeeTextDelta {
  /**
   * The next piece of the text. May be empty.
   */
  content: string
}
/**
 * Text block closed
 */
export interface PokeeTextStop {
  [k: string]: unknown
}
/**
 * similar to text. Agent's reasoning trace (when extended thinking is on)
 */
export interface PokeeThinkingStart {
  [k: string]: unknown
}
/**
 * similar to text. Agent's reasoning trace (when extended thinking is on)
 */
export interface PokeeThinkingDelta {
  /**
   * The next piece of the trace. May be empty.
   */
  content: string
}
/**
 * similar to text. Agent's reasoning trace (when extended thinking is on)
 */
export interface PokeeThinkingStop {
  [k: string]: unknown
}
/**
 * Agent invoked a tool
 */
export interface PokeeToolUseStart {
  /**
   * Name of the tool.
   */
  name: string
  /**
   * Id of this call. No other call of the stream uses it.
   */
  id: string
}
/**
 * Tool's input args streaming
 */
export interface PokeeToolUseInputDelta {
  /**
   * The next piece of the input's JSON text. May be empty.
   */
  content: string
}
/**
 * Final input, about to execute
 */
export interface PokeeToolUseExecuting {
  /**
   * Name of the tool, as in the block's tool_use.start.
   */
  name: string
  /**
   * Id of the call, as in the block's tool_use.start.
   */
  id: string
  /**
   * The whole input: any JSON. Equal to what the input deltas spell, where there are any.
   */
  input: unknown
}
/**
 * Tool block closed
 */
export interface PokeeToolUseStop {
  [k: string]: unknown
}
/**
 * Tool returned (matches tool_use.start.id)
 */
export interface PokeeToolResult {
  /**
   * Id of the call that returned.
   */
  id: string
  /**
   * What the tool returned: any JSON.
   */
  content: unknown
  /**
   * Whether the tool failed. The turn goes on either way.
   */
  is_error: boolean
}
/**
 * Successful end of turn
 */
export interface PokeeMessageCompleted {
  /**
   * Id of the response, as in message.created.
   */
  id: string
  /**
   * The turn is complete.
   */
  status: "completed"
  /**
   * What the turn used. The reference does not say what is in it.
   */
  usage: {
    [k: string]: unknown
  }
}
/**
 * Failed end of turn
 */
export interface PokeeMessageError {
  /**
   * Id of the response, as in message.created.
   */
  id: string
  /**
   * What went wrong.
   */
  error: string
}
