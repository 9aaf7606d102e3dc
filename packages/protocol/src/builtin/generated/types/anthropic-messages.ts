// The events of anthropic-messages@1 (Anthropic API, Streaming messages). Made from its protocol file by `ssert protocol types`: do not edit.

/** An event whose data keeps the schemas of its type. */
export type AnthropicMessagesEvent =
  | { readonly type: "message_start"; readonly data: { type: "message_start" } & AnthropicMessagesPayloads["message_start"] }
  | { readonly type: "content_block_start"; readonly subtype: "text"; readonly data: { type: "content_block_start" } & { content_block: { type: "text" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[text]"] }
  | { readonly type: "content_block_start"; readonly subtype: "thinking"; readonly data: { type: "content_block_start" } & { content_block: { type: "thinking" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[thinking]"] }
  | { readonly type: "content_block_start"; readonly subtype: "redacted_thinking"; readonly data: { type: "content_block_start" } & { content_block: { type: "redacted_thinking" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[redacted_thinking]"] }
  | { readonly type: "content_block_start"; readonly subtype: "tool_use"; readonly data: { type: "content_block_start" } & { content_block: { type: "tool_use" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[tool_use]"] }
  | { readonly type: "content_block_start"; readonly subtype: "server_tool_use"; readonly data: { type: "content_block_start" } & { content_block: { type: "server_tool_use" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[server_tool_use]"] }
  | { readonly type: "content_block_start"; readonly subtype: "mcp_tool_use"; readonly data: { type: "content_block_start" } & { content_block: { type: "mcp_tool_use" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[mcp_tool_use]"] }
  | { readonly type: "content_block_start"; readonly subtype: "web_search_tool_result"; readonly data: { type: "content_block_start" } & { content_block: { type: "web_search_tool_result" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[web_search_tool_result]"] }
  | { readonly type: "content_block_start"; readonly subtype: "web_fetch_tool_result"; readonly data: { type: "content_block_start" } & { content_block: { type: "web_fetch_tool_result" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[web_fetch_tool_result]"] }
  | { readonly type: "content_block_start"; readonly subtype: "code_execution_tool_result"; readonly data: { type: "content_block_start" } & { content_block: { type: "code_execution_tool_result" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[code_execution_tool_result]"] }
  | { readonly type: "content_block_start"; readonly subtype: "bash_code_execution_tool_result"; readonly data: { type: "content_block_start" } & { content_block: { type: "bash_code_execution_tool_result" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[bash_code_execution_tool_result]"] }
  | { readonly type: "content_block_start"; readonly subtype: "text_editor_code_execution_tool_result"; readonly data: { type: "content_block_start" } & { content_block: { type: "text_editor_code_execution_tool_result" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[text_editor_code_execution_tool_result]"] }
  | { readonly type: "content_block_start"; readonly subtype: "tool_search_tool_result"; readonly data: { type: "content_block_start" } & { content_block: { type: "tool_search_tool_result" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[tool_search_tool_result]"] }
  | { readonly type: "content_block_start"; readonly subtype: "mcp_tool_result"; readonly data: { type: "content_block_start" } & { content_block: { type: "mcp_tool_result" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[mcp_tool_result]"] }
  | { readonly type: "content_block_start"; readonly subtype: "container_upload"; readonly data: { type: "content_block_start" } & { content_block: { type: "container_upload" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[container_upload]"] }
  | { readonly type: "content_block_start"; readonly subtype: "fallback"; readonly data: { type: "content_block_start" } & { content_block: { type: "fallback" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[fallback]"] }
  | { readonly type: "content_block_start"; readonly subtype: "compaction"; readonly data: { type: "content_block_start" } & { content_block: { type: "compaction" } } & AnthropicMessagesPayloads["content_block_start"] & AnthropicMessagesPayloads["content_block_start[compaction]"] }
  | { readonly type: "content_block_start"; readonly subtype: null; readonly data: { type: "content_block_start" } & AnthropicMessagesPayloads["content_block_start"] }
  | { readonly type: "content_block_delta"; readonly subtype: "text_delta"; readonly data: { type: "content_block_delta" } & { delta: { type: "text_delta" } } & AnthropicMessagesPayloads["content_block_delta"] & AnthropicMessagesPayloads["content_block_delta[text_delta]"] }
  | { readonly type: "content_block_delta"; readonly subtype: "citations_delta"; readonly data: { type: "content_block_delta" } & { delta: { type: "citations_delta" } } & AnthropicMessagesPayloads["content_block_delta"] & AnthropicMessagesPayloads["content_block_delta[citations_delta]"] }
  | { readonly type: "content_block_delta"; readonly subtype: "input_json_delta"; readonly data: { type: "content_block_delta" } & { delta: { type: "input_json_delta" } } & AnthropicMessagesPayloads["content_block_delta"] & AnthropicMessagesPayloads["content_block_delta[input_json_delta]"] }
  | { readonly type: "content_block_delta"; readonly subtype: "thinking_delta"; readonly data: { type: "content_block_delta" } & { delta: { type: "thinking_delta" } } & AnthropicMessagesPayloads["content_block_delta"] & AnthropicMessagesPayloads["content_block_delta[thinking_delta]"] }
  | { readonly type: "content_block_delta"; readonly subtype: "signature_delta"; readonly data: { type: "content_block_delta" } & { delta: { type: "signature_delta" } } & AnthropicMessagesPayloads["content_block_delta"] & AnthropicMessagesPayloads["content_block_delta[signature_delta]"] }
  | { readonly type: "content_block_delta"; readonly subtype: "compaction_delta"; readonly data: { type: "content_block_delta" } & { delta: { type: "compaction_delta" } } & AnthropicMessagesPayloads["content_block_delta"] & AnthropicMessagesPayloads["content_block_delta[compaction_delta]"] }
  | { readonly type: "content_block_delta"; readonly subtype: null; readonly data: { type: "content_block_delta" } & AnthropicMessagesPayloads["content_block_delta"] }
  | { readonly type: "content_block_stop"; readonly data: { type: "content_block_stop" } & AnthropicMessagesPayloads["content_block_stop"] }
  | { readonly type: "message_delta"; readonly subtype: "max_tokens"; readonly data: { type: "message_delta" } & { delta: { stop_reason: "max_tokens" } } & AnthropicMessagesPayloads["message_delta"] }
  | { readonly type: "message_delta"; readonly subtype: "model_context_window_exceeded"; readonly data: { type: "message_delta" } & { delta: { stop_reason: "model_context_window_exceeded" } } & AnthropicMessagesPayloads["message_delta"] }
  | { readonly type: "message_delta"; readonly subtype: null; readonly data: { type: "message_delta" } & AnthropicMessagesPayloads["message_delta"] }
  | { readonly type: "message_stop"; readonly data: { type: "message_stop" } & AnthropicMessagesPayloads["message_stop"] }
  | { readonly type: "ping"; readonly data: { type: "ping" } & AnthropicMessagesPayloads["ping"] }
  | { readonly type: "error"; readonly data: { type: "error" } & AnthropicMessagesPayloads["error"] };

/** What events carry, by the patterns that the protocol has schemas for. */
export interface AnthropicMessagesPayloads {
  message_start: AnthropicMessagesMessageStart
  content_block_start: AnthropicMessagesContentBlockStart
  "content_block_start[text]": AnthropicMessagesContentBlockStartText
  "content_block_start[thinking]": AnthropicMessagesContentBlockStartThinking
  "content_block_start[redacted_thinking]": AnthropicMessagesContentBlockStartRedactedThinking
  "content_block_start[tool_use]": AnthropicMessagesContentBlockStartToolUse
  "content_block_start[server_tool_use]": AnthropicMessagesContentBlockStartServerToolUse
  "content_block_start[mcp_tool_use]": AnthropicMessagesContentBlockStartMcpToolUse
  "content_block_start[web_search_tool_result]": AnthropicMessagesContentBlockStartWebSearchToolResult
  "content_block_start[web_fetch_tool_result]": AnthropicMessagesContentBlockStartWebSearchToolResult
  "content_block_start[code_execution_tool_result]": AnthropicMessagesContentBlockStartWebSearchToolResult
  "content_block_start[bash_code_execution_tool_result]": AnthropicMessagesContentBlockStartWebSearchToolResult
  "content_block_start[text_editor_code_execution_tool_result]": AnthropicMessagesContentBlockStartWebSearchToolResult
  "content_block_start[tool_search_tool_result]": AnthropicMessagesContentBlockStartWebSearchToolResult
  "content_block_start[mcp_tool_result]": AnthropicMessagesContentBlockStartWebSearchToolResult
  "content_block_start[container_upload]": AnthropicMessagesContentBlockStartContainerUpload
  "content_block_start[fallback]": AnthropicMessagesContentBlockStartFallback
  "content_block_start[compaction]": AnthropicMessagesContentBlockStartCompaction
  content_block_delta: AnthropicMessagesContentBlockDelta
  "content_block_delta[text_delta]": AnthropicMessagesContentBlockDeltaTextDelta
  "content_block_delta[citations_delta]": AnthropicMessagesContentBlockDeltaCitationsDelta
  "content_block_delta[input_json_delta]": AnthropicMessagesContentBlockDeltaInputJsonDelta
  "content_block_delta[thinking_delta]": AnthropicMessagesContentBlockDeltaThinkingDelta
  "content_block_delta[signature_delta]": AnthropicMessagesContentBlockDeltaSignatureDelta
  "content_block_delta[compaction_delta]": AnthropicMessagesContentBlockDeltaCompactionDelta
  content_block_stop: AnthropicMessagesContentBlockStop
  message_delta: AnthropicMessagesMessageDelta
  message_stop: AnthropicMessagesMessageStop
  ping: AnthropicMessagesPing
  error: AnthropicMessagesError
}
/**
 * Opens the message. It has an id and a model, and no content yet.
 */
export interface AnthropicMessagesMessageStart {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "message_start"
  /**
   * The message before its first block.
   */
  message: {
    /**
     * Id of the message.
     */
    id: string
    /**
     * What the object is.
     */
    type: "message"
    /**
     * Whose message this is.
     */
    role: "assistant"
    /**
     * Model that writes the message.
     */
    model: string
    /**
     * Empty: the blocks follow as events.
     *
     * @maxItems 0
     */
    content: []
    /**
     * Not known yet; `message_delta` brings it.
     */
    stop_reason: null
    /**
     * Not known yet; `message_delta` brings it.
     */
    stop_sequence: (string | null)
    /**
     * Tokens billed so far.
     */
    usage: {
      /**
       * The prompt, counted in tokens.
       */
      input_tokens: number
      /**
       * What has been written so far, counted in tokens.
       */
      output_tokens: number
      /**
       * What was written to the prompt cache, counted in tokens.
       */
      cache_creation_input_tokens?: (number | null)
      /**
       * What was read from the prompt cache, counted in tokens.
       */
      cache_read_input_tokens?: (number | null)
      /**
       * Tier that served the request.
       */
      service_tier?: (string | null)
    }
  }
}
/**
 * Opens a content block of any kind, also of kinds that came later than this file.
 */
export interface AnthropicMessagesContentBlockStart {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "content_block_start"
  /**
   * Position of the block in the message's content, from 0.
   */
  index: number
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: string
  }
}
/**
 * Opens a block of text.
 */
export interface AnthropicMessagesContentBlockStartText {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: "text"
    /**
     * Empty, or the first piece of the text.
     */
    text: string
    /**
     * Citations that the text starts with.
     */
    citations?: (unknown[] | null)
  }
}
/**
 * Opens a block of the model's reasoning.
 */
export interface AnthropicMessagesContentBlockStartThinking {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: "thinking"
    /**
     * Empty, or the first piece of the reasoning.
     */
    thinking: string
    /**
     * Empty: a delta brings the signature.
     */
    signature?: string
  }
}
/**
 * A block of encrypted reasoning, which comes whole.
 */
export interface AnthropicMessagesContentBlockStartRedactedThinking {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: "redacted_thinking"
    /**
     * The encrypted reasoning.
     */
    data: string
  }
}
/**
 * Opens the call of a tool that the client runs.
 */
export interface AnthropicMessagesContentBlockStartToolUse {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: "tool_use"
    /**
     * Id of the call, which its result names.
     */
    id: string
    /**
     * Name of the tool.
     */
    name: string
    /**
     * Usually empty here, because the deltas spell the input; whole where no deltas follow.
     */
    input: {
      [k: string]: unknown
    }
  }
}
/**
 * Opens the call of a tool that the API runs.
 */
export interface AnthropicMessagesContentBlockStartServerToolUse {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: "server_tool_use"
    /**
     * Id of the call, which its result names.
     */
    id: string
    /**
     * Name of the tool.
     */
    name: string
    /**
     * Usually empty here, because the deltas spell the input; whole where no deltas follow.
     */
    input: {
      [k: string]: unknown
    }
  }
}
/**
 * Opens the call of a tool on an MCP server.
 */
export interface AnthropicMessagesContentBlockStartMcpToolUse {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: "mcp_tool_use"
    /**
     * Id of the call, which its result names.
     */
    id: string
    /**
     * Name of the tool.
     */
    name: string
    /**
     * Usually empty here, because the deltas spell the input; whole where no deltas follow.
     */
    input: {
      [k: string]: unknown
    }
    /**
     * Name of the MCP server.
     */
    server_name: string
  }
}
/**
 * The result of a tool that the API or an MCP server ran. It comes whole.
 */
export interface AnthropicMessagesContentBlockStartWebSearchToolResult {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Id of the call that this is the result of.
     */
    tool_use_id: string
    /**
     * What the tool returned, or its error.
     */
    content: unknown
  }
}
/**
 * A file that was put into the code execution container.
 */
export interface AnthropicMessagesContentBlockStartContainerUpload {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: "container_upload"
    /**
     * Id of the file.
     */
    file_id: string
  }
}
/**
 * Marks where another model took over. It comes whole.
 */
export interface AnthropicMessagesContentBlockStartFallback {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: "fallback"
    /**
     * The model that stopped.
     */
    from: {
      /**
       * Its name.
       */
      model: string
    }
    /**
     * The model that went on.
     */
    to: {
      /**
       * Its name.
       */
      model: string
    }
  }
}
/**
 * Opens the summary that stands for an earlier part of the conversation.
 */
export interface AnthropicMessagesContentBlockStartCompaction {
  /**
   * The block as it begins.
   */
  content_block: {
    /**
     * Kind of the block.
     */
    type: "compaction"
    /**
     * Empty, or the summary.
     */
    content?: (string | null)
  }
}
/**
 * Adds to a content block, also by kinds of delta that came later than this file.
 */
export interface AnthropicMessagesContentBlockDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "content_block_delta"
  /**
   * Position of the block in the message's content, from 0.
   */
  index: number
  /**
   * What is added to the block.
   */
  delta: {
    /**
     * Kind of the delta.
     */
    type: string
  }
}
/**
 * The next piece of a text block.
 */
export interface AnthropicMessagesContentBlockDeltaTextDelta {
  /**
   * What is added to the block.
   */
  delta: {
    /**
     * Kind of the delta.
     */
    type: "text_delta"
    /**
     * The piece.
     */
    text: string
  }
}
/**
 * One more citation of a text block.
 */
export interface AnthropicMessagesContentBlockDeltaCitationsDelta {
  /**
   * What is added to the block.
   */
  delta: {
    /**
     * Kind of the delta.
     */
    type: "citations_delta"
    /**
     * The citation.
     */
    citation: {
      /**
       * Kind of place that is cited.
       */
      type: string
      /**
       * The words that are cited.
       */
      cited_text?: string
    }
  }
}
/**
 * The next piece of a tool's input.
 */
export interface AnthropicMessagesContentBlockDeltaInputJsonDelta {
  /**
   * What is added to the block.
   */
  delta: {
    /**
     * Kind of the delta.
     */
    type: "input_json_delta"
    /**
     * A piece of JSON text. Joined, the pieces of a block are the input; joined to nothing, the input is an empty object.
     */
    partial_json: string
  }
}
/**
 * The next piece of a thinking block.
 */
export interface AnthropicMessagesContentBlockDeltaThinkingDelta {
  /**
   * What is added to the block.
   */
  delta: {
    /**
     * Kind of the delta.
     */
    type: "thinking_delta"
    /**
     * The piece.
     */
    thinking: string
  }
}
/**
 * The signature of a thinking block, sent when its reasoning is complete.
 */
export interface AnthropicMessagesContentBlockDeltaSignatureDelta {
  /**
   * What is added to the block.
   */
  delta: {
    /**
     * Kind of the delta.
     */
    type: "signature_delta"
    /**
     * The signature.
     */
    signature: string
  }
}
/**
 * The summary of a compaction block.
 */
export interface AnthropicMessagesContentBlockDeltaCompactionDelta {
  /**
   * What is added to the block.
   */
  delta: {
    /**
     * Kind of the delta.
     */
    type: "compaction_delta"
    /**
     * The summary; null when it could not be made.
     */
    content: (string | null)
  }
}
/**
 * Closes a content block.
 */
export interface AnthropicMessagesContentBlockStop {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "content_block_stop"
  /**
   * Position of the block in the message's content, from 0.
   */
  index: number
}
/**
 * What is only known when the content is complete: why the message stopped, and the final usage.
 */
export interface AnthropicMessagesMessageDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "message_delta"
  /**
   * Changes to the message.
   */
  delta: {
    /**
     * Why the message stopped.
     */
    stop_reason: (string | null)
    /**
     * The stop sequence that was met, if one was.
     */
    stop_sequence?: (string | null)
  }
  /**
   * Tokens of the whole message so far; not to be added up.
   */
  usage: {
    /**
     * What has been written, counted in tokens.
     */
    output_tokens: number
    /**
     * The prompt, counted in tokens.
     */
    input_tokens?: (number | null)
    /**
     * What was written to the prompt cache, counted in tokens.
     */
    cache_creation_input_tokens?: (number | null)
    /**
     * What was read from the prompt cache, counted in tokens.
     */
    cache_read_input_tokens?: (number | null)
  }
}
/**
 * Closes the message. Nothing follows.
 */
export interface AnthropicMessagesMessageStop {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "message_stop"
}
/**
 * Keeps the connection alive. May come at any time.
 */
export interface AnthropicMessagesPing {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "ping"
}
/**
 * The message failed. Nothing follows.
 */
export interface AnthropicMessagesError {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "error"
  /**
   * What went wrong.
   */
  error: {
    /**
     * Kind of the error, such as `overloaded_error`.
     */
    type: string
    /**
     * The error in words.
     */
    message: string
  }
}
