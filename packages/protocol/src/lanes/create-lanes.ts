import type { WireEvent } from "@ssert/wire";
import type { Protocol } from "../compile/compile.ts";
import type { LanePlace, Lanes } from "./lanes.ts";
import { ProtocolLanes } from "./protocol-lanes.ts";

/** Without a protocol every type is a lane. */
export function createLanes(protocol: Protocol | undefined): Lanes {
  return protocol === undefined ? new TypeLanes() : new ProtocolLanes(protocol.plan);
}

/** More lanes than this cannot be told apart at a glance. */
const MOST_TYPES = 12;
const OTHER = "other";

class TypeLanes implements Lanes {
  readonly #seen = new Set<string>();

  get names(): readonly string[] {
    return [...this.#seen];
  }

  laneOf({ type = "message" }: WireEvent): LanePlace {
    const lane = this.#seen.has(type) || this.#seen.size < MOST_TYPES ? type : OTHER;
    this.#seen.add(lane);
    return { type, lane };
  }
}
