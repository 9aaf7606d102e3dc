import type { JsonSchema, ProtocolFile } from "../definition/protocol-file.ts";
import { toPointer } from "./pointer.ts";

/** By JSON Pointer in the protocol file. */
export type PayloadSchemas = ReadonlyMap<string, JsonSchema>;

/** Every schema of a protocol, in the file's order: of events, of openings, of the kinds' openings. */
export function payloadSchemas(file: ProtocolFile): PayloadSchemas {
  const schemas = new Map<string, JsonSchema>();
  const add = (schema: JsonSchema | undefined, ...tokens: string[]): void => {
    if (schema !== undefined) schemas.set(toPointer(...tokens), schema);
  };
  for (const [type, event] of Object.entries(file.events)) add(event.schema, "events", type, "schema");
  for (const [name, scope] of Object.entries(file.scopes)) {
    add(scope.opening, "scopes", name, "opening");
    for (const [kind, { opening }] of Object.entries(scope.kinds ?? {}))
      add(opening, "scopes", name, "kinds", kind, "opening");
  }
  return schemas;
}
