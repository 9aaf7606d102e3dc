import { createEventReader, type EventReading, type Protocol } from "@ssert/protocol";
import { createDecoder } from "@ssert/wire";
import { encodeSample, type SampleStream } from "../../src/index.ts";
import { isObject } from "../../src/streams/schema/node.ts";

/** What occurs in streams: `type` or `type[subtype]`, and `type /place` for each place of its data. */
export function occurrencesIn(protocol: Protocol, streams: Iterable<SampleStream>): ReadonlySet<string> {
  const seen = new Set<string>();
  const read = createEventReader(protocol);
  for (const { events } of streams) {
    const decoder = createDecoder({ event: (event) => note(read(event), seen) });
    decoder.push(encodeSample(events));
    decoder.end();
  }
  return seen;
}

function note({ label = "", data, parts }: EventReading, seen: Set<string>): void {
  seen.add(label);
  for (const place of placesIn(data)) seen.add(`${label.replace(/\[.*\]$/s, "")} ${place}`);
  for (const part of parts) note(part, seen);
}

function* placesIn(data: unknown, at = ""): Generator<string> {
  if (!isObject(data)) return;
  for (const [name, value] of Object.entries(data)) {
    yield `${at}/${name}`;
    yield* placesIn(value, `${at}/${name}`);
  }
}

/** What the file speaks of: each event, each subtype that it names, and each property of the schemas. */
export function namedIn({ definition }: Protocol): readonly string[] {
  return Object.entries(definition.events).flatMap(([label, { schema }]) => {
    if (label.endsWith("*")) return [];
    const type = label.replace(/\[.*\]$/s, "");
    return [label, ...propertiesOf(schema).map((place) => `${type} ${place}`)];
  });
}

function propertiesOf(schema: unknown, at = ""): readonly string[] {
  if (!isObject(schema) || !isObject(schema["properties"])) return [];
  return Object.entries(schema["properties"]).flatMap(([name, inner]) => [
    `${at}/${name}`,
    ...propertiesOf(inner, `${at}/${name}`),
  ]);
}
