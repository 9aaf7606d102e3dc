import { compileProtocol, type Protocol } from "../compile/compile.ts";
import { compileChecks } from "../payload/compile.ts";
import { payloadSchemas } from "../payload/schemas.ts";
import { ProtocolError } from "./error.ts";
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
  const checks = compileChecks(payloadSchemas(file), fail);
  try {
    return compileProtocol(file, checks);
  } catch (error) {
    if (error instanceof ProtocolError && error.pointer !== undefined) {
      // The monitor cannot follow it. Only here is it known where that stands in the text.
      return fail({ code: error.code, pointer: error.pointer, message: error.message, cause: error.cause });
    }
    throw error;
  }
}
