import { compileProtocol, type Protocol } from "../compile/compile.ts";
import type { ProtocolFile } from "../definition/protocol-file.ts";
import { type CompiledSchema, payloadCheck } from "../payload/check.ts";

/** A built-in protocol, or one of its variants, as tools/generate.ts writes it. */
export interface BuiltinForm {
  readonly file: ProtocolFile;
  /** Payload schemas, compiled ahead of time. */
  readonly schemas: ReadonlyMap<string, CompiledSchema>;
}

/** The module of a built-in protocol: itself, and its variants by their names. */
export interface BuiltinModule extends BuiltinForm {
  readonly variants: ReadonlyMap<string, BuiltinForm>;
}

/** `openai-chat+azure` → the protocol's name, and the variant's. */
export function splitName(name: string): readonly [protocol: string, variant: string | undefined] {
  const plus = name.indexOf("+");
  return plus < 0 ? [name, undefined] : [name.slice(0, plus), name.slice(plus + 1)];
}

/** Compiles the form that is asked for, without a schema compiler. */
export function compileForm(module: BuiltinModule, variant: string | undefined): Protocol | undefined {
  const form = variant === undefined ? module : module.variants.get(variant);
  if (form === undefined) return undefined;
  return compileProtocol(
    form.file,
    new Map([...form.schemas].map(([pointer, schema]) => [pointer, payloadCheck(schema)])),
  );
}
