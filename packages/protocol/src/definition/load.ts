import type { Protocol } from "../compile/compile.ts";
import type { DefinitionCheck } from "./check.ts";
import type { DefinitionOptions } from "./read.ts";

/**
 * A protocol from the text of a protocol file (JSON). Loads the schema compiler (Ajv) and the JSON parser that keeps places
 * (momoa) on its first use, so that built-in protocols do without.
 *
 * @throws ProtocolError (as a rejection) with JSON Pointer, line and column, and the nearest right word.
 */
export async function parseProtocol(text: string, options: DefinitionOptions = {}): Promise<Protocol> {
  const { fromText } = await import("./definition.ts");
  return fromText(text, options);
}

/**
 * A protocol from a definition that is at hand as a value. It is not changed, and not read again later.
 *
 * @throws ProtocolError (as a rejection) with a JSON Pointer.
 */
export async function defineProtocol(definition: unknown, options: DefinitionOptions = {}): Promise<Protocol> {
  const { fromValue } = await import("./definition.ts");
  return fromValue(definition, options);
}

/**
 * Everything that is wrong with the text of a protocol file, at once: what loading refuses, and what it would take although it
 * is most likely not meant so. Each variant is looked at too.
 *
 * @throws ProtocolError `bad-json` (as a rejection) for text that is not JSON.
 */
export async function checkDefinition(text: string, options: DefinitionOptions = {}): Promise<DefinitionCheck> {
  const { checkText } = await import("./check.ts");
  return checkText(text, options);
}
