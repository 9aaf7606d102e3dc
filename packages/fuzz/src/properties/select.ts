import { FuzzError } from "../errors.ts";
import type { Property } from "./property.ts";
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
    const known = properties.map(({ name }) => name).join(", ");
    throw new FuzzError(
      "unknown-property",
      `no property or group is called ${JSON.stringify(unknown)}; there are: ${known}`,
    );
  }
  return properties.filter((property) => names.some((name) => matches(name, property)));
}
