import { agUi } from "./ag-ui.ts";
import { aiSdk } from "./ai-sdk.ts";
import { azureCoreSse } from "./azure-core-sse.ts";
import { cohere } from "./cohere.ts";
import { eventSourcePlus } from "./event-source-plus.ts";
import { eventStreamParser } from "./event-stream-parser.ts";
import { eventsource } from "./eventsource.ts";
import { eventsourceClient } from "./eventsource-client.ts";
import { eventsourceParser } from "./eventsource-parser.ts";
import { fetchEventSource } from "./fetch-event-source.ts";
import { fetchEventStream } from "./fetch-event-stream.ts";
import { googleGenai } from "./google-genai.ts";
import { huggingface } from "./huggingface.ts";
import type { KnownParser } from "./known-parser.ts";
import { langchain } from "./langchain.ts";
import { launchdarkly } from "./launchdarkly.ts";
import { mistralai } from "./mistralai.ts";
import { modelContextProtocol } from "./model-context-protocol.ts";
import { anthropic, groq, openai } from "./openai-family.ts";
import { parseSse } from "./parse-sse.ts";
import { serverSentStream } from "./server-sent-stream.ts";
import { sseJs } from "./sse-js.ts";
import { undici } from "./undici.ts";

/** Every published parser with an adapter. */
export const knownParsers: readonly KnownParser[] = [
  agUi,
  aiSdk,
  anthropic,
  azureCoreSse,
  cohere,
  eventSourcePlus,
  eventStreamParser,
  eventsource,
  eventsourceClient,
  eventsourceParser,
  fetchEventSource,
  fetchEventStream,
  googleGenai,
  groq,
  huggingface,
  langchain,
  launchdarkly,
  mistralai,
  modelContextProtocol,
  openai,
  parseSse,
  serverSentStream,
  sseJs,
  undici,
];
