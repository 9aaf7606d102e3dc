import { compileProtocol, type Protocol } from "../compile/compile.ts";
import { compileChecks } from "../payload/compile.ts";
import { payloadSchemas } from "../payload/schemas.ts";
import { type DefinitionOptions, type ReadFile, readText, readValue } from "./read.ts";

/** parseProtocol, once the compilers are loaded. */
export async function fromText(text: string, options: DefinitionOptions): Promise<Protocol> {
  return compile(await readText(text, options));
}

/** defineProtocol, once the compilers are loaded. */
export async function fromValue(definition: unknown, options: DefinitionOptions): Promise<Protocol> {
  return compile(await readValue(definition, options));
}

function compile({ file, fail }: ReadFile): Protocol {
  return compileProtocol(file, compileChecks(payloadSchemas(file), fail));
}
