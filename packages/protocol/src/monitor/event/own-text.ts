/**
 * A copy of a text. A piece of a longer text keeps all of it in memory, so what is kept for long must be a copy; engines
 * copy only what is made anew.
 */
export function copyOf(text: string): string {
  const copy: unknown = JSON.parse(JSON.stringify(text));
  return typeof copy === "string" ? copy : "";
}

/** Names of types have a few dozen characters. */
const LONGEST_NAME = 256;

/** A name of bounded size, to be kept with a place. */
export function boundedName(name: string): string {
  return name.length <= LONGEST_NAME ? name : copyOf(`${name.slice(0, LONGEST_NAME)}…`);
}
