// The events of openai-responses@1 (OpenAI API reference, Responses, Streaming events). Made from its protocol file by `ssert protocol types`: do not edit.

/** An event whose data keeps the schemas of its type. */
export type OpenaiResponsesEvent =
  | { readonly type: "response.created"; readonly data: { type: "response.created" } & OpenaiResponsesPayloads["response.created"] }
  | { readonly type: "response.queued"; readonly data: { type: "response.queued" } & OpenaiResponsesPayloads["response.queued"] }
  | { readonly type: "response.in_progress"; readonly data: { type: "response.in_progress" } & OpenaiResponsesPayloads["response.in_progress"] }
  | { readonly type: "response.completed"; readonly data: { type: "response.completed" } & OpenaiResponsesPayloads["response.completed"] }
  | { readonly type: "response.failed"; readonly data: { type: "response.failed" } & OpenaiResponsesPayloads["response.failed"] }
  | { readonly type: "response.incomplete"; readonly data: { type: "response.incomplete" } & OpenaiResponsesPayloads["response.incomplete"] }
  | { readonly type: "error"; readonly data: { type: "error" } & OpenaiResponsesPayloads["error"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "message"; readonly data: { type: "response.output_item.added" } & { item: { type: "message" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[message]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "reasoning"; readonly data: { type: "response.output_item.added" } & { item: { type: "reasoning" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[reasoning]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "function_call"; readonly data: { type: "response.output_item.added" } & { item: { type: "function_call" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[function_call]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "custom_tool_call"; readonly data: { type: "response.output_item.added" } & { item: { type: "custom_tool_call" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[custom_tool_call]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "mcp_call"; readonly data: { type: "response.output_item.added" } & { item: { type: "mcp_call" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[mcp_call]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "mcp_list_tools"; readonly data: { type: "response.output_item.added" } & { item: { type: "mcp_list_tools" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[mcp_list_tools]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "code_interpreter_call"; readonly data: { type: "response.output_item.added" } & { item: { type: "code_interpreter_call" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[code_interpreter_call]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "web_search_call"; readonly data: { type: "response.output_item.added" } & { item: { type: "web_search_call" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[web_search_call]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "file_search_call"; readonly data: { type: "response.output_item.added" } & { item: { type: "file_search_call" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[file_search_call]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: "image_generation_call"; readonly data: { type: "response.output_item.added" } & { item: { type: "image_generation_call" } } & OpenaiResponsesPayloads["response.output_item.added"] & OpenaiResponsesPayloads["response.output_item.added[image_generation_call]"] }
  | { readonly type: "response.output_item.added"; readonly subtype: null; readonly data: { type: "response.output_item.added" } & OpenaiResponsesPayloads["response.output_item.added"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "message"; readonly data: { type: "response.output_item.done" } & { item: { type: "message" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[message]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "reasoning"; readonly data: { type: "response.output_item.done" } & { item: { type: "reasoning" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[reasoning]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "function_call"; readonly data: { type: "response.output_item.done" } & { item: { type: "function_call" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[function_call]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "custom_tool_call"; readonly data: { type: "response.output_item.done" } & { item: { type: "custom_tool_call" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[custom_tool_call]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "mcp_call"; readonly data: { type: "response.output_item.done" } & { item: { type: "mcp_call" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[mcp_call]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "mcp_list_tools"; readonly data: { type: "response.output_item.done" } & { item: { type: "mcp_list_tools" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[mcp_list_tools]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "code_interpreter_call"; readonly data: { type: "response.output_item.done" } & { item: { type: "code_interpreter_call" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[code_interpreter_call]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "web_search_call"; readonly data: { type: "response.output_item.done" } & { item: { type: "web_search_call" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[web_search_call]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "file_search_call"; readonly data: { type: "response.output_item.done" } & { item: { type: "file_search_call" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[file_search_call]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: "image_generation_call"; readonly data: { type: "response.output_item.done" } & { item: { type: "image_generation_call" } } & OpenaiResponsesPayloads["response.output_item.done"] & OpenaiResponsesPayloads["response.output_item.done[image_generation_call]"] }
  | { readonly type: "response.output_item.done"; readonly subtype: null; readonly data: { type: "response.output_item.done" } & OpenaiResponsesPayloads["response.output_item.done"] }
  | { readonly type: "response.content_part.added"; readonly subtype: "output_text"; readonly data: { type: "response.content_part.added" } & { part: { type: "output_text" } } & OpenaiResponsesPayloads["response.content_part.added"] & OpenaiResponsesPayloads["response.content_part.added[output_text]"] }
  | { readonly type: "response.content_part.added"; readonly subtype: "refusal"; readonly data: { type: "response.content_part.added" } & { part: { type: "refusal" } } & OpenaiResponsesPayloads["response.content_part.added"] & OpenaiResponsesPayloads["response.content_part.added[refusal]"] }
  | { readonly type: "response.content_part.added"; readonly subtype: "reasoning_text"; readonly data: { type: "response.content_part.added" } & { part: { type: "reasoning_text" } } & OpenaiResponsesPayloads["response.content_part.added"] & OpenaiResponsesPayloads["response.content_part.added[reasoning_text]"] }
  | { readonly type: "response.content_part.added"; readonly subtype: null; readonly data: { type: "response.content_part.added" } & OpenaiResponsesPayloads["response.content_part.added"] }
  | { readonly type: "response.content_part.done"; readonly subtype: "output_text"; readonly data: { type: "response.content_part.done" } & { part: { type: "output_text" } } & OpenaiResponsesPayloads["response.content_part.done"] & OpenaiResponsesPayloads["response.content_part.done[output_text]"] }
  | { readonly type: "response.content_part.done"; readonly subtype: "refusal"; readonly data: { type: "response.content_part.done" } & { part: { type: "refusal" } } & OpenaiResponsesPayloads["response.content_part.done"] & OpenaiResponsesPayloads["response.content_part.done[refusal]"] }
  | { readonly type: "response.content_part.done"; readonly subtype: "reasoning_text"; readonly data: { type: "response.content_part.done" } & { part: { type: "reasoning_text" } } & OpenaiResponsesPayloads["response.content_part.done"] & OpenaiResponsesPayloads["response.content_part.done[reasoning_text]"] }
  | { readonly type: "response.content_part.done"; readonly subtype: null; readonly data: { type: "response.content_part.done" } & OpenaiResponsesPayloads["response.content_part.done"] }
  | { readonly type: "response.output_text.delta"; readonly data: { type: "response.output_text.delta" } & OpenaiResponsesPayloads["response.output_text.delta"] }
  | { readonly type: "response.output_text.done"; readonly data: { type: "response.output_text.done" } & OpenaiResponsesPayloads["response.output_text.done"] }
  | { readonly type: "response.output_text.annotation.added"; readonly data: { type: "response.output_text.annotation.added" } & OpenaiResponsesPayloads["response.output_text.annotation.added"] }
  | { readonly type: "response.refusal.delta"; readonly data: { type: "response.refusal.delta" } & OpenaiResponsesPayloads["response.refusal.delta"] }
  | { readonly type: "response.refusal.done"; readonly data: { type: "response.refusal.done" } & OpenaiResponsesPayloads["response.refusal.done"] }
  | { readonly type: "response.reasoning_text.delta"; readonly data: { type: "response.reasoning_text.delta" } & OpenaiResponsesPayloads["response.reasoning_text.delta"] }
  | { readonly type: "response.reasoning_text.done"; readonly data: { type: "response.reasoning_text.done" } & OpenaiResponsesPayloads["response.reasoning_text.done"] }
  | { readonly type: "response.reasoning_summary_part.added"; readonly data: { type: "response.reasoning_summary_part.added" } & OpenaiResponsesPayloads["response.reasoning_summary_part.added"] }
  | { readonly type: "response.reasoning_summary_part.done"; readonly data: { type: "response.reasoning_summary_part.done" } & OpenaiResponsesPayloads["response.reasoning_summary_part.done"] }
  | { readonly type: "response.reasoning_summary_text.delta"; readonly data: { type: "response.reasoning_summary_text.delta" } & OpenaiResponsesPayloads["response.reasoning_summary_text.delta"] }
  | { readonly type: "response.reasoning_summary_text.done"; readonly data: { type: "response.reasoning_summary_text.done" } & OpenaiResponsesPayloads["response.reasoning_summary_text.done"] }
  | { readonly type: "response.function_call_arguments.delta"; readonly data: { type: "response.function_call_arguments.delta" } & OpenaiResponsesPayloads["response.function_call_arguments.delta"] }
  | { readonly type: "response.function_call_arguments.done"; readonly data: { type: "response.function_call_arguments.done" } & OpenaiResponsesPayloads["response.function_call_arguments.done"] }
  | { readonly type: "response.mcp_call_arguments.delta"; readonly data: { type: "response.mcp_call_arguments.delta" } & OpenaiResponsesPayloads["response.mcp_call_arguments.delta"] }
  | { readonly type: "response.mcp_call_arguments.done"; readonly data: { type: "response.mcp_call_arguments.done" } & OpenaiResponsesPayloads["response.mcp_call_arguments.done"] }
  | { readonly type: "response.custom_tool_call_input.delta"; readonly data: { type: "response.custom_tool_call_input.delta" } & OpenaiResponsesPayloads["response.custom_tool_call_input.delta"] }
  | { readonly type: "response.custom_tool_call_input.done"; readonly data: { type: "response.custom_tool_call_input.done" } & OpenaiResponsesPayloads["response.custom_tool_call_input.done"] }
  | { readonly type: "response.code_interpreter_call_code.delta"; readonly data: { type: "response.code_interpreter_call_code.delta" } & OpenaiResponsesPayloads["response.code_interpreter_call_code.delta"] }
  | { readonly type: "response.code_interpreter_call_code.done"; readonly data: { type: "response.code_interpreter_call_code.done" } & OpenaiResponsesPayloads["response.code_interpreter_call_code.done"] }
  | { readonly type: "response.web_search_call.in_progress"; readonly data: { type: "response.web_search_call.in_progress" } & OpenaiResponsesPayloads["response.web_search_call.in_progress"] }
  | { readonly type: "response.web_search_call.searching"; readonly data: { type: "response.web_search_call.searching" } & OpenaiResponsesPayloads["response.web_search_call.searching"] }
  | { readonly type: "response.web_search_call.completed"; readonly data: { type: "response.web_search_call.completed" } & OpenaiResponsesPayloads["response.web_search_call.completed"] }
  | { readonly type: "response.file_search_call.in_progress"; readonly data: { type: "response.file_search_call.in_progress" } & OpenaiResponsesPayloads["response.file_search_call.in_progress"] }
  | { readonly type: "response.file_search_call.searching"; readonly data: { type: "response.file_search_call.searching" } & OpenaiResponsesPayloads["response.file_search_call.searching"] }
  | { readonly type: "response.file_search_call.completed"; readonly data: { type: "response.file_search_call.completed" } & OpenaiResponsesPayloads["response.file_search_call.completed"] }
  | { readonly type: "response.code_interpreter_call.in_progress"; readonly data: { type: "response.code_interpreter_call.in_progress" } & OpenaiResponsesPayloads["response.code_interpreter_call.in_progress"] }
  | { readonly type: "response.code_interpreter_call.interpreting"; readonly data: { type: "response.code_interpreter_call.interpreting" } & OpenaiResponsesPayloads["response.code_interpreter_call.interpreting"] }
  | { readonly type: "response.code_interpreter_call.completed"; readonly data: { type: "response.code_interpreter_call.completed" } & OpenaiResponsesPayloads["response.code_interpreter_call.completed"] }
  | { readonly type: "response.image_generation_call.in_progress"; readonly data: { type: "response.image_generation_call.in_progress" } & OpenaiResponsesPayloads["response.image_generation_call.in_progress"] }
  | { readonly type: "response.image_generation_call.generating"; readonly data: { type: "response.image_generation_call.generating" } & OpenaiResponsesPayloads["response.image_generation_call.generating"] }
  | { readonly type: "response.image_generation_call.completed"; readonly data: { type: "response.image_generation_call.completed" } & OpenaiResponsesPayloads["response.image_generation_call.completed"] }
  | { readonly type: "response.mcp_call.in_progress"; readonly data: { type: "response.mcp_call.in_progress" } & OpenaiResponsesPayloads["response.mcp_call.in_progress"] }
  | { readonly type: "response.mcp_call.completed"; readonly data: { type: "response.mcp_call.completed" } & OpenaiResponsesPayloads["response.mcp_call.completed"] }
  | { readonly type: "response.mcp_call.failed"; readonly data: { type: "response.mcp_call.failed" } & OpenaiResponsesPayloads["response.mcp_call.failed"] }
  | { readonly type: "response.mcp_list_tools.in_progress"; readonly data: { type: "response.mcp_list_tools.in_progress" } & OpenaiResponsesPayloads["response.mcp_list_tools.in_progress"] }
  | { readonly type: "response.mcp_list_tools.completed"; readonly data: { type: "response.mcp_list_tools.completed" } & OpenaiResponsesPayloads["response.mcp_list_tools.completed"] }
  | { readonly type: "response.mcp_list_tools.failed"; readonly data: { type: "response.mcp_list_tools.failed" } & OpenaiResponsesPayloads["response.mcp_list_tools.failed"] }
  | { readonly type: "response.image_generation_call.partial_image"; readonly data: { type: "response.image_generation_call.partial_image" } & OpenaiResponsesPayloads["response.image_generation_call.partial_image"] };

/** What events carry, by the patterns that the protocol has schemas for. */
export interface OpenaiResponsesPayloads {
  "response.created": OpenaiResponsesResponseCreated
  "response.queued": OpenaiResponsesResponseQueued
  "response.in_progress": OpenaiResponsesResponseInProgress
  "response.completed": OpenaiResponsesResponseCompleted
  "response.failed": OpenaiResponsesResponseFailed
  "response.incomplete": OpenaiResponsesResponseIncomplete
  error: OpenaiResponsesError
  "response.output_item.added": OpenaiResponsesResponseOutputItemAdded
  "response.output_item.done": OpenaiResponsesResponseOutputItemAdded
  "response.content_part.added": OpenaiResponsesResponseContentPartAdded
  "response.content_part.done": OpenaiResponsesResponseContentPartAdded
  "response.output_item.added[message]": OpenaiResponsesResponseOutputItemAddedMessage
  "response.output_item.done[message]": OpenaiResponsesResponseOutputItemAddedMessage
  "response.output_item.added[reasoning]": OpenaiResponsesResponseOutputItemAddedReasoning
  "response.output_item.done[reasoning]": OpenaiResponsesResponseOutputItemAddedReasoning
  "response.output_item.added[function_call]": OpenaiResponsesResponseOutputItemAddedFunctionCall
  "response.output_item.done[function_call]": OpenaiResponsesResponseOutputItemAddedFunctionCall
  "response.output_item.added[custom_tool_call]": OpenaiResponsesResponseOutputItemAddedCustomToolCall
  "response.output_item.done[custom_tool_call]": OpenaiResponsesResponseOutputItemAddedCustomToolCall
  "response.output_item.added[mcp_call]": OpenaiResponsesResponseOutputItemAddedMcpCall
  "response.output_item.done[mcp_call]": OpenaiResponsesResponseOutputItemAddedMcpCall
  "response.output_item.added[mcp_list_tools]": OpenaiResponsesResponseOutputItemAddedMcpListTools
  "response.output_item.done[mcp_list_tools]": OpenaiResponsesResponseOutputItemAddedMcpListTools
  "response.output_item.added[code_interpreter_call]": OpenaiResponsesResponseOutputItemAddedCodeInterpreterCall
  "response.output_item.done[code_interpreter_call]": OpenaiResponsesResponseOutputItemAddedCodeInterpreterCall
  "response.output_item.added[web_search_call]": OpenaiResponsesResponseOutputItemAddedWebSearchCall
  "response.output_item.done[web_search_call]": OpenaiResponsesResponseOutputItemAddedWebSearchCall
  "response.output_item.added[file_search_call]": OpenaiResponsesResponseOutputItemAddedFileSearchCall
  "response.output_item.done[file_search_call]": OpenaiResponsesResponseOutputItemAddedFileSearchCall
  "response.output_item.added[image_generation_call]": OpenaiResponsesResponseOutputItemAddedImageGenerationCall
  "response.output_item.done[image_generation_call]": OpenaiResponsesResponseOutputItemAddedImageGenerationCall
  "response.content_part.added[output_text]": OpenaiResponsesResponseContentPartAddedOutputText
  "response.content_part.done[output_text]": OpenaiResponsesResponseContentPartAddedOutputText
  "response.content_part.added[refusal]": OpenaiResponsesResponseContentPartAddedRefusal
  "response.content_part.done[refusal]": OpenaiResponsesResponseContentPartAddedRefusal
  "response.content_part.added[reasoning_text]": OpenaiResponsesResponseContentPartAddedReasoningText
  "response.content_part.done[reasoning_text]": OpenaiResponsesResponseContentPartAddedReasoningText
  "response.output_text.delta": OpenaiResponsesResponseOutputTextDelta
  "response.output_text.done": OpenaiResponsesResponseOutputTextDone
  "response.output_text.annotation.added": OpenaiResponsesResponseOutputTextAnnotationAdded
  "response.refusal.delta": OpenaiResponsesResponseRefusalDelta
  "response.refusal.done": OpenaiResponsesResponseRefusalDone
  "response.reasoning_text.delta": OpenaiResponsesResponseReasoningTextDelta
  "response.reasoning_text.done": OpenaiResponsesResponseReasoningTextDone
  "response.reasoning_summary_part.added": OpenaiResponsesResponseReasoningSummaryPartAdded
  "response.reasoning_summary_part.done": OpenaiResponsesResponseReasoningSummaryPartDone
  "response.reasoning_summary_text.delta": OpenaiResponsesResponseReasoningSummaryTextDelta
  "response.reasoning_summary_text.done": OpenaiResponsesResponseReasoningSummaryTextDone
  "response.function_call_arguments.delta": OpenaiResponsesResponseFunctionCallArgumentsDelta
  "response.function_call_arguments.done": OpenaiResponsesResponseFunctionCallArgumentsDone
  "response.mcp_call_arguments.delta": OpenaiResponsesResponseMcpCallArgumentsDelta
  "response.mcp_call_arguments.done": OpenaiResponsesResponseMcpCallArgumentsDone
  "response.custom_tool_call_input.delta": OpenaiResponsesResponseCustomToolCallInputDelta
  "response.custom_tool_call_input.done": OpenaiResponsesResponseCustomToolCallInputDone
  "response.code_interpreter_call_code.delta": OpenaiResponsesResponseCodeInterpreterCallCodeDelta
  "response.code_interpreter_call_code.done": OpenaiResponsesResponseCodeInterpreterCallCodeDone
  "response.web_search_call.in_progress": OpenaiResponsesResponseWebSearchCallInProgress
  "response.web_search_call.searching": OpenaiResponsesResponseWebSearchCallSearching
  "response.web_search_call.completed": OpenaiResponsesResponseWebSearchCallCompleted
  "response.file_search_call.in_progress": OpenaiResponsesResponseFileSearchCallInProgress
  "response.file_search_call.searching": OpenaiResponsesResponseFileSearchCallSearching
  "response.file_search_call.completed": OpenaiResponsesResponseFileSearchCallCompleted
  "response.code_interpreter_call.in_progress": OpenaiResponsesResponseCodeInterpreterCallInProgress
  "response.code_interpreter_call.interpreting": OpenaiResponsesResponseCodeInterpreterCallInterpreting
  "response.code_interpreter_call.completed": OpenaiResponsesResponseCodeInterpreterCallCompleted
  "response.image_generation_call.in_progress": OpenaiResponsesResponseImageGenerationCallInProgress
  "response.image_generation_call.generating": OpenaiResponsesResponseImageGenerationCallGenerating
  "response.image_generation_call.completed": OpenaiResponsesResponseImageGenerationCallCompleted
  "response.mcp_call.in_progress": OpenaiResponsesResponseMcpCallInProgress
  "response.mcp_call.completed": OpenaiResponsesResponseMcpCallCompleted
  "response.mcp_call.failed": OpenaiResponsesResponseMcpCallFailed
  "response.mcp_list_tools.in_progress": OpenaiResponsesResponseMcpListToolsInProgress
  "response.mcp_list_tools.completed": OpenaiResponsesResponseMcpListToolsCompleted
  "response.mcp_list_tools.failed": OpenaiResponsesResponseMcpListToolsFailed
  "response.image_generation_call.partial_image": OpenaiResponsesResponseImageGenerationCallPartialImage
}
/**
 * Opens the response.
 */
export interface OpenaiResponsesResponseCreated {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.created"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * The response as it is now.
   */
  response: {
    /**
     * Id of the response.
     */
    id: string
    /**
     * What the object is.
     */
    object: "response"
    /**
     * When it was created, in seconds since 1970.
     */
    created_at: number
    /**
     * Model that writes it.
     */
    model: string
    /**
     * How far the response is.
     */
    status: ("in_progress" | "queued")
    /**
     * Its items so far.
     *
     * Items: An item.
     */
    output: {
      /**
       * Kind of the item.
       */
      type: string
    }[]
  }
}
/**
 * A background response waits for its turn.
 */
export interface OpenaiResponsesResponseQueued {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.queued"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * The response as it is now.
   */
  response: {
    /**
     * Id of the response.
     */
    id: string
    /**
     * What the object is.
     */
    object: "response"
    /**
     * When it was created, in seconds since 1970.
     */
    created_at: number
    /**
     * Model that writes it.
     */
    model: string
    /**
     * How far the response is.
     */
    status: "queued"
    /**
     * Its items so far.
     *
     * Items: An item.
     */
    output: {
      /**
       * Kind of the item.
       */
      type: string
    }[]
  }
}
/**
 * The model is at work.
 */
export interface OpenaiResponsesResponseInProgress {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.in_progress"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * The response as it is now.
   */
  response: {
    /**
     * Id of the response.
     */
    id: string
    /**
     * What the object is.
     */
    object: "response"
    /**
     * When it was created, in seconds since 1970.
     */
    created_at: number
    /**
     * Model that writes it.
     */
    model: string
    /**
     * How far the response is.
     */
    status: "in_progress"
    /**
     * Its items so far.
     *
     * Items: An item.
     */
    output: {
      /**
       * Kind of the item.
       */
      type: string
    }[]
  }
}
/**
 * Closes the response, which is whole.
 */
export interface OpenaiResponsesResponseCompleted {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.completed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * The response as it is now.
   */
  response: {
    /**
     * Id of the response.
     */
    id: string
    /**
     * What the object is.
     */
    object: "response"
    /**
     * When it was created, in seconds since 1970.
     */
    created_at: number
    /**
     * Model that writes it.
     */
    model: string
    /**
     * How far the response is.
     */
    status: "completed"
    /**
     * Its items so far.
     *
     * Items: An item.
     */
    output: {
      /**
       * Kind of the item.
       */
      type: string
    }[]
    /**
     * Tokens billed, where they are told.
     */
    usage?: ({
      /**
       * Tokens of the prompt.
       */
      input_tokens: number
      /**
       * Tokens that were written.
       */
      output_tokens: number
      /**
       * Both together.
       */
      total_tokens: number
    } | null)
  }
}
/**
 * Breaks the response off because of an error.
 */
export interface OpenaiResponsesResponseFailed {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.failed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * The response as it is now.
   */
  response: {
    /**
     * Id of the response.
     */
    id: string
    /**
     * What the object is.
     */
    object: "response"
    /**
     * When it was created, in seconds since 1970.
     */
    created_at: number
    /**
     * Model that writes it.
     */
    model: string
    /**
     * How far the response is.
     */
    status: "failed"
    /**
     * Its items so far.
     *
     * Items: An item.
     */
    output: {
      /**
       * Kind of the item.
       */
      type: string
    }[]
    /**
     * What went wrong.
     */
    error: ({
      /**
       * Kind of the error.
       */
      code: string
      /**
       * The error in words.
       */
      message: string
    } | null)
  }
}
/**
 * Ends the response before it is whole, because of a limit or a filter.
 */
export interface OpenaiResponsesResponseIncomplete {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.incomplete"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * The response as it is now.
   */
  response: {
    /**
     * Id of the response.
     */
    id: string
    /**
     * What the object is.
     */
    object: "response"
    /**
     * When it was created, in seconds since 1970.
     */
    created_at: number
    /**
     * Model that writes it.
     */
    model: string
    /**
     * How far the response is.
     */
    status: "incomplete"
    /**
     * Its items so far.
     *
     * Items: An item.
     */
    output: {
      /**
       * Kind of the item.
       */
      type: string
    }[]
    /**
     * Why it is not whole.
     */
    incomplete_details: ({
      /**
       * The reason.
       */
      reason?: string
    } | null)
  }
}
/**
 * An error of the stream; its code and message stand beside the type, as documented, or in an object, as recorded.
 */
export interface OpenaiResponsesError {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "error"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Kind of the error.
   */
  code?: (string | null)
  /**
   * The error in words.
   */
  message?: string
  /**
   * The parameter at fault.
   */
  param?: (string | null)
  /**
   * The error, where it is an object.
   */
  error?: {
    /**
     * The error in words.
     */
    message: string
    /**
     * Kind of the error.
     */
    code?: (string | null)
  }
}
/**
 * Opens or closes an item of the output, also of kinds that came later than this file.
 */
export interface OpenaiResponsesResponseOutputItemAdded {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: ("response.output_item.added" | "response.output_item.done")
  /**
   * Counts the events of the response, from 0.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: string
    /**
     * Id of the item.
     */
    id?: (string | null)
    /**
     * How far the item is.
     */
    status?: (string | null)
  }
}
/**
 * Opens or closes a part of an item's content.
 */
export interface OpenaiResponsesResponseContentPartAdded {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: ("response.content_part.added" | "response.content_part.done")
  /**
   * Counts the events of the response, from 0.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the item's content, from 0.
   */
  content_index: number
  /**
   * The part as it is now.
   */
  part: {
    /**
     * Kind of the part.
     */
    type: string
  }
}
/**
 * What the model says.
 */
export interface OpenaiResponsesResponseOutputItemAddedMessage {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "message"
    /**
     * Id of the item.
     */
    id: string
    /**
     * Whose message this is.
     */
    role: "assistant"
    /**
     * Its parts so far.
     */
    content: unknown[]
    /**
     * How far the item is.
     */
    status: string
  }
}
/**
 * What the model thought, summarised or encrypted.
 */
export interface OpenaiResponsesResponseOutputItemAddedReasoning {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "reasoning"
    /**
     * Id of the item.
     */
    id: string
    /**
     * The summary's parts so far.
     */
    summary: unknown[]
  }
}
/**
 * The call of a function that the client runs.
 */
export interface OpenaiResponsesResponseOutputItemAddedFunctionCall {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "function_call"
    /**
     * Id of the call, which its output names.
     */
    call_id: string
    /**
     * Name of the function.
     */
    name: string
    /**
     * Its arguments so far, as JSON text.
     */
    arguments: string
  }
}
/**
 * The call of a tool whose input is free text.
 */
export interface OpenaiResponsesResponseOutputItemAddedCustomToolCall {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "custom_tool_call"
    /**
     * Id of the call, which its output names.
     */
    call_id: string
    /**
     * Name of the tool.
     */
    name: string
    /**
     * Its input so far.
     */
    input: string
  }
}
/**
 * The call of a tool on an MCP server.
 */
export interface OpenaiResponsesResponseOutputItemAddedMcpCall {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "mcp_call"
    /**
     * Id of the item.
     */
    id: string
    /**
     * Name of the tool.
     */
    name: string
    /**
     * Label of the server.
     */
    server_label: string
    /**
     * Its arguments so far, as JSON text.
     */
    arguments: string
  }
}
/**
 * The tools of an MCP server.
 */
export interface OpenaiResponsesResponseOutputItemAddedMcpListTools {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "mcp_list_tools"
    /**
     * Id of the item.
     */
    id: string
    /**
     * Label of the server.
     */
    server_label: string
    /**
     * The tools.
     */
    tools: unknown[]
  }
}
/**
 * Code that the API runs.
 */
export interface OpenaiResponsesResponseOutputItemAddedCodeInterpreterCall {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "code_interpreter_call"
    /**
     * Id of the item.
     */
    id: string
    /**
     * Container that it runs in.
     */
    container_id: string
    /**
     * The code so far.
     */
    code: (string | null)
    /**
     * How far the item is.
     */
    status: string
  }
}
/**
 * A search of the web by the API.
 */
export interface OpenaiResponsesResponseOutputItemAddedWebSearchCall {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "web_search_call"
    /**
     * Id of the item.
     */
    id: string
    /**
     * How far the item is.
     */
    status: string
  }
}
/**
 * A search of files by the API.
 */
export interface OpenaiResponsesResponseOutputItemAddedFileSearchCall {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "file_search_call"
    /**
     * Id of the item.
     */
    id: string
    /**
     * What is searched for.
     *
     * Items: A query.
     */
    queries: string[]
    /**
     * How far the item is.
     */
    status: string
  }
}
/**
 * An image that the API makes.
 */
export interface OpenaiResponsesResponseOutputItemAddedImageGenerationCall {
  /**
   * The item as it is now.
   */
  item: {
    /**
     * Kind of the item.
     */
    type: "image_generation_call"
    /**
     * Id of the item.
     */
    id: string
    /**
     * How far the item is.
     */
    status: string
  }
}
/**
 * A part that is text.
 */
export interface OpenaiResponsesResponseContentPartAddedOutputText {
  /**
   * The part as it is now.
   */
  part: {
    /**
     * Kind of the part.
     */
    type: "output_text"
    /**
     * The text so far.
     */
    text: string
    /**
     * Its annotations so far.
     */
    annotations: unknown[]
  }
}
/**
 * A part in which the model declines.
 */
export interface OpenaiResponsesResponseContentPartAddedRefusal {
  /**
   * The part as it is now.
   */
  part: {
    /**
     * Kind of the part.
     */
    type: "refusal"
    /**
     * The refusal so far.
     */
    refusal: string
  }
}
/**
 * A part that is the model's reasoning.
 */
export interface OpenaiResponsesResponseContentPartAddedReasoningText {
  /**
   * The part as it is now.
   */
  part: {
    /**
     * Kind of the part.
     */
    type: "reasoning_text"
    /**
     * The reasoning so far.
     */
    text: string
  }
}
/**
 * The next piece of a part's text.
 */
export interface OpenaiResponsesResponseOutputTextDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.output_text.delta"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the item's content, from 0.
   */
  content_index: number
  /**
   * The piece.
   */
  delta: string
}
/**
 * The whole of a part's text: what its pieces spell.
 */
export interface OpenaiResponsesResponseOutputTextDone {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.output_text.done"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the item's content, from 0.
   */
  content_index: number
  /**
   * The whole.
   */
  text: string
}
/**
 * One more annotation of a part's text, such as a citation.
 */
export interface OpenaiResponsesResponseOutputTextAnnotationAdded {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.output_text.annotation.added"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the item's content, from 0.
   */
  content_index: number
  /**
   * Position of the annotation, from 0.
   */
  annotation_index: number
  /**
   * The annotation.
   */
  annotation: ({
    /**
     * Kind of the annotation.
     */
    type: string
  } | null)
}
/**
 * The next piece of a part's refusal.
 */
export interface OpenaiResponsesResponseRefusalDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.refusal.delta"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the item's content, from 0.
   */
  content_index: number
  /**
   * The piece.
   */
  delta: string
}
/**
 * The whole of a part's refusal: what its pieces spell.
 */
export interface OpenaiResponsesResponseRefusalDone {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.refusal.done"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the item's content, from 0.
   */
  content_index: number
  /**
   * The whole.
   */
  refusal: string
}
/**
 * The next piece of a part's reasoning.
 */
export interface OpenaiResponsesResponseReasoningTextDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.reasoning_text.delta"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the item's content, from 0.
   */
  content_index: number
  /**
   * The piece.
   */
  delta: string
}
/**
 * The whole of a part's reasoning: what its pieces spell.
 */
export interface OpenaiResponsesResponseReasoningTextDone {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.reasoning_text.done"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the item's content, from 0.
   */
  content_index: number
  /**
   * The whole.
   */
  text: string
}
/**
 * Opens a part of the reasoning's summary.
 */
export interface OpenaiResponsesResponseReasoningSummaryPartAdded {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.reasoning_summary_part.added"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the reasoning's summary, from 0.
   */
  summary_index: number
  /**
   * The part as it is now.
   */
  part: {
    /**
     * Kind of the part.
     */
    type: "summary_text"
    /**
     * The text so far.
     */
    text: string
  }
}
/**
 * Closes a part of the reasoning's summary.
 */
export interface OpenaiResponsesResponseReasoningSummaryPartDone {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.reasoning_summary_part.done"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the reasoning's summary, from 0.
   */
  summary_index: number
  /**
   * The part as it is now.
   */
  part: {
    /**
     * Kind of the part.
     */
    type: "summary_text"
    /**
     * The text so far.
     */
    text: string
  }
}
/**
 * The next piece of a summary part's text.
 */
export interface OpenaiResponsesResponseReasoningSummaryTextDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.reasoning_summary_text.delta"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the reasoning's summary, from 0.
   */
  summary_index: number
  /**
   * The piece.
   */
  delta: string
}
/**
 * The whole of a summary part's text: what its pieces spell.
 */
export interface OpenaiResponsesResponseReasoningSummaryTextDone {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.reasoning_summary_text.done"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * Position of the part in the reasoning's summary, from 0.
   */
  summary_index: number
  /**
   * The whole.
   */
  text: string
}
/**
 * The next piece of a function call's arguments, as JSON text.
 */
export interface OpenaiResponsesResponseFunctionCallArgumentsDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.function_call_arguments.delta"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * The piece.
   */
  delta: string
}
/**
 * The whole of a function call's arguments, as JSON text: what its pieces spell.
 */
export interface OpenaiResponsesResponseFunctionCallArgumentsDone {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.function_call_arguments.done"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * The whole.
   */
  arguments: string
}
/**
 * The next piece of an MCP call's arguments, as JSON text.
 */
export interface OpenaiResponsesResponseMcpCallArgumentsDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.mcp_call_arguments.delta"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * The piece.
   */
  delta: string
}
/**
 * The whole of an MCP call's arguments, as JSON text: what its pieces spell.
 */
export interface OpenaiResponsesResponseMcpCallArgumentsDone {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.mcp_call_arguments.done"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * The whole.
   */
  arguments: string
}
/**
 * The next piece of a custom tool call's input.
 */
export interface OpenaiResponsesResponseCustomToolCallInputDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.custom_tool_call_input.delta"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * The piece.
   */
  delta: string
}
/**
 * The whole of a custom tool call's input: what its pieces spell.
 */
export interface OpenaiResponsesResponseCustomToolCallInputDone {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.custom_tool_call_input.done"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * The whole.
   */
  input: string
}
/**
 * The next piece of the code that is to run.
 */
export interface OpenaiResponsesResponseCodeInterpreterCallCodeDelta {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.code_interpreter_call_code.delta"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * The piece.
   */
  delta: string
}
/**
 * The whole of the code that is to run: what its pieces spell.
 */
export interface OpenaiResponsesResponseCodeInterpreterCallCodeDone {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.code_interpreter_call_code.done"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * The whole.
   */
  code: string
}
/**
 * State of a hosted tool: in progress.
 */
export interface OpenaiResponsesResponseWebSearchCallInProgress {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.web_search_call.in_progress"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: searching.
 */
export interface OpenaiResponsesResponseWebSearchCallSearching {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.web_search_call.searching"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: completed.
 */
export interface OpenaiResponsesResponseWebSearchCallCompleted {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.web_search_call.completed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: in progress.
 */
export interface OpenaiResponsesResponseFileSearchCallInProgress {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.file_search_call.in_progress"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: searching.
 */
export interface OpenaiResponsesResponseFileSearchCallSearching {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.file_search_call.searching"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: completed.
 */
export interface OpenaiResponsesResponseFileSearchCallCompleted {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.file_search_call.completed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: in progress.
 */
export interface OpenaiResponsesResponseCodeInterpreterCallInProgress {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.code_interpreter_call.in_progress"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: interpreting.
 */
export interface OpenaiResponsesResponseCodeInterpreterCallInterpreting {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.code_interpreter_call.interpreting"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: completed.
 */
export interface OpenaiResponsesResponseCodeInterpreterCallCompleted {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.code_interpreter_call.completed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: in progress.
 */
export interface OpenaiResponsesResponseImageGenerationCallInProgress {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.image_generation_call.in_progress"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: generating.
 */
export interface OpenaiResponsesResponseImageGenerationCallGenerating {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.image_generation_call.generating"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: completed.
 */
export interface OpenaiResponsesResponseImageGenerationCallCompleted {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.image_generation_call.completed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: in progress.
 */
export interface OpenaiResponsesResponseMcpCallInProgress {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.mcp_call.in_progress"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: completed.
 */
export interface OpenaiResponsesResponseMcpCallCompleted {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.mcp_call.completed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: failed.
 */
export interface OpenaiResponsesResponseMcpCallFailed {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.mcp_call.failed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: in progress.
 */
export interface OpenaiResponsesResponseMcpListToolsInProgress {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.mcp_list_tools.in_progress"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: completed.
 */
export interface OpenaiResponsesResponseMcpListToolsCompleted {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.mcp_list_tools.completed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * State of a hosted tool: failed.
 */
export interface OpenaiResponsesResponseMcpListToolsFailed {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.mcp_list_tools.failed"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
}
/**
 * The image as far as it is made.
 */
export interface OpenaiResponsesResponseImageGenerationCallPartialImage {
  /**
   * Says which event this is; equal to the `event:` line.
   */
  type: "response.image_generation_call.partial_image"
  /**
   * Counts the events of the response, from 0. Streams of early 2025 lack it.
   */
  sequence_number?: number
  /**
   * Position of the item in the response's output, from 0.
   */
  output_index: number
  /**
   * Id of the item.
   */
  item_id: string
  /**
   * The image, in base64.
   */
  partial_image_b64: string
  /**
   * Counts the partial images, from 0.
   */
  partial_image_index: number
}
