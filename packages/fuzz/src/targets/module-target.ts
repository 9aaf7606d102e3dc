import { ReadableStream, type TransformStream } from "node:stream/web";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import type { Deviation, ParserAdapter, ShownEvent, Shows } from "../adapters/adapter.ts";
import { FuzzError } from "../error.ts";

/** An event as a user's module gives it: `event` is its type. */
interface ModuleEvent {
  readonly event?: string;
  readonly data: string;
  readonly id?: string;
  readonly retry?: number;
}
type ModuleEvents = readonly ModuleEvent[] | Promise<readonly ModuleEvent[]> | AsyncIterable<ModuleEvent>;
interface ParserModule {
  readonly parse?: (chunks: readonly Uint8Array[]) => ModuleEvents;
  readonly stream?: () => TransformStream<Uint8Array, ModuleEvent>;
  readonly adapter?: ParserAdapter;
  readonly shows?: Partial<Shows>;
  readonly deviations?: readonly Deviation[];
}

const signature =
  "export function parse(chunks: Uint8Array[]): { event?: string, data: string, id?: string }[] (or a promise or an async " +
  "iterable of them), or function stream(): TransformStream<Uint8Array, { event?, data, id? }>, or const adapter, a " +
  "ParserAdapter of @ssert/fuzz";

/** The parser that a module of the user's own exports. */
export async function loadModule(path: string): Promise<ParserAdapter> {
  const { parse, stream, adapter, shows, deviations } = await importModule(path);
  const facts = { name: path, ...(shows && { shows }), ...(deviations && { deviations }) };
  if (adapter !== undefined) return adapter;
  if (typeof stream === "function") {
    return {
      ...facts,
      async *read(chunks) {
        for await (const event of ReadableStream.from(chunks).pipeThrough(stream())) yield shown(event);
      },
    };
  }
  if (typeof parse === "function") return { ...facts, parse: (chunks) => shownEvents(parse([...chunks])) };
  throw new FuzzError("no-export", `${path} exports no parser; ${signature}`);
}

async function importModule(path: string): Promise<ParserModule> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    throw new FuzzError("target-failed", `cannot load ${path}: ${String(error)}`, { cause: error });
  }
}

function shown(event: ModuleEvent): ShownEvent {
  // What comes from a user's module is not what its type says.
  const given: unknown = event;
  if (typeof given !== "object" || given === null || !("data" in given) || typeof given.data !== "string") {
    throw new TypeError(`gave ${inspect(given)}, which is no event: { event?: string, data: string, id?: string }`);
  }
  const { event: type, ...rest } = event;
  return { ...rest, type };
}

function shownEvents(events: ModuleEvents): readonly ShownEvent[] | Promise<readonly ShownEvent[]> {
  if (typeof events !== "object" || events === null) {
    throw new TypeError(`returned ${inspect(events)}, and no list of events, promise of one or async iterable`);
  }
  return isList(events) ? events.map(shown) : collect(events);
}

function isList(events: ModuleEvents): events is readonly ModuleEvent[] {
  return Array.isArray(events);
}

async function collect(events: Exclude<ModuleEvents, readonly ModuleEvent[]>): Promise<readonly ShownEvent[]> {
  if (!(Symbol.asyncIterator in events)) {
    const all: unknown = await events;
    if (Array.isArray(all)) return all.map(shown);
    throw new TypeError(`gave a promise of ${inspect(all)}, and not of a list of events`);
  }
  const all: ShownEvent[] = [];
  for await (const event of events) all.push(shown(event));
  return all;
}
