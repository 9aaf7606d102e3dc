import { FuzzError } from "../error.ts";
import { hintFor } from "../hint.ts";
import type { Property, StreamProperty } from "./property.ts";
import { properties } from "./table.ts";

/** The properties with these names, or of these groups, in the order of the table; all of them without names. */
export function selectProperties(names: readonly string[] | undefined, path?: string): readonly Property[] {
  if (path !== undefined && names?.length !== 1) {
    throw new FuzzError(
      "bad-options",
      "a path belongs to one property: name it in `properties`, and give the seed too",
    );
  }
  if (names === undefined) return properties;
  const matches = (name: string, property: Property): boolean =>
    property.name === name || property.name.startsWith(`${name}/`);
  const unknown = names.find((name) => !properties.some((property) => matches(name, property)));
  if (unknown !== undefined) {
    const known = properties.map(({ name }) => name);
    const groups = new Set(known.map((name) => name.split("/", 1).join()));
    const near = hintFor(unknown, [...groups, ...known]);
    throw new FuzzError(
      "unknown-property",
      `no property or group is called ${JSON.stringify(unknown)}${near}; there are: ${known.join(", ")}`,
    );
  }
  return properties.filter((property) => names.some((name) => matches(name, property)));
}

/** How a stream of nobody's property is judged: every event, in order. */
const anyStream = "mixed/blocks";

/** The property of streams with this name; where there is none, the one that is about every event. */
export function streamPropertyNamed(name: string | undefined): StreamProperty {
  const streams = properties.filter((property): property is StreamProperty => !("chunks" in property));
  const found = streams.find((property) => property.name === name) ?? streams.find((each) => each.name === anyStream);
  if (found === undefined) throw new RangeError(`no property is called ${anyStream}`);
  return found;
}

/** Whether a property is judged by growth over several sizes, and has no cases. */
export function isMeasured(name: string): boolean {
  return properties.some((property) => property.name === name && "chunks" in property);
}
