import { ProtocolError } from "../definition/error.ts";
import { toPointer } from "../payload/pointer.ts";

/** Says no to a definition that the monitor cannot follow. Whatever is not refused is done. */
export function refuse(message: string, path: readonly string[]): never {
  throw new ProtocolError("bad-definition", message, { pointer: toPointer(...path) });
}
