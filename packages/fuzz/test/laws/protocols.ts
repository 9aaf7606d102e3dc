import {
  builtinProtocol,
  builtinProtocols,
  createStreamCheck,
  type Protocol,
  type StreamResult,
} from "@ssert/protocol";

/** Every protocol that is shipped, and every variant. */
export const shipped: readonly (readonly [name: string, protocol: Protocol])[] = builtinProtocols()
  .flatMap(({ name, variants }) => [name, ...variants.map((variant) => `${name}+${variant}`)])
  .map((name) => {
    const protocol = builtinProtocol(name);
    if (protocol === undefined) throw new Error(`${name} is listed, but not built in`);
    return [name, protocol];
  });

/** How a stream is judged when it comes in these chunks. */
export function judge(protocol: Protocol, ...chunks: readonly Uint8Array[]): StreamResult {
  const check = createStreamCheck({ protocol });
  for (const chunk of chunks) check.push(chunk);
  return check.end();
}

/** What of a finding does not depend on where its bytes are. */
export function essence({ verdict, events, findings, heldBack }: StreamResult): unknown {
  return {
    verdict,
    events,
    heldBack,
    findings: findings.map(({ rule, severity, event, path }) => ({ rule, severity, event, path })),
  };
}
