import { builtinProtocol, builtinProtocols, type Protocol } from "@ssert/protocol";
import { upload } from "../../../protocol/test/monitor/upload.ts";

/** Every protocol that ssert comes with, in every variant, and one that has nothing to do with agents. */
export const protocols: readonly Protocol[] = [
  ...builtinProtocols().flatMap(({ name, variants }) =>
    [name, ...variants.map((variant) => `${name}+${variant}`)].map((full) => builtin(full)),
  ),
  upload,
];

export function builtin(name: string): Protocol {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`${name} is built in`);
  return protocol;
}
