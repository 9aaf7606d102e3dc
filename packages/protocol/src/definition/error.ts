/**
 * `bad-json`: the text is not JSON, or repeats a key. `bad-definition`: a key, name or rule that the language does not allow.
 * `bad-schema`: a payload schema that is no JSON Schema, or refers to one that is not given. `unreadable`: a file that the
 * definition names cannot be read. `unknown-variant`: the definition has no variant of that name.
 */
export type ProtocolErrorCode = "bad-json" | "bad-definition" | "bad-schema" | "unreadable" | "unknown-variant";

/** Where in a protocol file: JSON Pointer, and line and column from 1 where the text was at hand. */
export interface DefinitionPlace {
  readonly pointer?: string;
  readonly line?: number;
  readonly column?: number;
}

/** A protocol file that cannot be used. The message names what is wrong, where, and the nearest right word. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: ProtocolErrorCode;
  readonly pointer: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
  /** In UTF-16 units, from 1. */
  readonly column: number | undefined;

  constructor(code: ProtocolErrorCode, message: string, place: DefinitionPlace = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.pointer = place.pointer;
    this.line = place.line;
    this.column = place.column;
  }
}
