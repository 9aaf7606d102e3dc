import { compileProtocol, type Protocol } from "../compile/compile.ts";
import type { ProtocolFile } from "../definition/protocol-file.ts";
import { type CompiledSchema, type PayloadChecks, payloadCheck } from "../payload/check.ts";
import * as pokee from "./generated/pokee.ts";

/** What is known of a built-in protocol without compiling it. */
export interface BuiltinProtocol {
  readonly name: string;
  readonly version: string;
  /** What it was written from. */
  readonly source: string;
}

interface Generated {
  readonly file: ProtocolFile;
  /** Payload schemas, compiled ahead of time by tools/generate.ts. */
  readonly schemas: ReadonlyMap<string, CompiledSchema>;
}

const BUILTIN: readonly Generated[] = [pokee];

/** The protocols that come with this package. */
export function builtinProtocols(): readonly BuiltinProtocol[] {
  return BUILTIN.map(({ file }) => ({ name: file.protocol, version: file.version, source: file.source ?? "" }));
}

/** A built-in protocol by its name. Loads no schema compiler. */
export function builtinProtocol(name: string): Protocol | undefined {
  const generated = BUILTIN.find(({ file }) => file.protocol === name);
  return generated === undefined ? undefined : compileProtocol(generated.file, checks(generated));
}

function checks({ schemas }: Generated): PayloadChecks {
  return new Map([...schemas].map(([pointer, schema]) => [pointer, payloadCheck(schema)]));
}
