// The events of openai-chat@1 (OpenAI API reference, Chat completions, Streaming). Made from its protocol file by `ssert protocol types`: do not edit.

/** An event whose data keeps the schemas of its type. */
export type OpenaiChatEvent =
  | { readonly type: "chunk"; readonly data: OpenaiChatPayloads["chunk"] }
  | { readonly type: "error"; readonly data: OpenaiChatPayloads["error"] }
  | { readonly type: "done"; readonly data: "[DONE]" };

/** What events carry, by the patterns that the protocol has schemas for. */
export interface OpenaiChatPayloads {
  chunk: OpenaiChatChunk
  choice: OpenaiChatChoice
  call: OpenaiChatCall
  error: OpenaiChatError
}
/**
 * Adds to the choices of a completion.
 */
export interface OpenaiChatChunk {
  /**
   * Id of the completion; the same in every chunk.
   */
  id: string
  /**
   * What the object is.
   */
  object: "chat.completion.chunk"
  /**
   * When the completion was created, in seconds since 1970; the same in every chunk.
   */
  created: number
  /**
   * Model that writes the completion; the same in every chunk.
   */
  model: string
  /**
   * What is added to each choice. Empty in the chunk that brings the usage.
   */
  choices: OpenaiChatChoice[]
  /**
   * Configuration of the server.
   */
  system_fingerprint?: (string | null)
  /**
   * Tier that served the request.
   */
  service_tier?: (string | null)
  /**
   * Tokens of the whole completion, in the last chunk if it was asked for.
   */
  usage?: ({
    /**
     * Tokens of the prompt.
     */
    prompt_tokens: number
    /**
     * Tokens that were written.
     */
    completion_tokens: number
    /**
     * Both together.
     */
    total_tokens: number
  } | null)
}
/**
 * What a chunk adds to one choice.
 */
export interface OpenaiChatChoice {
  /**
   * Number of the choice, from 0.
   */
  index: number
  /**
   * What is added.
   */
  delta: {
    /**
     * Whose message this is; in the first delta of a choice.
     */
    role?: string
    /**
     * The next piece of the text.
     */
    content?: (string | null)
    /**
     * The next piece of the refusal.
     */
    refusal?: (string | null)
    /**
     * What is added to calls of tools.
     */
    tool_calls?: OpenaiChatCall[]
  }
  /**
   * Why the choice has ended; null as long as it has not.
   */
  finish_reason: (string | null)
  /**
   * Probabilities of the tokens, if they were asked for.
   */
  logprobs?: ({
    [k: string]: unknown
  } | null)
}
/**
 * What a chunk adds to one call of a tool.
 */
export interface OpenaiChatCall {
  /**
   * Number of the call in its choice, from 0.
   */
  index: number
  /**
   * Id of the call; in its first piece.
   */
  id?: (string | null)
  /**
   * Kind of the tool; in its first piece.
   */
  type?: (string | null)
  /**
   * The function that is called.
   */
  function?: {
    /**
     * Its name; in the first piece.
     */
    name?: (string | null)
    /**
     * The next piece of its arguments, as JSON text.
     */
    arguments?: string
  }
}
/**
 * The completion failed. Nothing follows.
 */
export interface OpenaiChatError {
  /**
   * What went wrong.
   */
  error: {
    /**
     * The error in words.
     */
    message: string
  }
}
