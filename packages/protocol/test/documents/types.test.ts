import { createDecoder, type WireEvent } from "@ssert/wire";
import { compile as compileSchema } from "json-schema-to-typescript";
import { describe, expect, test } from "vitest";
import { builtinProtocol, createMonitor, type Protocol, type ProtocolEvent, typesOf } from "../../src/index.ts";
import { fixtureFiles } from "../builtin/fixture-files.ts";
import { compile } from "../monitor/streams.ts";
import { odd } from "./odd.ts";
import { shipped } from "./shipped.ts";
import { compilerSays } from "./typescript.ts";

const types = async (protocol: Protocol): Promise<string> => await typesOf(protocol, compileSchema);

function eventName(module: string): string {
  const [, name = ""] = /^export type (\w+Event) =/mu.exec(module) ?? /^export type (\S+Event) =/mu.exec(module) ?? [];
  return name;
}

/** Events of the valid fixtures of a protocol that a monitor gives as keeping their schemas; a few of each sort. */
function typedEvents(name: string): readonly ProtocolEvent[] {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`${name} is built in`);
  const given: ProtocolEvent[] = [];
  const seen = new Map<string, number>();
  for (const { bytes } of fixtureFiles().filter((file) => file.protocol === name)) {
    const monitor = createMonitor<ProtocolEvent>(protocol, {
      onFinding: () => undefined,
      onEvent: (event) => {
        const sort = `${event.type}[${event.subtype}]`;
        const count = seen.get(sort) ?? 0;
        seen.set(sort, count + 1);
        if (count < 3) given.push(event);
      },
    });
    const decoder = createDecoder({ event: (event: WireEvent) => monitor.event(event) });
    decoder.push(bytes);
    decoder.end();
  }
  return given;
}

test("the types of all shipped protocols and variants are a module that strict TypeScript takes, without any", async () => {
  const files: Record<string, string> = {};
  for (const protocol of [...shipped, odd]) {
    const module = await types(protocol);
    const code = module.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
    expect(code, protocol.id).not.toMatch(/\bany\b/);
    files[`${protocol.name.replaceAll(/\W/g, "_")}.ts`] = module;
  }
  expect(await compilerSays(files)).toBe("");
}, 60_000);

