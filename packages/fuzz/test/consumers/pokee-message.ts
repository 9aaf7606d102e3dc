import { createDecoder, type WireEvent } from "@ssert/wire";

/** What a client of the Pokee API makes of a stream: the message as a whole. */
export interface Message {
  readonly id: string;
  readonly blocks: readonly Block[];
  readonly end: "completed" | "error";
}

interface Block {
  readonly kind: string;
  readonly text: string;
  readonly result?: unknown;
}

/** A bug, put into the accumulator on purpose. */
export type Bug =
  | "none"
  | "decodes each chunk by itself"
  | "takes a chunk for an event"
  | "drops the last character of a long text"
  | "swallows what comes without a start"
  | "waits for ever where the end is missing";

/** An accumulator as users write it, strict about order; or one with a bug. */
export async function readMessage(chunks: AsyncIterable<Uint8Array>, bug: Bug = "none"): Promise<Message> {
  const builder = new MessageBuilder(bug);
  for await (const event of eventsOf(chunks, bug)) builder.add(event.type ?? "message", JSON.parse(event.data));
  if (bug === "waits for ever where the end is missing" && !builder.ended) await new Promise(() => {});
  return builder.message();
}

async function* eventsOf(chunks: AsyncIterable<Uint8Array>, bug: Bug): AsyncGenerator<WireEvent> {
  const events: WireEvent[] = [];
  const decoder = createDecoder({ event: (event) => events.push(event) });
  for await (const chunk of chunks) {
    if (bug === "decodes each chunk by itself") decoder.push(new TextEncoder().encode(new TextDecoder().decode(chunk)));
    else if (bug === "takes a chunk for an event") createDecoder({ event: (event) => events.push(event) }).push(chunk);
    else decoder.push(chunk);
    yield* events.splice(0);
  }
}

interface Data {
  readonly id?: string;
  readonly content?: unknown;
}

class MessageBuilder {
  ended = false;
  #id: string | undefined;
  #end: "completed" | "error" = "completed";
  #open: { kind: string; text: string } | undefined;
  readonly #blocks: { kind: string; text: string; result?: unknown }[] = [];
  readonly #bug: Bug;

  constructor(bug: Bug) {
    this.#bug = bug;
  }

  add(type: string, data: Data): void {
    const [kind = "", what] = type.split(".");
    if (type === "message.created") this.#id = data.id;
    else if (type === "message.completed" || type === "message.error") this.#finish(what === "error", data);
    else if (type === "tool_result") this.#blocks.push({ kind: "result", text: "", result: data.content });
    else if (what === "start") this.#open = { kind, text: "" };
    else if (what === "stop") this.#close(kind);
    else if (what === "delta" || what === "input_delta") this.#append(kind, String(data.content));
  }

  message(): Message {
    if (!this.ended || this.#id === undefined) throw new Error("the stream ended before the message did");
    return { id: this.#id, blocks: this.#blocks, end: this.#end };
  }

  #append(kind: string, text: string): void {
    if (this.#open?.kind === kind) this.#open.text += text;
    else if (this.#bug !== "swallows what comes without a start") throw new Error(`${kind} without a start`);
  }

  #close(kind: string): void {
    if (this.#open?.kind !== kind) throw new Error(`${kind} was not open`);
    const { text } = this.#open;
    const cut = this.#bug === "drops the last character of a long text" && text.length > 20;
    this.#blocks.push({ kind, text: cut ? text.slice(0, -1) : text });
    this.#open = undefined;
  }

  #finish(failed: boolean, { id }: Data): void {
    const named = id !== "" && this.#id !== ""; // an empty id names nothing
    if (named && id !== this.#id) throw new Error("another message ended");
    if (this.#open !== undefined) this.#close(this.#open.kind); // an error may come in the middle of a block
    this.ended = true;
    this.#end = failed ? "error" : "completed";
  }
}
