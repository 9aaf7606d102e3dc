import type { Protocol } from "../../compile/compile.ts";
import { payloadsDocument } from "./document.ts";
import { indented } from "./indented.ts";
import { eventMembers } from "./union.ts";

/** `compile` of json-schema-to-typescript: a schema and the name of its type → TypeScript. */
export type CompileSchema = (
  schema: { readonly [keyword: string]: unknown },
  name: string,
  options: CompileSchemaOptions,
) => Promise<string>;

interface CompileSchemaOptions {
  readonly bannerComment: string;
  readonly format: boolean;
  readonly unknownAny: boolean;
  readonly $refOptions: {
    readonly resolve: { readonly external: boolean; readonly file: boolean; readonly http: boolean };
  };
}

/** Nothing is formatted (that would load a formatter of 9 MB), and nothing is fetched. */
const OPTIONS: CompileSchemaOptions = {
  bannerComment: "",
  format: false,
  unknownAny: true,
  $refOptions: { resolve: { external: false, file: false, http: false } },
};

/**
 * A TypeScript module with the types of a protocol's events: a union told apart by `type`, and by `subtype` where the
 * protocol has one (null: one that it does not name), with payloads from its schemas. Elements that are events of their own
 * have their types in the payload that carries them.
 */
export async function typesOf(protocol: Protocol, compile: CompileSchema): Promise<string> {
  const { id, definition } = protocol;
  const name = typeName(definition.protocol);
  const payloads = `${name}Payloads`;
  const interfaces = await compile(payloadsDocument(definition, name), payloads, OPTIONS);
  const members = eventMembers(protocol, payloads);
  const from = definition.source === undefined ? "" : ` (${oneLine(definition.source)})`;
  return [
    `// The events of ${oneLine(id)}${from}. Made from its protocol file by \`ssert protocol types\`: do not edit.`,
    "",
    "/** An event whose data keeps the schemas of its type. */",
    `export type ${name}Event =${members.length === 0 ? " never" : members.map((member) => `\n  | ${member}`).join("")};`,
    "",
    "/** What events carry, by the patterns that the protocol has schemas for. */",
    indented(interfaces).trim(),
    "",
  ].join("\n");
}

/** `openai-chat` → `OpenaiChat`. */
function typeName(protocol: string): string {
  const words = protocol.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
  return /^\p{L}/u.test(name) ? name : `Protocol${name}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{C}]+/gu, " ");
}