describe.each(["pokee", "anthropic-messages", "openai-responses", "openai-chat"])("the types of %s", (name) => {
  test("take every payload of the fixtures that keeps its schemas, and none with a wrong type", async () => {
    const protocol = builtinProtocol(name);
    if (protocol === undefined) throw new Error(`${name} is built in`);
    const module = await types(protocol);
    const event = eventName(module);
    const events = typedEvents(name);
    expect(events.length).toBeGreaterThan(5);
    const uses = events.map((given) => `take(${JSON.stringify(given)});`);
    const head = `import type { ${event} } from "./events.ts";\nfunction take<const E extends ${event}>(_event: E): void {}\n`;
    expect(await compilerSays({ "events.ts": module, "uses.ts": head + uses.join("\n") })).toBe("");
    const wrong = `${head}take({ type: "no such type", data: {} });\ntake({ type: ${JSON.stringify(events[0]?.type)}, data: 12 });\n`;
    const said = await compilerSays({ "events.ts": module, "uses.ts": wrong });
    expect(new Set(said.match(/uses\.ts\(\d+/g))).toEqual(new Set(["uses.ts(3", "uses.ts(4"]));
  }, 60_000);
});

/** Where a schema says what properties objects have, and not that it is about objects. */
function looseObjects(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = ("properties" in schema || "required" in schema) && !("type" in schema) ? [path] : [];
  const inner = "properties" in schema ? Object.entries(Object(schema.properties)) : [];
  return [...own, ...inner.flatMap(([name, property]) => looseObjects(property, `${path}/${name}`))];
}

test("the schemas of shipped protocols say `type` where they say `properties`, so that the types promise no more", () => {
  for (const { id, definition } of shipped) {
    const loose = Object.entries(definition.events).flatMap(([event, { schema }]) => looseObjects(schema, event));
    expect(loose, id).toEqual([]);
  }
});

test("type and subtype tell events apart, and the type in the data as well", async () => {
  const use = `
import type { AnthropicMessagesEvent } from "./anthropic.ts";
import type { PokeeEvent } from "./pokee.ts";
import type { OpenaiChatEvent } from "./chat.ts";
export function text(event: AnthropicMessagesEvent): string {
  if (event.type === "content_block_delta" && event.subtype === "text_delta") return event.data.delta.text;
  if (event.data.type === "message_start") return event.data.message.id;
  // @ts-expect-error: other deltas have no text.
  if (event.type === "content_block_delta" && event.subtype === "input_json_delta") return event.data.delta.text;
  return "";
}
export function content(event: PokeeEvent): string {
  switch (event.type) {
    case "text.delta":
    case "thinking.delta":
      return event.data.content;
    case "message.created":
      return event.data.id;
    default:
      return "";
  }
}
export function parts(event: OpenaiChatEvent): readonly (string | null | undefined)[] {
  if (event.type === "done") {
    const sentinel: "[DONE]" = event.data;
    return [sentinel];
  }
  return event.type === "chunk" ? event.data.choices.map((choice) => choice.delta.tool_calls?.[0]?.function?.arguments) : [];
}
`;
  const of = async (name: string): Promise<string> => {
    const protocol = builtinProtocol(name);
    return protocol === undefined ? "" : await types(protocol);
  };
  const files = {
    "pokee.ts": await of("pokee"),
    "anthropic.ts": await of("anthropic-messages"),
    "chat.ts": await of("openai-chat"),
    "use.ts": use,
  };
  expect(await compilerSays(files)).toBe("");
}, 60_000);

test("schemas that refer to themselves and to each other are types; what they cannot reach is unknown, and not fetched", async () => {
  const tree = {
    $id: "urn:test:tree",
    type: "object",
    required: ["children", "leaf", "away"],
    properties: {
      children: { type: "array", items: { $ref: "#" } },
      leaf: { $ref: "urn:test:leaf#/properties/name" },
      away: { $ref: "http://127.0.0.1:9/never.json" },
      dots: { $ref: "#/$defs/dot" },
    },
    $defs: { dot: { type: "object", required: ["x"], properties: { x: { type: "number" } } } },
  };
  const leaf = { $id: "urn:test:leaf", type: "object", required: ["name"], properties: { name: { type: "string" } } };
  const module = await types(
    compileUnchecked({ tree: { schema: tree }, leaf: { schema: leaf }, end: {}, "x.*": { schema: leaf } }),
  );
  const use = `
import type { TinyEvent } from "./tiny.ts";
declare const event: TinyEvent;
if (event.type === "tree") {
  const name: string | undefined = event.data.children[0]?.children[0]?.leaf;
  const x: number | undefined = event.data.dots?.x;
  const away: unknown = event.data.away;
  // @ts-expect-error: nothing is known of it.
  const wrong: string = event.data.away;
  console.log(name, x, away, wrong);
}
declare const console: { log(...values: unknown[]): void };
`;
  expect(await compilerSays({ "tiny.ts": module, "use.ts": use })).toBe("");
  expect(module).toContain(`readonly type: \`x.\${string}\`;`);
});

/** Ajv would refuse what it cannot reach. */
function compileUnchecked(events: Parameters<typeof compile>[0]["events"]): Protocol {
  const bare = Object.fromEntries(Object.keys(events).map((name) => [name, {}]));
  const scopes = { all: { open: "tree", inner: { leaf: "any", "x.*": "any" }, close: "end" } } as const;
  const file = { protocol: "tiny", version: "1", type: "event", scopes } as const;
  const protocol = compile({ ...file, events: bare });
  return { ...protocol, definition: { ...file, events } };
}
