import { builtinProtocol, builtinProtocols, type Protocol } from "../../src/index.ts";

/** Every protocol that is shipped, and every variant. */
export const shipped: readonly Protocol[] = builtinProtocols().flatMap(({ name, variants }) =>
  [name, ...variants.map((variant) => `${name}+${variant}`)].flatMap((id) => builtinProtocol(id) ?? []),
);
