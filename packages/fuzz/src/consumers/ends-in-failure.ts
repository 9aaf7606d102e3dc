import { createEventReader, type Protocol } from "@ssert/protocol";
import { createDecoder, type WireEvent } from "@ssert/wire";

/** Does a stream end as the protocol lets a stream fail (`abort`), rather than in order (`close`)? */
export function endsInFailure(protocol: Protocol, bytes: Uint8Array): boolean {
  const read = createEventReader(protocol);
  const { types } = protocol.plan;
  let failed = false;
  const take = (event: WireEvent): void => {
    const [, type = "", subtype] = /^(.*?)(?:\[(.*)\])?$/s.exec(read(event).label ?? "") ?? [];
    const entry = types.find(type);
    const plan = subtype === undefined ? entry.bare : (entry.subtypes.get(subtype) ?? entry.other);
    failed ||= plan.stream?.aborts === true;
  };
  createDecoder({ event: take }).push(bytes);
  return failed;
}
