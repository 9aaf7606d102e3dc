import type {
  BatchAdapter,
  ParserAdapter,
  PushAdapter,
  PushParser,
  ShownEvent,
  Sink,
  StreamAdapter,
} from "./adapter.ts";

/** What a parser did with the chunks of one case. */
export interface Observation {
  readonly events: readonly ShownEvent[];
  /** For each event how many chunks the parser had been given when it showed it; one more than there are means at the end. */
  readonly given: readonly number[];
  readonly retries: readonly number[];
  /** How it failed to do anything more. */
  readonly failure?: { readonly kind: "threw" | "hung" | "answered-late"; readonly message: string };
}

export interface ObserveOptions {
  /** How many events are due after each chunk: with it, an asynchronous parser gets time to show them. */
  readonly due?: readonly number[];
  /** For asynchronous parsers, in milliseconds. */
  readonly timeLimitMs: number;
}

/**
 * Feeds the chunks of one case to a fresh parser. The answer is a promise only if the parser is asynchronous, so that the
 * many runs of a synchronous one cost no turns of the event loop.
 */
export function observe(
  adapter: ParserAdapter,
  chunks: readonly Uint8Array[],
  options: ObserveOptions,
): Observation | Promise<Observation> {
  const witness = new Witness();
  try {
    const work = start(adapter, chunks, witness, options);
    if (work === undefined) return witness.observation();
    return inTime(work, witness, options.timeLimitMs);
  } catch (error) {
    return witness.failed("threw", describeError(error));
  }
}

/** Writes down what a parser shows, and when. */
export class Witness implements Sink {
  readonly events: ShownEvent[] = [];
  readonly #given: number[] = [];
  readonly #retries: number[] = [];
  #chunks = 0;
  #closed = false;
  #late: string | undefined;

  event(event: ShownEvent): void {
    if (this.#closed) this.#late ??= `an event with data ${JSON.stringify(event.data)} came after the end`;
    this.events.push(event);
    this.#given.push(this.#chunks);
  }

  retry(milliseconds: number): void {
    this.#retries.push(milliseconds);
  }

  /** The parser is given the next chunk, or told of the end. */
  gives(): void {
    this.#chunks += 1;
  }

  close(): void {
    this.#closed = true;
  }

  observation(): Observation {
    if (this.#late !== undefined) return this.failed("answered-late", this.#late);
    return { events: this.events, given: this.#given, retries: this.#retries };
  }

  failed(kind: "threw" | "hung" | "answered-late", message: string): Observation {
    return { events: [...this.events], given: this.#given, retries: this.#retries, failure: { kind, message } };
  }
}

function start(
  adapter: ParserAdapter,
  chunks: readonly Uint8Array[],
  witness: Witness,
  options: ObserveOptions,
): Promise<void> | undefined {
  if ("open" in adapter) return push(adapter, chunks, witness, options);
  if ("read" in adapter) return read(adapter, chunks, witness, options);
  return parse(adapter, chunks, witness);
}

/** Synchronous as long as the parser is; the first promise hands over to the asynchronous half. */
function push(
  adapter: PushAdapter,
  chunks: readonly Uint8Array[],
  witness: Witness,
  options: ObserveOptions,
): Promise<void> | undefined {
  const parser = adapter.open(witness);
  for (const [index, chunk] of chunks.entries()) {
    witness.gives();
    const pending = parser.push(chunk);
    if (pending !== undefined) return pushOn(parser, pending, index, chunks, witness, options);
  }
  witness.gives();
  return parser.end() ?? undefined;
}

async function pushOn(
  parser: PushParser,
  pending: Promise<void>,
  index: number,
  chunks: readonly Uint8Array[],
  witness: Witness,
  { due }: ObserveOptions,
): Promise<void> {
  await pending;
  await shown(witness, due?.[index]);
  for (const [later, chunk] of chunks.entries()) {
    if (later <= index) continue;
    witness.gives();
    await parser.push(chunk);
    await shown(witness, due?.[later]);
  }
  witness.gives();
  await parser.end();
}

async function read(
  adapter: StreamAdapter,
  chunks: readonly Uint8Array[],
  witness: Witness,
  { due }: ObserveOptions,
): Promise<void> {
  async function* source(): AsyncGenerator<Uint8Array> {
    for (const [index, chunk] of chunks.entries()) {
      witness.gives();
      yield chunk;
      await shown(witness, due?.[index]);
    }
    witness.gives();
  }
  for await (const event of adapter.read(source(), witness)) witness.event(event);
}

function parse(adapter: BatchAdapter, chunks: readonly Uint8Array[], witness: Witness): Promise<void> | undefined {
  const collect = (events: readonly ShownEvent[]): void => {
    for (const event of events) witness.event(event);
  };
  const answer = adapter.parse(chunks);
  if (Array.isArray(answer)) {
    collect(answer);
    return undefined;
  }
  return (async () => {
    if (Symbol.asyncIterator in answer) for await (const event of answer) witness.event(event);
    else collect(await answer);
  })();
}

// Turns of the event loop that an asynchronous parser is given to show what is due; pipes of several streams need a few.
const turns = 30;

async function shown(witness: Witness, due: number | undefined): Promise<void> {
  if (due === undefined) return;
  for (let turn = 0; turn < turns && witness.events.length < due; turn += 1) await nextTurn();
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function inTime(work: Promise<void>, witness: Witness, timeLimitMs: number): Promise<Observation> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<"hung">((resolve) => {
    timer = setTimeout(() => resolve("hung"), timeLimitMs);
  });
  try {
    if ((await Promise.race([work, limit])) === "hung") {
      return witness.failed("hung", `did not end within ${timeLimitMs} ms`);
    }
    witness.close();
    await nextTurn();
    return witness.observation();
  } catch (error) {
    return witness.failed("threw", describeError(error));
  } finally {
    clearTimeout(timer);
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
