import type { AnthropicMessagesEvent } from "./generated/types/anthropic-messages.ts";
import type { OpenaiChatEvent } from "./generated/types/openai-chat.ts";
import type { OpenaiResponsesEvent } from "./generated/types/openai-responses.ts";
import type { PokeeEvent } from "./generated/types/pokee.ts";

/** The events of the built-in protocols. A variant may have others, so its events have no types. */
export interface BuiltinEvents {
  readonly pokee: PokeeEvent;
  readonly "anthropic-messages": AnthropicMessagesEvent;
  readonly "openai-responses": OpenaiResponsesEvent;
  readonly "openai-chat": OpenaiChatEvent;
}
